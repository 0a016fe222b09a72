//! Whether the window asks before it closes, so that nothing typed in the page is lost.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a page may take to ask about unsaved work, before it counts as frozen.
const FROZEN: Duration = Duration::from_secs(5);

/// The question that the page asks before its window closes.
#[derive(Default)]
pub(crate) struct CloseQuestion {
    unsaved: AtomicBool,
    /// When the page was told to ask, and has not shown that it heard.
    waits_since: Mutex<Option<Instant>>,
}

impl CloseQuestion {
    /// Remembers whether closing the window would lose what is typed in the page.
    pub(crate) fn set_unsaved(&self, unsaved: bool) {
        self.unsaved.store(unsaved, Ordering::SeqCst);
        // A page that says so is not frozen.
        self.heard();
    }

    /// The page asks the person.
    pub(crate) fn heard(&self) {
        *self.waits_since() = None;
    }

    /// Returns whether the page must ask before the window, which is to close `now`, closes. A page
    /// that did not hear the question before is frozen and keeps no window open.
    pub(crate) fn must_ask(&self, now: Instant) -> bool {
        let mut waits_since = self.waits_since();
        let frozen = waits_since.is_some_and(|since| now.duration_since(since) > FROZEN);
        let must = self.unsaved.load(Ordering::SeqCst) && !frozen;
        if must {
            waits_since.get_or_insert(now);
        }
        must
    }

    fn waits_since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.waits_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsaved() -> (CloseQuestion, Instant) {
        let question = CloseQuestion::default();
        question.set_unsaved(true);
        (question, Instant::now())
    }

    #[test]
    fn only_unsaved_work_is_asked_about() {
        let (question, now) = unsaved();
        assert!(question.must_ask(now));
        question.set_unsaved(false);
        assert!(!question.must_ask(now));
    }

    #[test]
    fn a_page_that_did_not_hear_the_question_keeps_the_window_open_for_seconds_only() {
        let (question, now) = unsaved();
        let second = Duration::from_secs(1);
        // Impatient clicks do not give the page more time.
        assert!(question.must_ask(now));
        assert!(question.must_ask(now + 4 * second));
        assert!(!question.must_ask(now + 6 * second));
    }

    #[test]
    fn a_page_that_heard_the_question_is_asked_each_time() {
        let (question, now) = unsaved();
        let hour = Duration::from_secs(3600);
        assert!(question.must_ask(now));
        question.heard();
        assert!(question.must_ask(now + hour));
        question.set_unsaved(true);
        assert!(question.must_ask(now + 2 * hour));
    }
}
