//! A correction that waits for a person's yes.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::correction::REACH;
use crate::slip::Slip;
use crate::{Corrected, Identifier, ShareIndex};

/// The one code or share that what was typed can be taken for. Secret.
///
/// Never used unasked (BIP-93, "Error Correction"): showing it and [`Proposal::accept`] are the way.
pub struct Proposal {
    pub(crate) corrected: Corrected,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) slip: Option<Slip>,
}

/// One symbol that was not typed as it is printed. Secret: it says a character of the code.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Correction {
    /// Which of the 60 symbols, from 1.
    pub position: usize,
    /// The symbol as read, in upper case after forgiveness; `None` where it was unreadable or left out.
    pub read: Option<char>,
    /// The upper-case symbol proposed.
    pub meant: char,
}

/// How much a proposal's checksum says.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The checksum vouches for it.
    Checked,
    /// Nine or more symbols were unreadable: filling them in used the checksum up, or nearly. Only the verifier can
    /// tell whether it is the code, and asking it is no try.
    Candidate,
}

impl Proposal {
    /// The symbols that differ from what was typed, by position, once the slip is undone. A slip that undoes everything
    /// leaves none.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// The slip of the hand that explains most of it.
    pub fn slip(&self) -> Option<Slip> {
        self.slip
    }

    /// Whether the checksum still vouches for the proposal.
    pub fn certainty(&self) -> Certainty {
        let unreadable = self.corrections.iter().filter(|one| one.read.is_none());
        if unreadable.count() > REACH {
            Certainty::Candidate
        } else {
            Certainty::Checked
        }
    }

    /// The identifier after correction.
    pub fn identifier(&self) -> Identifier {
        self.corrected.identifier()
    }

    /// The letter of the sheet; `None` for a secret code.
    pub fn share_index(&self) -> Option<ShareIndex> {
        match &self.corrected {
            Corrected::Code(_) => None,
            Corrected::Share(share) => Some(share.index()),
        }
    }

    /// The corrected 60 upper-case characters, for showing the correction in place.
    pub fn text(&self) -> &str {
        self.corrected.text()
    }

    /// The person's yes.
    pub fn accept(self) -> Corrected {
        self.corrected
    }
}
