//! The outer layout of a wallet file: version 1 without files, version 2 with files.
//!
//! | offset | bytes | content |
//! |---|---|---|
//! | 0 | 8 | magic |
//! | 8 | 2 | version, big-endian |
//! | 10 | 4 | length *h* of the header, big-endian |
//! | 14 | *h* | header, JSON |
//! | 14 + *h* | 24 | payload nonce |
//! | 38 + *h* | rest | payload, XChaCha20-Poly1305; associated data: all bytes before the nonce |
//!
//! Version 2 has the length *p* of the payload, 4 bytes, big-endian, between the nonce and the
//! payload. The sealed files follow the payload, in the order of its table.

use thiserror::Error;

/// Maximum size of a wallet file that is read: 96 MiB. What is larger than [`WRITE_LIMIT`] is of a
/// newer version, and has to be read to tell.
pub const FILE_LIMIT: u64 = 96 << 20;
/// Maximum size of a wallet file that is written: 64 MiB.
pub const WRITE_LIMIT: u64 = 64 << 20;
/// Maximum size of a wallet file that is written, without its files: 16 MiB.
pub const PAYLOAD_LIMIT: u64 = 16 << 20;
/// The newest format version that this crate writes and reads: that of wallets with files.
pub const VERSION: u16 = 2;
/// The format version of wallets without files.
const WITHOUT_FILES: u16 = 1;

/// Maximum length of the header in bytes: 64 KiB.
pub(crate) const HEADER_LIMIT: usize = 64 << 10;
/// Length in bytes of a nonce of XChaCha20-Poly1305.
pub(crate) const NONCE_LENGTH: usize = 24;
/// Length in bytes of a tag of XChaCha20-Poly1305.
pub(crate) const TAG_LENGTH: usize = 16;

/// The magic bytes. They are not text, and conversions of line ends or the eighth bit alter them.
const MAGIC: &[u8; 8] = b"\x89BCW\r\n\x1a\n";
/// Length of magic, version and header length.
pub(crate) const PREFIX_LENGTH: usize = 8 + 2 + 4;

/// Reasons why bytes are not a wallet file of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The file exceeds [`FILE_LIMIT`].
    #[error("the file is too large for a wallet")]
    TooLarge,
    /// The file does not start like a wallet file.
    #[error("this is not a wallet file")]
    NotAWallet,
    /// The file was written by a newer version of the app.
    #[error("the wallet has format version {version}; this app reads up to {VERSION}")]
    NewerVersion {
        /// Format version of the file.
        version: u16,
    },
    /// The file ends prematurely.
    #[error("the wallet file is truncated")]
    Truncated,
    /// The header length exceeds 64 KiB.
    #[error("the header length of {length} bytes is out of range")]
    HeaderTooLong {
        /// Header length given in the file.
        length: u32,
    },
    /// The header is not the expected JSON: malformed, or a field is missing, unknown, duplicate or
    /// of another type.
    #[error("the header cannot be read")]
    HeaderMalformed,
    /// The header is valid but not in canonical form.
    #[error("the header is not in canonical form")]
    HeaderNotCanonical,
    /// The Argon2id parameters of the password slot are below the floor or above the ceiling.
    #[error("the key derivation parameters are out of range")]
    KdfOutOfRange,
    /// There are more code slots than [`crate::MAX_CODE_SLOTS`].
    #[error("there are too many code slots")]
    TooManyCodeSlots,
    /// Two slots have the same id.
    #[error("two slots have the same id")]
    DoubledSlot,
    /// The `age` file of a code slot exceeds the maximum length.
    #[error("a code slot is too long")]
    CodeSlotTooLong,
    /// The keychain name is not made of up to 64 lower-case letters, digits and hyphens.
    #[error("the keychain name is malformed")]
    KeychainName,
}

impl FormatError {
    /// Whether the file is damaged or no wallet, and not a whole one of a newer version.
    pub fn is_damage(self) -> bool {
        match self {
            Self::NewerVersion { .. } => false,
            Self::TooLarge
            | Self::NotAWallet
            | Self::Truncated
            | Self::HeaderTooLong { .. }
            | Self::HeaderMalformed
            | Self::HeaderNotCanonical
            | Self::KdfOutOfRange
            | Self::TooManyCodeSlots
            | Self::DoubledSlot
            | Self::CodeSlotTooLong
            | Self::KeychainName => true,
        }
    }
}

/// The parts of a wallet file.
pub(crate) struct Layout<'a> {
    /// The bytes before the nonce, which are the associated data of the payload.
    pub(crate) associated_data: &'a [u8],
    pub(crate) header: &'a [u8],
    pub(crate) nonce: &'a [u8; NONCE_LENGTH],
    /// Ciphertext and tag.
    pub(crate) payload: &'a [u8],
    /// The sealed files, one after another; none in a file of version 1.
    pub(crate) files: Option<&'a [u8]>,
}

/// Splits a file into its parts. Checks all lengths before reading, and allocates nothing.
pub(crate) fn split(bytes: &[u8]) -> Result<Layout<'_>, FormatError> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(FormatError::TooLarge);
    }
    let start = bytes.len().min(MAGIC.len());
    if bytes[..start] != MAGIC[..start] {
        return Err(FormatError::NotAWallet);
    }
    let rest = bytes.get(MAGIC.len()..).ok_or(FormatError::Truncated)?;
    let (version, rest) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
    let has_files = match u16::from_be_bytes(*version) {
        0 => return Err(FormatError::NotAWallet),
        WITHOUT_FILES => false,
        VERSION => true,
        version => return Err(FormatError::NewerVersion { version }),
    };
    let (length, rest) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
    let length = u32::from_be_bytes(*length);
    let header_length = usize::try_from(length)
        .ok()
        .filter(|length| *length <= HEADER_LIMIT)
        .ok_or(FormatError::HeaderTooLong { length })?;
    let (header, rest) = rest
        .split_at_checked(header_length)
        .ok_or(FormatError::Truncated)?;
    let (nonce, rest) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
    let (payload, files) = match has_files {
        true => {
            let (length, rest) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
            let length = usize::try_from(u32::from_be_bytes(*length)).ok();
            let parts = length.and_then(|length| rest.split_at_checked(length));
            let (payload, files) = parts.ok_or(FormatError::Truncated)?;
            (payload, Some(files))
        }
        false => (rest, None),
    };
    if payload.len() < TAG_LENGTH {
        return Err(FormatError::Truncated);
    }
    Ok(Layout {
        associated_data: &bytes[..PREFIX_LENGTH + header_length],
        header,
        nonce,
        payload,
        files,
    })
}

/// Returns the bytes before the nonce for a header of at most [`HEADER_LIMIT`] bytes, in a wallet
/// with or without files.
pub(crate) fn prefix(header: &[u8], has_files: bool) -> Result<Vec<u8>, FormatError> {
    let version = match has_files {
        true => VERSION,
        false => WITHOUT_FILES,
    };
    let length = u32::try_from(header.len()).unwrap_or(u32::MAX);
    if header.len() > HEADER_LIMIT {
        return Err(FormatError::HeaderTooLong { length });
    }
    Ok([
        MAGIC,
        &version.to_be_bytes()[..],
        &length.to_be_bytes(),
        header,
    ]
    .concat())
}
