//! The backup code: its sixty characters, checksum, correction and parsing.
//!
//! A code is the data part of a codex32 string (BIP-93) whose human-readable part, `backup`, is not
//! printed. `docs/code-format.md` describes the format for whoever wants to write it anew.
//!
//! What a person typed goes through types, and only the last ones yield anything to work with:
//!
//! ```text
//! text ─parse─▶ TypedCode ─read─▶ Reading ─┬─▶ BackupCode or Share     (the checksum holds)
//!                                          └─▶ Proposal ─accept─▶ the same (the person agreed)
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
//! Pure: no clock, no disk; randomness is a parameter. Whatever holds symbols of a code is wiped when
//! dropped, and what outlives a call lies on the heap, so that moving it leaves no copy behind.

mod backup_code;
mod checksum;
mod codeword;
mod correction;
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
pub use identifier::{Identifier, IdentifierError};
pub use proposal::{Certainty, Correction, Proposal};
pub use reading::{Corrected, Reading};
pub use reread::Reread;
pub use share::Share;
pub use share_index::ShareIndex;
pub use share_set::SetSize;
pub use shares::{ShareError, Shares, TooFew};
pub use slip::Slip;
pub use threshold::Threshold;
pub use typed::{ParseError, TEXT_LIMIT, TypedCode};

/// Characters of a code: the header, 41 of payload and 13 of checksum.
pub const LENGTH: usize = 60;

/// Groups in which a code is printed.
pub const GROUPS: usize = 12;

/// Characters of one group.
pub const GROUP_LENGTH: usize = 5;
