//! The contents of a recovery sheet.

use code::{BackupCode, GROUPS, Identifier, Share, ShareIndex};

use serde::{Deserialize, Serialize};

use crate::local_time::LocalTime;

/// Paper size, in portrait orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm (ISO 216).
    A4,
    /// 8.5 × 11 inches, 215.9 × 279.4 mm.
    Letter,
}

impl Paper {
    /// Width in millimetres.
    pub(crate) fn width_mm(self) -> f32 {
        match self {
            Paper::A4 => 210.0,
            Paper::Letter => 215.9,
        }
    }

    /// Height in millimetres.
    pub(crate) fn height_mm(self) -> f32 {
        match self {
            Paper::A4 => 297.0,
            Paper::Letter => 279.4,
        }
    }
}

/// Language of the printed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English, with British spelling.
    English,
    /// German, formal ("Sie").
    German,
}

/// What the code opens in addition to the wallet on this computer. Determines the instructions and
/// what a finder can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nothing: this computer's keychain holds the other half.
    ThisComputer,
    /// Copies of the wallet that were made with the code. Without any the sheet equals that of
    /// [`Reach::ThisComputer`].
    OtherComputers {
        /// A recovery kit, the folder `backup-kit-ABCD`.
        kit: bool,
        /// Recovery pages.
        pages: bool,
    },
}

impl Reach {
    pub(crate) fn copies(self) -> Option<Copies> {
        let Reach::OtherComputers { kit, pages } = self else {
            return None;
        };
        match (kit, pages) {
            (true, true) => Some(Copies::KitAndPages),
            (true, false) => Some(Copies::Kit),
            (false, true) => Some(Copies::Pages),
            (false, false) => None,
        }
    }
}

/// Copies of the wallet that the code opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copies {
    Kit,
    Pages,
    KitAndPages,
}

/// How long the code works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Until this time, or until it is used.
    Until(LocalTime),
    /// Until it is used.
    UntilUsed,
}

/// What a sheet carries.
#[derive(Clone, Copy)]
pub enum Carries<'a> {
    /// A whole code.
    Code(&'a BackupCode),
    /// One share of a code.
    Share {
        /// The share.
        share: &'a Share,
        /// Number of sheets in the set; at most 31.
        sheets: u8,
    },
}

impl<'a> Carries<'a> {
    pub(crate) fn identifier(&self) -> Identifier {
        match self {
            Carries::Code(code) => code.identifier(),
            Carries::Share { share, .. } => share.identifier(),
        }
    }

    pub(crate) fn groups(&self) -> [&'a str; GROUPS] {
        match self {
            Carries::Code(code) => code.groups(),
            Carries::Share { share, .. } => share.groups(),
        }
    }

    /// Exposes the 60 characters for printing.
    pub(crate) fn expose(&self) -> &'a str {
        match self {
            Carries::Code(code) => code.expose(),
            Carries::Share { share, .. } => share.expose(),
        }
    }

    /// The position in a set; `None` for a whole code.
    pub(crate) fn position(&self) -> Option<SetPosition> {
        match self {
            Carries::Code(_) => None,
            Carries::Share { share, sheets } => Some(SetPosition {
                index: share.index(),
                needed: share.threshold().needed(),
                sheets: *sheets,
            }),
        }
    }
}

/// A sheet's position in its set.
#[derive(Clone, Copy)]
pub(crate) struct SetPosition {
    /// The sheet's letter.
    pub(crate) index: ShareIndex,
    /// Number of sheets that restore the code.
    pub(crate) needed: u8,
    /// Number of sheets in the set.
    pub(crate) sheets: u8,
}

impl SetPosition {
    /// Returns true if the set has a spare sheet, so that a lost one can be made again from the
    /// others.
    pub(crate) fn has_spare(self) -> bool {
        self.needed < self.sheets
    }
}

/// One recovery sheet.
pub struct Sheet<'a> {
    /// The code or share on the sheet.
    pub carries: Carries<'a>,
    /// The wallet's e-mail or a label, if any. Characters that the typefaces do not have are
    /// printed as `?`; a name of more than four small lines ends in an ellipsis.
    pub wallet: Option<&'a str>,
    /// When the code was made.
    pub made: LocalTime,
    /// How long the code works.
    pub validity: Validity,
    /// What the code opens.
    pub reach: Reach,
    /// Language of the text.
    pub language: Language,
    /// Paper size.
    pub paper: Paper,
}
