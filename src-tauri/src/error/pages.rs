//! Errors of making recovery pages.

use app::pages::{DrawPagesError, ReadBackError, SavePagesError};
use kit::pages::MakeError;
use usecases::pages::PagesError;

use super::CommandError;
use super::sheet::{SelfTestFault, fault};

impl From<MakeError> for CommandError {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::TooLarge { size, most } => Self::PagesTooLarge { size, most },
            MakeError::OutOfMemory => Self::OutOfMemory,
            MakeError::Age(_) => Self::Internal,
            MakeError::NotRedundant => Self::PagesNotMade,
        }
    }
}

impl From<PagesError> for CommandError {
    fn from(error: PagesError) -> Self {
        match error {
            PagesError::NotShown => Self::NoCodeShown,
            PagesError::Covered => Self::CodeCovered,
            PagesError::Make(error) => error.into(),
            PagesError::Reopen(_) | PagesError::NotKept => Self::PagesUnreadable,
            // The pages were printed or saved before.
            PagesError::Save(_) => Self::PagesNotNoted,
        }
    }
}

impl From<DrawPagesError> for CommandError {
    fn from(error: DrawPagesError) -> Self {
        match error {
            DrawPagesError::Make(error) => error.into(),
            DrawPagesError::Draw(_) => Self::Internal,
        }
    }
}

impl From<ReadBackError> for CommandError {
    fn from(error: ReadBackError) -> Self {
        match error {
            ReadBackError::Scan(error) => match fault(&error) {
                SelfTestFault::Scanner => Self::ScannerFailed,
                SelfTestFault::Document => Self::PagesUnreadable,
            },
            ReadBackError::Incomplete => Self::PagesUnreadable,
        }
    }
}

impl From<SavePagesError> for CommandError {
    fn from(error: SavePagesError) -> Self {
        match error {
            SavePagesError::Disk(error) => error.into(),
            SavePagesError::ReadBack(error) => error.into(),
        }
    }
}
