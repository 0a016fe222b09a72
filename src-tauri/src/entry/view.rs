//! What the person sees of what they are entering.

use code::{Certainty, Proposal, Reread, ShareError, ShareIndex, Slip};
use serde::Serialize;
use ts_rs::TS;

use crate::restoring::RestoringView;

/// The field, the sheets of the set, and what there is to restore from.
#[derive(Clone, Serialize, TS)]
pub(crate) struct Entered {
    pub(crate) field: EntryView,
    pub(crate) set: Option<SetView>,
    /// What there is to restore from; none where nothing is being restored.
    pub(crate) restoring: Option<RestoringView>,
    /// The files that gave nothing, beside what the field says; empty but right after files were read.
    pub(crate) unread: Vec<Unread>,
}

/// A file that gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub(crate) struct Unread {
    /// None for a picture that was pasted.
    pub(crate) name: Option<String>,
    pub(crate) problem: FileProblem,
}

/// What is in the field, or what the last sheet or file turned out to be.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum EntryView {
    /// Nothing yet.
    Empty,
    /// Fewer than 60 characters.
    Typing { have: usize },
    /// A character that no code has.
    Illegal { character: char, position: usize },
    /// More than 60 characters.
    TooLong { have: usize },
    /// A code is near; the person has to agree to the correction.
    Proposal(ProposalView),
    /// More mistakes than can be corrected for certain.
    Reread(RereadView),
    /// A code of a newer version.
    NewerVersion,
    /// A sheet joined the set; the field is to be emptied.
    Added {
        identifier: String,
        index: char,
        missing: usize,
    },
    /// A sheet that does not join the set.
    ShareRefused {
        identifier: String,
        index: char,
        problem: ShareProblem,
    },
    /// A whole code.
    Ready {
        identifier: String,
        source: Source,
        name: Option<String>,
    },
    /// A file or a picture that gave no code.
    FileProblem {
        /// None for what was pasted or shown to the camera.
        name: Option<String>,
        problem: FileProblem,
        identifiers: Vec<String>,
    },
}

/// A correction that the person has to agree to.
#[derive(Clone, Serialize, TS)]
pub(crate) struct ProposalView {
    identifier: String,
    /// The sheet's letter; none for a whole code.
    index: Option<char>,
    corrected: String,
    corrections: Vec<CorrectionView>,
    slip: Option<SlipView>,
    /// Whether the checksum vouches for it; otherwise only trying it can tell.
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

/// The sheets of a set that are there.
#[derive(Clone, Serialize, TS)]
pub(crate) struct SetView {
    pub(crate) identifier: String,
    pub(crate) needed: u8,
    pub(crate) sheets: Vec<SetSheet>,
}

/// One of them.
#[derive(Clone, Serialize, TS)]
pub(crate) struct SetSheet {
    pub(crate) index: char,
    pub(crate) source: Source,
    /// The file that it was read from.
    pub(crate) name: Option<String>,
}

/// Why a sheet does not join the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ShareProblem {
    /// It is of another set.
    Foreign,
    /// It is of a set of this name that needs another number of sheets.
    OtherThreshold,
    /// It is there already.
    Repeated,
    /// There are enough without it.
    Surplus,
    /// It and the others cannot all be right.
    Contradicts,
}

/// Where a whole code came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// Typed, or pasted as text.
    Typed,
    /// Read from a file.
    File,
    /// Shown to the camera.
    Camera,
    /// Read from a picture that was pasted.
    Clipboard,
    /// From the sheets of a set.
    Set,
}

/// Where a code or a sheet was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Typed,
    /// The file of this name.
    File(String),
    Camera,
    Clipboard,
}

impl Origin {
    pub(crate) fn source(&self) -> Source {
        match self {
            Self::Typed => Source::Typed,
            Self::File(_) => Source::File,
            Self::Camera => Source::Camera,
            Self::Clipboard => Source::Clipboard,
        }
    }

    /// The file's name.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::File(name) => Some(name.clone()),
            _ => None,
        }
    }
}

/// Why a file gave no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileProblem {
    Empty,
    Unsupported,
    Heic,
    TooLarge,
    TooManyPages,
    Broken,
    EncryptedPdf,
    NoCode,
    NotABackupCode,
    SeveralCodes,
    UnreadableFile,
    /// It takes more time or memory than a file worth scanning does.
    TooHeavy,
    /// Nothing can be scanned on this computer at the moment.
    NoScanner,
    /// A folder without a recovery kit.
    NoKitInFolder,
    /// A file that bears the name of a kit's and is none.
    NotAKitFile,
    /// A recovery kit, where a code is wanted.
    Kit,
    /// Recovery pages, where a code is wanted.
    Pages,
}

impl From<&Proposal> for ProposalView {
    fn from(proposal: &Proposal) -> Self {
        let corrections = proposal.corrections().iter().map(|one| CorrectionView {
            position: one.position,
            read: one.read,
            meant: one.meant,
        });
        Self {
            identifier: proposal.identifier().to_string(),
            index: proposal.share_index().map(ShareIndex::as_char),
            // Shown so that the person can compare it with the sheet in their hand.
            corrected: proposal.text().to_owned(),
            corrections: corrections.collect(),
            slip: proposal.slip().map(SlipView::from),
            sure: proposal.certainty() == Certainty::Checked,
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

impl From<ShareError> for ShareProblem {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::Foreign { .. } => Self::Foreign,
            ShareError::OtherThreshold { .. } => Self::OtherThreshold,
            ShareError::Repeated { .. } => Self::Repeated,
            ShareError::Surplus { .. } => Self::Surplus,
            _ => Self::Contradicts,
        }
    }
}
