//! The port: where scanning happens is not the caller's business.

use code::TypedCode;

use crate::watch::{Watch, Watching};
use crate::{Engine, Finds, Limits, Progress, ScanError, read_pdf_with_both, scan};

/// Reads backup codes from files. The calls take up to some seconds: not for the UI thread.
pub trait Scanner: Send + Sync {
    /// Finds the backup codes, shares and parts in an image or a PDF, as [`scan`] does.
    ///
    /// # Errors
    /// As [`scan`].
    fn scan(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Finds, ScanError>;

    /// Reads a written sheet with each engine alone, as [`read_pdf_with_both`] does.
    ///
    /// # Errors
    /// As [`read_pdf_with_both`].
    fn read_pdf_with_both(&self, bytes: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError>;

    /// Begins to look at the frames of one camera.
    ///
    /// # Errors
    /// `Unavailable`.
    fn watch(&self) -> Result<Box<dyn Watch>, ScanError>;
}

/// Scans on the calling thread.
#[derive(Copy, Clone, Debug, Default)]
pub struct InProcess {
    /// Bounds on each file.
    pub limits: Limits,
}

impl Scanner for InProcess {
    fn scan(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Finds, ScanError> {
        scan(bytes, &self.limits, progress)
    }

    fn read_pdf_with_both(&self, bytes: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
        read_pdf_with_both(bytes, &self.limits)
    }

    fn watch(&self) -> Result<Box<dyn Watch>, ScanError> {
        Ok(Box::new(Watching::default()))
    }
}
