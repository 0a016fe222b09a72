//! Restores a wallet on another computer: its contents in files ([`make`]) or on paper ([`pages`]),
//! which any `age` program opens with the code.
//!
//! ```text
//! code ──scrypt──▶ identity.age ─ holds ─▶ X25519 identity ─ opens ─▶ wallet.age ─ holds ─▶ JSON
//! ```
//!
//! [`make`] returns the files of a kit and the [`Recipient`] with which [`rewrap`] updates it
//! without the code, and [`wrap_file`] adds the content of a file; [`open`] reads a kit.
//! `docs/kit-format.md` and `docs/pages-format.md` specify the formats for anyone who has only the
//! files or only the paper.
//!
//! The crate transforms bytes: no disk, no clock. `age` takes its randomness from the operating
//! system and does not accept another source.

mod age_file;
mod commit;
mod contents;
mod document;
mod error;
mod file;
mod identity;
mod keys;
mod kind;
mod limits;
mod make;
mod open;
pub mod pages;
mod passphrase;
mod readme;
mod recipient;
#[cfg(feature = "testing")]
mod simulated;
#[cfg(feature = "testing")]
mod simulation;
#[cfg(feature = "testing")]
pub mod testing;

pub use commit::{NamedCommit, commit_of};
pub use contents::{KitContents, Snapshot};
pub use error::{OpenError, WriteError};
pub use file::{FILES_FOLDER, FileError, file_id, file_name, wrap_file};
pub use kind::{KitFileKind, kind_of};
pub use limits::{FILE_LIMIT, IDENTITY_LIMIT, MODEST_MEMORY, WALLET_LIMIT};
pub use make::{KitFiles, folder_name, make, make_with, rewrap};
pub use open::{Identity, memory_to_open, open};
pub use passphrase::Work;
pub use recipient::{Recipient, RecipientError};

/// Name of the file that holds the identity, encrypted with the code.
pub const IDENTITY_FILE: &str = "identity.age";

/// Name of the file that holds the wallet's contents, encrypted to the identity.
pub const WALLET_FILE: &str = "wallet.age";

/// Name of the file that explains the folder.
pub const README_FILE: &str = "README.txt";

/// Prefix of the name of a kit's folder; the identifier of the code follows.
pub const FOLDER_PREFIX: &str = "backup-kit-";
