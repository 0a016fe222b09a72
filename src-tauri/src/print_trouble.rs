//! What a printer waits for, as the page is told.

use serde::Serialize;
use ts_rs::TS;
use usecases::ports::printer::Problem;

/// What a printer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrintTrouble {
    PaperOut,
    PaperJam,
    CoverOpen,
    InkOut,
    OutputFull,
    TrayMissing,
    Offline,
    Paused,
    Held,
    SignIn,
    Driver,
    SpoolFull,
    Other,
}

impl From<Problem> for PrintTrouble {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::PaperOut => Self::PaperOut,
            Problem::PaperJam => Self::PaperJam,
            Problem::CoverOpen => Self::CoverOpen,
            Problem::InkOut => Self::InkOut,
            Problem::OutputFull => Self::OutputFull,
            Problem::TrayMissing => Self::TrayMissing,
            Problem::Offline => Self::Offline,
            Problem::Paused => Self::Paused,
            Problem::Held => Self::Held,
            Problem::SignIn => Self::SignIn,
            Problem::Driver => Self::Driver,
            Problem::SpoolFull => Self::SpoolFull,
            Problem::Other => Self::Other,
        }
    }
}
