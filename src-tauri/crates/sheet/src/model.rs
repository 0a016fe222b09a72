//! What stands on a recovery sheet, before anything is drawn.

use code::{BackupCode, GROUPS, Identifier, Share, ShareIndex};

use crate::local_time::LocalTime;

/// The paper that the sheet is laid out for, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm (ISO 216).
    A4,
    /// 8.5 × 11 inches, 215.9 × 279.4 mm.
    Letter,
}

impl Paper {
    /// Width of the upright page in millimetres.
    pub(crate) fn width_mm(self) -> f32 {
        match self {
            Paper::A4 => 210.0,
            Paper::Letter => 215.9,
        }
    }

    /// Height of the upright page in millimetres.
    pub(crate) fn height_mm(self) -> f32 {
        match self {
            Paper::A4 => 297.0,
            Paper::Letter => 279.4,
        }
    }
}

/// The language that the sheet is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, with British spelling.
    English,
    /// German, which says "Sie".
    German,
}

/// How long the code on the sheet works.
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
    /// One of the sheets that a code was split into.
    Share {
        /// The share.
        share: &'a Share,
        /// Sheets of the set; 31 at most.
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

    /// The sixty characters, to be printed.
    pub(crate) fn expose(&self) -> &'a str {
        match self {
            Carries::Code(code) => code.expose(),
            Carries::Share { share, .. } => share.expose(),
        }
    }

    /// Which sheet of which set it is; `None` for a whole code.
    pub(crate) fn place(&self) -> Option<Place> {
        match self {
            Carries::Code(_) => None,
            Carries::Share { share, sheets } => Some(Place {
                index: share.index(),
                needed: share.threshold().needed(),
                sheets: *sheets,
            }),
        }
    }
}

/// A sheet's place in its set.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Its letter.
    pub(crate) index: ShareIndex,
    /// Sheets that are needed.
    pub(crate) needed: u8,
    /// Sheets that there are.
    pub(crate) sheets: u8,
}

impl Place {
    /// Whether the set does without this sheet, so that it can be made again from the others.
    pub(crate) fn spare(self) -> bool {
        self.needed < self.sheets
    }
}

/// One recovery sheet.
pub struct Sheet<'a> {
    /// The code or share that the sheet carries.
    pub carries: Carries<'a>,
    /// What names the wallet: its e-mail, a label, or nothing. Characters that the typefaces do not
    /// have are printed as `?`; more than four small lines end in an ellipsis.
    pub wallet: Option<&'a str>,
    /// When the code was made.
    pub made: LocalTime,
    /// How long the code works.
    pub validity: Validity,
    /// The paper to lay it out for.
    pub paper: Paper,
}
