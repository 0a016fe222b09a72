//! A proposed correction that the user has yet to confirm.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::correction::REACH;
use crate::slip::Slip;
use crate::{Corrected, Identifier, ShareIndex};

/// The only code or share that the typed symbols plausibly stand for. Secret.
///
/// It must never be used without consent (BIP-93, "Error Correction"): show it, then call
/// [`Proposal::accept`].
pub struct Proposal {
    pub(crate) corrected: Corrected,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) slip: Option<Slip>,
}

/// A symbol whose typed value differs from the code. Secret: it reveals a character of the code.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Correction {
    /// Position among the 60 symbols, counted from 1.
    pub position: usize,
    /// The typed symbol in upper case, after look-alike substitution; `None` if it was unreadable
    /// or missing.
    pub read: Option<char>,
    /// The proposed symbol in upper case.
    pub meant: char,
}

/// Whether the checksum still verifies a proposal.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The checksum verifies the proposal.
    Checked,
    /// Nine or more symbols were unreadable, and filling them in used up all or nearly all of the
    /// checksum. Only the verifier can tell whether this is the code; asking it does not count as a
    /// try.
    Candidate,
}

impl Proposal {
    /// Returns the symbols that differ from the typed ones, in order of position, after the slip is
    /// undone. Empty if undoing the slip explains every difference.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Returns the slip that explains most of the differences, if any.
    pub fn slip(&self) -> Option<Slip> {
        self.slip
    }

    /// Returns whether the checksum still verifies the proposal.
    pub fn certainty(&self) -> Certainty {
        let unreadable = self.corrections.iter().filter(|one| one.read.is_none());
        if unreadable.count() > REACH {
            Certainty::Candidate
        } else {
            Certainty::Checked
        }
    }

    /// Returns the identifier after correction.
    pub fn identifier(&self) -> Identifier {
        self.corrected.identifier()
    }

    /// Returns the letter of the sheet; `None` for a secret code.
    pub fn share_index(&self) -> Option<ShareIndex> {
        match &self.corrected {
            Corrected::Code(_) => None,
            Corrected::Share(share) => Some(share.index()),
        }
    }

    /// Returns the 60 corrected upper-case characters, for display.
    pub fn text(&self) -> &str {
        self.corrected.text()
    }

    /// Accepts the proposal on behalf of the user.
    pub fn accept(self) -> Corrected {
        self.corrected
    }
}
