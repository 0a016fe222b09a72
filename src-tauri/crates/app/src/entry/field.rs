//! What the entry field holds, or what the last sheet or file turned out to be.

use code::{Certainty, Correction, Identifier, Proposal, Reread, ShareError, ShareIndex, Slip};
use zeroize::Zeroizing;

use crate::files::Unread;
use crate::gather::SeveralCodes;
use crate::origin::Origin;

/// The field's state.
pub enum Field {
    /// It is empty.
    Empty,
    /// Fewer than 60 characters.
    Typing {
        /// Characters typed.
        have: usize,
    },
    /// A character that no code has.
    Illegal {
        /// The character as it was typed.
        character: char,
        /// Its position, from 1, separators not counted.
        position: usize,
    },
    /// More than 60 characters.
    TooLong {
        /// Characters typed.
        have: usize,
    },
    /// A code is near; the person has to accept the correction.
    Suggested(Suggestion),
    /// More mistakes than can be corrected with certainty.
    Reread(Reread),
    /// A code of a newer version.
    NewerVersion,
    /// A sheet joined the set; the field is to be emptied.
    Added {
        /// The name of its set.
        identifier: Identifier,
        /// Its letter.
        index: ShareIndex,
        /// Number of sheets that are still missing.
        missing: usize,
    },
    /// A sheet does not join the set.
    ShareRefused {
        /// The name of its set.
        identifier: Identifier,
        /// Its letter.
        index: ShareIndex,
        /// Why it does not.
        problem: ShareProblem,
    },
    /// A whole code.
    Ready {
        /// Its name.
        identifier: Identifier,
        /// Where it came from.
        source: CodeSource,
    },
    /// Different whole codes were read, and none was taken.
    SeveralCodes(SeveralCodes),
    /// A file gave no code.
    Unread(Unread),
}

/// A correction that the person has to accept, to be compared with the sheet at hand. Secret.
pub struct Suggestion {
    /// The name of the corrected code.
    pub identifier: Identifier,
    /// The sheet's letter; none for a whole code.
    pub index: Option<ShareIndex>,
    /// The 60 corrected characters.
    pub text: Zeroizing<String>,
    /// The characters that were not typed as they are printed.
    pub corrections: Vec<Correction>,
    /// The slip of the hand that explains the text, if there is one.
    pub slip: Option<Slip>,
    /// Whether the checksum vouches for it.
    pub certainty: Certainty,
}

/// Where a whole code came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeSource {
    /// It was entered as such.
    Whole(Origin),
    /// The sheets of the set give it.
    Set,
}

/// Why a sheet does not join the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareProblem {
    /// It is of another set.
    Foreign,
    /// It is of a set of this name that needs another number of sheets.
    OtherThreshold,
    /// It is there already.
    Repeated,
    /// There are enough sheets without it.
    Surplus,
    /// It and the others cannot all be right.
    Contradicts,
}

impl From<&Proposal> for Suggestion {
    fn from(proposal: &Proposal) -> Self {
        let corrections = proposal.corrections().iter().map(|one| Correction {
            position: one.position,
            read: one.read,
            meant: one.meant,
        });
        Self {
            identifier: proposal.identifier(),
            index: proposal.share_index(),
            text: Zeroizing::new(proposal.text().to_owned()),
            corrections: corrections.collect(),
            slip: proposal.slip(),
            certainty: proposal.certainty(),
        }
    }
}

impl From<ShareError> for ShareProblem {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::Foreign { .. } => Self::Foreign,
            ShareError::OtherThreshold { .. } => Self::OtherThreshold,
            ShareError::Repeated { .. } => Self::Repeated,
            ShareError::Surplus { .. } => Self::Surplus,
            ShareError::Contradicts { .. } => Self::Contradicts,
        }
    }
}
