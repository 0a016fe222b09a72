//! A suggested correction, and where to read again, as the page sees them.

use app::entry::Suggestion;
use code::{Certainty, Reread, ShareIndex, Slip};
use serde::Serialize;
use ts_rs::TS;

/// A correction that the person has to accept.
#[derive(Clone, Serialize, TS)]
pub(crate) struct ProposalView {
    identifier: String,
    /// The sheet's letter; none for a whole code.
    index: Option<char>,
    corrected: String,
    corrections: Vec<CorrectionView>,
    slip: Option<SlipView>,
    /// Whether the checksum vouches for it; otherwise only a try can tell.
    sure: bool,
}

/// One corrected character.
#[derive(Clone, Serialize, TS)]
pub(crate) struct CorrectionView {
    position: usize,
    read: Option<char>,
    meant: char,
}

/// A slip of the hand that explains the text.
#[derive(Clone, Copy, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum SlipView {
    Missing { position: usize },
    Extra { position: usize },
    NeighboursSwapped { position: usize },
    GroupsSwapped { group: usize },
    GroupTwice { group: usize },
    GroupMissing { group: usize },
}

/// Where reading the sheet again helps most.
#[derive(Clone, Serialize, TS)]
pub(crate) struct RereadView {
    unreadable: usize,
    wrong: usize,
    too_many: usize,
    groups: Vec<usize>,
}

impl From<Suggestion> for ProposalView {
    fn from(suggestion: Suggestion) -> Self {
        let corrections = suggestion.corrections.iter().map(|one| CorrectionView {
            position: one.position,
            read: one.read,
            meant: one.meant,
        });
        Self {
            identifier: suggestion.identifier.to_string(),
            index: suggestion.index.map(ShareIndex::as_char),
            // Exposed so that the person can compare it with the sheet at hand.
            corrected: suggestion.text.to_string(),
            corrections: corrections.collect(),
            slip: suggestion.slip.map(SlipView::from),
            sure: suggestion.certainty == Certainty::Checked,
        }
    }
}

impl From<Slip> for SlipView {
    fn from(slip: Slip) -> Self {
        match slip {
            Slip::Missing { position } => Self::Missing { position },
            Slip::Extra { position } => Self::Extra { position },
            Slip::NeighboursSwapped { position } => Self::NeighboursSwapped { position },
            Slip::GroupsSwapped { group } => Self::GroupsSwapped { group },
            Slip::GroupTwice { group } => Self::GroupTwice { group },
            Slip::GroupMissing { group } => Self::GroupMissing { group },
        }
    }
}

impl From<Reread> for RereadView {
    fn from(reread: Reread) -> Self {
        Self {
            unreadable: reread.unreadable,
            wrong: reread.wrong,
            too_many: reread.too_many,
            groups: reread.groups,
        }
    }
}
