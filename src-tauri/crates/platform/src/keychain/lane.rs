//! One call at a time, on a thread of its own, waited for no longer than its limit.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Why a call brought no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overdue {
    /// It is not back in time, or an earlier one still is not.
    TimedOut,
    /// Its thread ended without a result, or could not be started.
    Died,
}

/// At most one call is under way, so that calls that hang do not pile up threads.
#[derive(Default)]
pub(super) struct Lane(Arc<Shared>);

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
    /// Runs `work`, after the call before it, and waits for both no longer than `limit`. A result that comes
    /// later is dropped.
    pub(super) fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Overdue> {
        let deadline = Instant::now() + limit;
        let place = self.enter(deadline)?;
        let number = place.number;
        let (sender, receiver) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || {
                let result = work();
                drop(place);
                // Nobody waits for a late result: dropping it wipes it.
                let _ = sender.send(result);
            })
            .map_err(|_| Overdue::Died)?;
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(result) => Ok(result),
            Err(RecvTimeoutError::Disconnected) => Err(Overdue::Died),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(running) = &mut self.0.lock().running
                    && running.number == number
                {
                    running.overdue = true;
                }
                Err(Overdue::TimedOut)
            }
        }
    }

    /// Whether a call is under way that nobody waits for any more.
    pub(super) fn is_overdue(&self) -> bool {
        self.0
            .lock()
            .running
            .as_ref()
            .is_some_and(|running| running.overdue)
    }

    /// Frees the lane of an overdue call that will never be back.
    pub(super) fn abandon(&self) {
        let mut state = self.0.lock();
        if state
            .running
            .as_ref()
            .is_some_and(|running| running.overdue)
        {
            state.running = None;
        }
    }

    fn enter(&self, deadline: Instant) -> Result<Place, Overdue> {
        let mut state = self.0.lock();
        while let Some(running) = &state.running {
            let left = deadline.saturating_duration_since(Instant::now());
            if running.overdue || left.is_zero() {
                return Err(Overdue::TimedOut);
            }
            state = self
                .0
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
        Ok(Place {
            shared: Arc::clone(&self.0),
            number,
        })
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to run. Dropping it, in a panic too, lets the next call in.
struct Place {
    shared: Arc<Shared>,
    number: u64,
}

impl Drop for Place {
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
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    /// A lane with a call on it that hangs until the sender is used or dropped.
    fn hung() -> (Lane, mpsc::Sender<()>) {
        let lane = Lane::default();
        let (release, released) = mpsc::channel::<()>();
        let outcome = lane.run(SHORT, move || released.recv());
        assert_eq!(outcome, Err(Overdue::TimedOut));
        (lane, release)
    }

    #[test]
    fn a_result_comes_back() {
        assert_eq!(Lane::default().run(LONG, || 7), Ok(7));
    }

    #[test]
    fn a_call_that_hangs_is_given_up_after_its_limit() {
        let (lane, _release) = hung();
        assert!(lane.is_overdue());
    }

    #[test]
    fn while_one_hangs_the_next_is_refused_at_once() {
        let (lane, _release) = hung();
        let before = Instant::now();
        assert_eq!(lane.run(LONG, || 7), Err(Overdue::TimedOut));
        assert!(before.elapsed() < LONG);
    }

    #[test]
    fn once_the_hung_call_has_ended_the_next_one_runs() {
        let (lane, release) = hung();
        release.send(()).unwrap();
        let state = lane.0.lock();
        drop(
            lane.0
                .freed
                .wait_while(state, |state| state.running.is_some())
                .unwrap(),
        );
        assert_eq!(lane.run(LONG, || 7), Ok(7));
    }

    #[test]
    fn an_abandoned_call_frees_the_lane_and_ends_without_touching_the_next() {
        let (lane, release) = hung();
        lane.abandon();
        let (entered, inside) = mpsc::channel();
        let (finish, finished) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(|| lane.run(LONG, move || (entered.send(()), finished.recv())));
            inside.recv().unwrap();
            release.send(()).unwrap();
            assert!(lane.0.lock().running.is_some());
            finish.send(()).unwrap();
        });
        assert_eq!(lane.run(LONG, || 7), Ok(7));
    }

    #[test]
    fn a_call_on_its_way_is_not_abandoned() {
        let lane = Arc::new(Lane::default());
        let inner = Arc::clone(&lane);
        let outcome = lane.run(LONG, move || {
            inner.abandon();
            inner.0.lock().running.is_some()
        });
        assert_eq!(outcome, Ok(true));
    }

    #[test]
    fn calls_wait_for_each_other() {
        let lane = Lane::default();
        let count = Arc::new(Mutex::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let count = Arc::clone(&count);
                    lane.run(LONG, move || *count.try_lock().unwrap() += 1)
                        .unwrap();
                });
            }
        });
        assert_eq!(*count.lock().unwrap(), 8);
    }

    #[test]
    fn a_call_that_panics_frees_the_lane() {
        let lane = Lane::default();
        assert_eq!(
            lane.run(LONG, || panic!("the store's own")),
            Err::<(), _>(Overdue::Died)
        );
        assert_eq!(lane.run(LONG, || 7), Ok(7));
    }

    #[test]
    fn a_late_result_is_dropped() {
        struct Witness(mpsc::Sender<()>);
        impl Drop for Witness {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let lane = Lane::default();
        let (dropped, seen) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let outcome = lane.run(SHORT, move || {
            let _ = released.recv();
            Witness(dropped)
        });
        assert!(outcome.is_err());
        release.send(()).unwrap();
        seen.recv().unwrap();
    }
}
