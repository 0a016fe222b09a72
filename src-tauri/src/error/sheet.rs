//! Errors of drawing, testing and saving a sheet.

use app::saving::KeepError;
use app::sheets::{DrawSheetError, SaveSheetError, SelfTestError};
use raster::RenderError;
use scan::ScanError;
use usecases::shown::NotLegible;

use super::CommandError;

/// What failed when a finished document was read back.
pub(super) enum SelfTestFault {
    /// The scanner itself, which says nothing about the document.
    Scanner,
    /// The document.
    Document,
}

pub(super) fn fault(error: &ScanError) -> SelfTestFault {
    match error {
        ScanError::Unavailable
        | ScanError::Unprotected
        | ScanError::TooHeavy
        | ScanError::Cancelled => SelfTestFault::Scanner,
        ScanError::Empty
        | ScanError::Unsupported
        | ScanError::Heic
        | ScanError::TooManyBytes { .. }
        | ScanError::TooManyPixels { .. }
        | ScanError::TooManyPages { .. }
        | ScanError::Broken { .. }
        | ScanError::EncryptedPdf
        | ScanError::NoCode
        | ScanError::NotABackupCode
        | ScanError::Several { .. }
        | ScanError::NotReadBy { .. }
        | ScanError::BrokenFrame => SelfTestFault::Document,
    }
}

/// The self-test of a sheet failed.
impl From<ScanError> for CommandError {
    fn from(error: ScanError) -> Self {
        match fault(&error) {
            SelfTestFault::Scanner => Self::ScannerFailed,
            SelfTestFault::Document => Self::SheetUnreadable,
        }
    }
}

/// The page of a sheet cannot be drawn for its preview.
impl From<RenderError> for CommandError {
    fn from(_: RenderError) -> Self {
        Self::SheetUnreadable
    }
}

impl From<NotLegible> for CommandError {
    fn from(error: NotLegible) -> Self {
        match error {
            NotLegible::NotShown => Self::NoCodeShown,
            NotLegible::Covered => Self::CodeCovered,
        }
    }
}

impl From<KeepError> for CommandError {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::NotKept(error) => error.into(),
            KeepError::NotConfirmed(_) => Self::FileNotConfirmed,
        }
    }
}

impl From<DrawSheetError> for CommandError {
    fn from(error: DrawSheetError) -> Self {
        match error {
            DrawSheetError::NotLegible(error) => error.into(),
            DrawSheetError::Draw(_) => Self::Internal,
        }
    }
}

impl From<SelfTestError> for CommandError {
    fn from(error: SelfTestError) -> Self {
        match error {
            SelfTestError::Scan(error) => error.into(),
            SelfTestError::Draw(error) => error.into(),
            SelfTestError::OtherCode { .. } => Self::SheetUnreadable,
        }
    }
}

impl From<SaveSheetError> for CommandError {
    fn from(error: SaveSheetError) -> Self {
        match error {
            SaveSheetError::Disk(error) => error.into(),
            SaveSheetError::SelfTest(error) => error.into(),
        }
    }
}
