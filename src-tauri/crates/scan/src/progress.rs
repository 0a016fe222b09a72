//! The caller's say while a scan runs.

use crate::ScanError;

/// Asked between attempts, each of which takes from milliseconds to a few seconds.
pub trait Progress {
    /// Whether the caller no longer wants the answer.
    fn cancelled(&self) -> bool;

    /// `done` of `of` steps are behind; of one file `of` may grow, and the last step may never come.
    fn at(&self, _done: u32, _of: u32) {}
}

/// Nobody watches; the scan runs to its end.
#[derive(Copy, Clone, Debug, Default)]
pub struct Unattended;

impl Progress for Unattended {
    fn cancelled(&self) -> bool {
        false
    }
}

/// An error as soon as the caller has cancelled, for use with `?`.
pub(crate) fn go_on(progress: &dyn Progress) -> Result<(), ScanError> {
    if progress.cancelled() {
        Err(ScanError::Cancelled)
    } else {
        Ok(())
    }
}
