//! The port for scanning, independent of the process that scans.

use code::TypedCode;

use crate::engine::Engine;
use crate::error::ScanError;
use crate::file::{read_foreign, scan};
use crate::finds::{Finds, Foreign};
use crate::limits::Limits;
use crate::progress::{Progress, Unattended};
use crate::self_test::read_pdf_with_both;
use crate::sight::Watch;
use crate::wanted::Wanted;
use crate::watching::Watching;

/// Reads backup codes from files. Calls take up to some seconds, so not for the UI thread.
pub trait Scanner: Send + Sync {
    /// Finds the backup codes, shares and parts in an image or a PDF, as [`scan`] does.
    ///
    /// # Errors
    /// Those of [`scan`].
    fn scan(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Finds, ScanError>;

    /// Reads the texts of foreign QR codes in an image or a PDF, as [`read_foreign`] does.
    ///
    /// # Errors
    /// Those of [`read_foreign`].
    fn read_foreign(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Foreign, ScanError>;

    /// Reads a written sheet with each engine separately, as [`read_pdf_with_both`] does.
    ///
    /// # Errors
    /// Those of [`read_pdf_with_both`].
    fn read_pdf_with_both(&self, bytes: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError>;

    /// Finds the parts in recovery pages that this program has just written, as [`scan`] does.
    ///
    /// # Errors
    /// Those of [`scan`]; never [`ScanError::Unprotected`].
    fn read_back(&self, bytes: &[u8]) -> Result<Finds, ScanError> {
        self.scan(bytes, &Unattended)
    }

    /// Starts looking at the frames of one camera.
    ///
    /// # Errors
    /// `Unavailable`.
    fn watch(&self, wanted: Wanted) -> Result<Box<dyn Watch>, ScanError>;

    /// Reads from now on also where that is [`ScanError::Unprotected`], which the person agreed to.
    /// A scanner that never returns this error has nothing to do.
    fn read_anyway(&self) {}
}

/// Scans on the calling thread.
#[derive(Copy, Clone, Debug, Default)]
pub struct InProcess {
    /// Limits on each file.
    pub limits: Limits,
}

impl Scanner for InProcess {
    fn scan(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Finds, ScanError> {
        scan(bytes, &self.limits, progress)
    }

    fn read_foreign(&self, bytes: &[u8], progress: &dyn Progress) -> Result<Foreign, ScanError> {
        read_foreign(bytes, &self.limits, progress)
    }

    fn read_pdf_with_both(&self, bytes: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
        read_pdf_with_both(bytes, &self.limits)
    }

    fn watch(&self, wanted: Wanted) -> Result<Box<dyn Watch>, ScanError> {
        Ok(Box::new(Watching::of(wanted)))
    }
}
