//! What brings a wallet to another computer: its contents in files ([`make`]) or on paper ([`pages`]), opened by the code
//! with any `age` program.
//!
//! ```text
//! code ──scrypt──▶ identity.age ─ holds ─▶ X25519 identity ─ opens ─▶ wallet.age ─ holds ─▶ JSON for people
//! ```
//!
//! [`make`] gives a kit's files and the [`Recipient`] with which [`rewrap`] keeps it current without the code;
//! [`open`] reads one. `docs/kit-format.md` describes every byte for whoever has only the files, and
//! `docs/pages-format.md` for whoever has only the paper.
//!
//! Bytes in and out: no disk, no clock. `age` takes its randomness from the operating system itself and has no way
//! to be given any.

mod age_file;
mod contents;
mod document;
mod identity;
mod keys;
mod make;
mod open;
pub mod pages;
mod passphrase;
mod readme;
mod recipient;

pub use contents::{KitContents, Snapshot};
pub use make::{KitFiles, WriteError, folder_name, make, rewrap};
pub use open::{OpenError, open};
pub use recipient::{Recipient, RecipientError};

/// The file with the identity, encrypted with the code.
pub const IDENTITY_FILE: &str = "identity.age";

/// The file with the wallet's contents, encrypted to the identity.
pub const WALLET_FILE: &str = "wallet.age";

/// The file that says what the folder is.
pub const README_FILE: &str = "README.txt";

/// The longest [`IDENTITY_FILE`] in bytes. Ours has under 300; one that was made by hand may have comments.
pub const IDENTITY_LIMIT: usize = 4096;

/// The longest [`WALLET_FILE`] in bytes, 80 MiB: every wallet fits. Of the 16 MiB of a wallet file three quarters can
/// be text, and JSON spells no byte of text with more than six.
pub const WALLET_LIMIT: usize = 80 << 20;
