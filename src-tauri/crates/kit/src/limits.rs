//! Limits on sizes and costs, which are checked before anything is decrypted.

/// Maximum size of [`IDENTITY_FILE`](crate::IDENTITY_FILE) in bytes. Generated ones are under 300
/// bytes; one made by hand may contain comments.
pub const IDENTITY_LIMIT: usize = 4096;

/// Maximum size of [`WALLET_FILE`](crate::WALLET_FILE) in bytes, 80 MiB, which every wallet fits.
/// Three quarters of the 16 MiB of a wallet file without its files can be text, and JSON encodes a
/// byte of text with at most six bytes.
pub const WALLET_LIMIT: usize = 80 << 20;

/// Maximum size of the `age` file of one file in bytes: the largest content (1 MiB), a header (at
/// most 2,048), a nonce (16), and a tag (16) for each 64 KiB.
pub const FILE_LIMIT: usize = wallet::FILE_BYTES as usize + 2048 + 16 + 17 * 16;

/// Bytes of memory that a key derivation may take without a look at how much is free: those of log₂
/// N = 18, which `age` itself writes.
pub const MODEST_MEMORY: u64 = 1024 << 18;

/// Maximum log₂ N of scrypt for reading, which takes 4 GiB. `age` itself writes 18 and also rejects
/// more than 22.
pub(crate) const MAX_WORK: u8 = 22;
