//! The wallet file: format, header, slots, key derivation, atomic store and lock.
//!
//! ```text
//! password ──Argon2id──▶ KEK ───────────── unwraps ─▶ wallet key ─HKDF─▶ payload key ─▶ contents
//! code + release key ─HKDF─▶ X25519 identity ─ opens ─▶ (random, 256 bits)
//! ```
//!
//! [`Sealed`] is a file that was read and is still locked. Its password or a backup code turns it
//! into [`Opened`], the only type that can write the next file. [`disk`] is the port to the file
//! system, and [`store`] replaces files atomically through it. `docs/wallet-format.md` specifies
//! the format.

mod aead;
mod code_slot;
mod contents;
pub mod disk;
pub mod drafts;
mod email;
mod encoding;
mod error;
mod file;
mod files;
mod format;
mod header;
mod ids;
mod item;
pub mod item_json;
pub mod json;
mod kdf;
mod key;
mod line;
pub mod names;
mod once;
mod opened;
mod password;
mod password_slot;
mod payload;
mod sealed;
mod secret;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod time;
#[cfg(test)]
mod vectors;
mod wire;

pub use code_slot::CodeSlot;
pub use contents::{Contents, Event, KitPlace, LogEntry, PagesMade, TwoStep};
pub use email::{Email, EmailError};
pub use error::{OpenError, SealError};
pub use file::{FILE_BYTES, FileRef};
pub use files::{AddFileError, FILE_OVERHEAD, ReadFileError};
pub use format::{FILE_LIMIT, FormatError, PAYLOAD_LIMIT, VERSION, WRITE_LIMIT};
pub use header::{Header, MAX_CODE_SLOTS};
pub use ids::{CommitId, DraftsId, FileId, IdError, ItemId, SlotId, WalletId};
pub use item::{
    Body, EARLIER_BYTES, Field, FieldType, Item, Kind, LARGEST_NUMBER, VERSIONS, Version,
    distinct_tags,
};
pub use kdf::{KdfError, KdfMemory, KdfParams, calibrate};
pub use line::Line;
pub use opened::{Opened, SetPasswordError};
pub use password::{Password, PasswordError, SHORTEST as SHORTEST_PASSWORD};
pub use password_slot::PasswordSlot;
pub use sealed::Sealed;
pub use secret::{ReleaseKey, SecretText, TotpSecret};
pub use time::Timestamp;
