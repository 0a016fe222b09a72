//! Runs one call at a time, each on its own thread and with a limit on the wait.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Why a call has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overdue {
    /// It, or an earlier call, did not finish in time.
    TimedOut,
    /// Its thread ended without a result or could not be started.
    Died,
}

/// What to do while another call is in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// Wait for it within the limit.
    Wait,
    /// Return [`Overdue::TimedOut`] at once.
    Refuse,
}

/// A queue with at most one call in progress, so that calls that hang do not accumulate threads.
pub(crate) struct Lane {
    /// The name of its threads.
    name: &'static str,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    last: u64,
    running: Option<Running>,
}

struct Running {
    number: u64,
    overdue: bool,
}

impl Lane {
    /// A free lane. Its threads get this name.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            shared: Arc::default(),
        }
    }

    /// Runs `work` and waits for the call before it and for its result, together no longer than
    /// `limit`. A later result is dropped.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        busy: Busy,
        limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Overdue> {
        let start = Instant::now();
        let deadline = start + limit;
        let turn = self.enter(match busy {
            Busy::Wait => deadline,
            Busy::Refuse => start,
        })?;
        let number = turn.number;
        let (sender, receiver) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name(self.name.to_owned())
            .spawn(move || {
                let result = work();
                drop(turn);
                // A late result has no receiver; dropping it wipes it.
                let _ = sender.send(result);
            })
            .map_err(|_| Overdue::Died)?;
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(result) => Ok(result),
            Err(RecvTimeoutError::Disconnected) => Err(Overdue::Died),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(running) = &mut self.shared.lock().running
                    && running.number == number
                {
                    running.overdue = true;
                }
                Err(Overdue::TimedOut)
            }
        }
    }

    /// Returns true if a call is in progress whose caller has stopped waiting.
    pub(crate) fn is_overdue(&self) -> bool {
        self.shared
            .lock()
            .running
            .as_ref()
            .is_some_and(|running| running.overdue)
    }

    /// Frees the lane of an overdue call that can never finish.
    pub(crate) fn abandon(&self) {
        let mut state = self.shared.lock();
        if state
            .running
            .as_ref()
            .is_some_and(|running| running.overdue)
        {
            state.running = None;
        }
    }

    fn enter(&self, deadline: Instant) -> Result<Turn, Overdue> {
        let mut state = self.shared.lock();
        while let Some(running) = &state.running {
            let left = deadline.saturating_duration_since(Instant::now());
            if running.overdue || left.is_zero() {
                return Err(Overdue::TimedOut);
            }
            state = self
                .shared
                .freed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        state.last += 1;
        let number = state.last;
        state.running = Some(Running {
            number,
            overdue: false,
        });
        Ok(Turn {
            shared: Arc::clone(&self.shared),
            number,
        })
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to run. Dropping it, even in a panic, admits the next call.
struct Turn {
    shared: Arc<Shared>,
    number: u64,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        if state
            .running
            .as_ref()
            .is_some_and(|running| running.number == self.number)
        {
            state.running = None;
            self.shared.freed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    /// A lane whose call hangs until the sender is used or dropped.
    fn hung() -> (Lane, mpsc::Sender<()>) {
        let lane = Lane::new("test");
        let (release, released) = mpsc::channel::<()>();
        let outcome = lane.run(Busy::Wait, SHORT, move || released.recv());
        assert_eq!(outcome, Err(Overdue::TimedOut));
        (lane, release)
    }

    #[test]
    fn a_call_returns_its_result() {
        assert_eq!(Lane::new("test").run(Busy::Wait, LONG, || 7), Ok(7));
    }

    #[test]
    fn a_call_that_hangs_times_out() {
        let (lane, _release) = hung();
        assert!(lane.is_overdue());
    }

    #[test]
    fn a_call_is_refused_at_once_while_an_overdue_one_hangs() {
        let (lane, _release) = hung();
        let before = Instant::now();
        assert_eq!(lane.run(Busy::Wait, LONG, || 7), Err(Overdue::TimedOut));
        assert!(before.elapsed() < LONG);
    }

    #[test]
    fn the_lane_is_free_once_an_overdue_call_has_finished() {
        let (lane, release) = hung();
        release.send(()).unwrap();
        let state = lane.shared.lock();
        drop(
            lane.shared
                .freed
                .wait_while(state, |state| state.running.is_some())
                .unwrap(),
        );
        assert_eq!(lane.run(Busy::Wait, LONG, || 7), Ok(7));
    }

    #[test]
    fn an_abandoned_call_frees_the_lane_and_does_not_free_it_again_when_it_finishes() {
        let (lane, release) = hung();
        lane.abandon();
        let (entered, inside) = mpsc::channel();
        let (finish, finished) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(|| {
                lane.run(Busy::Wait, LONG, move || {
                    (entered.send(()), finished.recv())
                })
            });
            inside.recv().unwrap();
            release.send(()).unwrap();
            assert!(lane.shared.lock().running.is_some());
            finish.send(()).unwrap();
        });
        assert_eq!(lane.run(Busy::Wait, LONG, || 7), Ok(7));
    }

    #[test]
    fn a_call_in_time_cannot_be_abandoned() {
        let lane = Arc::new(Lane::new("test"));
        let inner = Arc::clone(&lane);
        let outcome = lane.run(Busy::Wait, LONG, move || {
            inner.abandon();
            inner.shared.lock().running.is_some()
        });
        assert_eq!(outcome, Ok(true));
    }

    #[test]
    fn calls_run_one_after_another() {
        let lane = Lane::new("test");
        let count = Arc::new(Mutex::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let count = Arc::clone(&count);
                    lane.run(Busy::Wait, LONG, move || *count.try_lock().unwrap() += 1)
                        .unwrap();
                });
            }
        });
        assert_eq!(*count.lock().unwrap(), 8);
    }

    #[test]
    fn a_call_that_does_not_wait_is_refused_while_another_is_in_progress() {
        let lane = Lane::new("test");
        let (entered, inside) = mpsc::channel();
        let (finish, finished) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(|| {
                lane.run(Busy::Wait, LONG, move || {
                    (entered.send(()), finished.recv())
                })
            });
            inside.recv().unwrap();
            assert_eq!(lane.run(Busy::Refuse, LONG, || 7), Err(Overdue::TimedOut));
            assert!(!lane.is_overdue());
            finish.send(()).unwrap();
        });
        assert_eq!(lane.run(Busy::Refuse, LONG, || 7), Ok(7));
    }

    #[test]
    fn a_call_that_panics_frees_the_lane() {
        let lane = Lane::new("test");
        assert_eq!(
            lane.run(Busy::Wait, LONG, || panic!("a bug in the store")),
            Err::<(), _>(Overdue::Died)
        );
        assert_eq!(lane.run(Busy::Wait, LONG, || 7), Ok(7));
    }

    #[test]
    fn a_late_result_is_dropped() {
        struct DropProbe(mpsc::Sender<()>);
        impl Drop for DropProbe {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let lane = Lane::new("test");
        let (dropped, was_dropped) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let outcome = lane.run(Busy::Wait, SHORT, move || {
            let _ = released.recv();
            DropProbe(dropped)
        });
        assert!(outcome.is_err());
        release.send(()).unwrap();
        was_dropped.recv().unwrap();
    }
}
