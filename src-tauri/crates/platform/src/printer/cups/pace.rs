//! What to show of a job: filters out reports that are only momentary.

use std::time::{Duration, Instant};

use usecases::ports::printer::PrintProgress;

use super::status::JobStatus;

/// Compares each look at a job with the one before.
pub(super) struct Pace {
    before: PrintProgress,
    /// When the job last advanced, whatever the printer warned of.
    moved: Instant,
    doubt: Duration,
}

impl Pace {
    /// `doubt` is how long a job may stand still before a warning is shown as the reason.
    pub(super) fn new(doubt: Duration) -> Self {
        Self {
            before: PrintProgress::Queued,
            moved: Instant::now(),
            doubt,
        }
    }

    /// Returns what to show now. `None` until a wait was seen twice: CUPS reports every printer as
    /// unreachable for a moment, for example.
    pub(super) fn shown(&mut self, status: JobStatus) -> Option<PrintProgress> {
        let (now, warning) = match status {
            JobStatus::Going(now) => (now, None),
            JobStatus::Warned(now, problem) => (now, Some(problem)),
            JobStatus::Ending | JobStatus::Over(..) => return None,
        };
        let again = now == self.before;
        self.before = now;
        if !again {
            self.moved = Instant::now();
        }
        match (now, warning) {
            (PrintProgress::Waiting(_), _) if !again => None,
            (_, Some(problem)) if self.moved.elapsed() >= self.doubt => {
                Some(PrintProgress::Waiting(problem))
            }
            _ => Some(now),
        }
    }
}

#[cfg(test)]
mod tests {
    use usecases::ports::printer::Problem;

    use super::*;

    const WAITING: PrintProgress = PrintProgress::Waiting(Problem::PaperOut);

    #[test]
    fn a_wait_is_shown_once_it_was_seen_twice() {
        let mut pace = Pace::new(Duration::MAX);
        assert_eq!(pace.shown(JobStatus::Going(WAITING)), None);
        assert_eq!(pace.shown(JobStatus::Going(WAITING)), Some(WAITING));
    }

    #[test]
    fn a_warning_is_shown_only_after_the_job_stood_still_for_long() {
        let printing = PrintProgress::Printing { pages: 0 };
        let warned = || JobStatus::Warned(printing, Problem::PaperOut);
        let mut patient = Pace::new(Duration::MAX);
        assert_eq!(patient.shown(warned()), Some(printing));
        assert_eq!(patient.shown(warned()), Some(printing));
        let mut impatient = Pace::new(Duration::ZERO);
        assert_eq!(impatient.shown(warned()), Some(WAITING));
    }
}
