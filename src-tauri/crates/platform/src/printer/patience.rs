//! How long a print job may take.

use std::time::Duration;

/// Time limits and intervals.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Limit for one answer of the print service.
    pub answer: Duration,
    /// Limit for a job whose state does not change: somebody may have to fetch paper.
    pub still: Duration,
    /// How long a job may stand still while its printer only warns, before the warning is shown as
    /// the reason.
    pub doubt: Duration,
    /// Interval between two looks at a job.
    pub look: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(10),
            still: Duration::from_secs(10 * 60),
            doubt: Duration::from_secs(8),
            look: Duration::from_millis(250),
        }
    }
}
