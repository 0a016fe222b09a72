//! The backup code: its 60 characters, checksum, error correction and parsing.
//!
//! A code is the data part of a codex32 string (BIP-93) whose human-readable part, `backup`, is not
//! printed. `docs/code-format.md` specifies the format for other implementations.
//!
//! Typed text passes through a series of types. Only the last ones yield usable data:
//!
//! ```text
//! text ─parse─▶ TypedCode ─read─▶ Reading ─┬─▶ BackupCode or Share     (the checksum holds)
//!                                          └─▶ Proposal ─accept─▶ the same (the user agreed)
//! Share ─add─▶ Shares ─combine─▶ BackupCode
//! ```
//!
//! ```
//! use code::{Reading, TypedCode};
//!
//! let typed = "0a0jc-s6x88-nctkv-wegnu-690qk-tql6p-kha7v-c7tqt-kfgpd-g7zmx-7nt5p-m???9";
//! let Reading::Proposal(proposal) = TypedCode::parse(typed)?.read() else { unreachable!() };
//! assert_eq!(proposal.corrections().len(), 3);
//! # Ok::<(), code::ParseError>(())
//! ```
//!
//! The crate is pure: no clock, no disk, and randomness is a parameter. Every buffer that holds
//! symbols of a code is zeroized on drop. Values that outlive a call are heap-allocated, so moving
//! one leaves no copy behind.

mod backup_code;
mod checksum;
mod codeword;
mod corrected;
mod correction;
pub mod folding;
mod furniture;
mod header;
mod identifier;
mod interpolation;
mod look_alikes;
mod proposal;
mod reading;
mod reread;
mod share;
mod share_index;
mod share_set;
mod shares;
mod slip;
mod suggest;
mod symbol;
mod threshold;
mod typed;

#[cfg(test)]
mod bip93;

pub use backup_code::BackupCode;
pub use corrected::Corrected;
pub use identifier::{Identifier, IdentifierError};
pub use look_alikes::LOOK_ALIKES;
pub use proposal::{Certainty, Correction, Proposal};
pub use reading::Reading;
pub use reread::Reread;
pub use share::Share;
pub use share_index::ShareIndex;
pub use share_set::SetSize;
pub use shares::{ShareError, Shares, TooFew};
pub use slip::Slip;
pub use symbol::ALPHABET;
pub use threshold::Threshold;
pub use typed::{ParseError, TEXT_LIMIT, TypedCode};

/// Number of characters in a code: 6 of header, 41 of payload and 13 of checksum.
pub const LENGTH: usize = 60;

/// Number of groups in which a code is printed.
pub const GROUPS: usize = 12;

/// Number of characters in a group.
pub const GROUP_LENGTH: usize = 5;
