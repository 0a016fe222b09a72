//! What stands on a recovery sheet, before anything is drawn.

use code::BackupCode;

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

/// How long the code on the sheet works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Until this time, or until it is used.
    Until(LocalTime),
    /// Until it is used.
    UntilUsed,
}

/// One recovery sheet that carries a whole code.
pub struct Sheet<'a> {
    /// The code that the sheet carries.
    pub code: &'a BackupCode,
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
