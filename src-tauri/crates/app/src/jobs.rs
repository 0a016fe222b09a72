//! Jobs of one kind that a person can withdraw: print jobs, and the scanning of files.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts jobs and remembers up to which of them all are withdrawn.
#[derive(Default)]
pub struct Jobs {
    started: AtomicUsize,
    /// Jobs up to this number are withdrawn.
    withdrawn: AtomicUsize,
}

impl Jobs {
    /// Starts a job. The returned function tells whether it has been withdrawn since.
    pub fn begin(&self) -> impl Fn() -> bool + '_ {
        let number = self.started.fetch_add(1, Ordering::SeqCst) + 1;
        move || self.withdrawn.load(Ordering::SeqCst) >= number
    }

    /// Withdraws all jobs that have been started. Later ones are not affected.
    pub fn withdraw(&self) {
        let started = self.started.load(Ordering::SeqCst);
        self.withdrawn.store(started, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn withdrawing_ends_running_jobs_and_no_later_one() {
        let jobs = Jobs::default();
        let (first, second) = (jobs.begin(), jobs.begin());
        assert!(!first() && !second());
        jobs.withdraw();
        assert!(first() && second());
        let third = jobs.begin();
        assert!(first() && !third());
    }
}
