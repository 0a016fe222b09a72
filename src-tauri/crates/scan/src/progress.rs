//! Progress and cancellation of a scan.

use crate::error::ScanError;

/// Progress of a scan. Called between attempts, each of which takes from milliseconds to a few
/// seconds.
pub trait Progress {
    /// Whether the caller has cancelled the scan.
    fn cancelled(&self) -> bool;

    /// Reports that `done` of `of` steps are done. During one file `of` may grow, and the last step
    /// may never be reported.
    fn at(&self, _done: u32, _of: u32) {}
}

/// Ignores progress and never cancels.
#[derive(Copy, Clone, Debug, Default)]
pub struct Unattended;

impl Progress for Unattended {
    fn cancelled(&self) -> bool {
        false
    }
}

/// Returns an error once the caller has cancelled, for use with `?`.
pub(crate) fn check_cancelled(progress: &dyn Progress) -> Result<(), ScanError> {
    if progress.cancelled() {
        Err(ScanError::Cancelled)
    } else {
        Ok(())
    }
}
