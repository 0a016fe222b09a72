//! How many journeys run at a time.
//!
//! Journeys share the app's binary and nothing else, so as many run at a time as the test runner
//! has threads. Those that need the processor to themselves, because they feed a camera in real
//! time, wait for the others and keep them waiting.

use std::cell::Cell;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

static TURNS: RwLock<()> = RwLock::new(());

thread_local! {
    /// This thread's journey has its turn. A second desktop of it needs none: waiting for one
    /// behind a journey that wants to run alone would never end.
    static HAS_TURN: Cell<bool> = const { Cell::new(false) };
}

/// The right to run a journey. It ends when this is dropped.
pub(crate) struct Turn {
    lock: Option<Lock>,
}

#[expect(dead_code, reason = "held for their drop")]
enum Lock {
    Beside(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

impl Turn {
    /// Waits until no journey needs the computer to itself.
    pub(crate) fn beside_others() -> Self {
        Self::take(|| Lock::Beside(TURNS.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Waits until no other journey runs.
    pub(crate) fn alone() -> Self {
        Self::take(|| Lock::Alone(TURNS.write().unwrap_or_else(PoisonError::into_inner)))
    }

    fn take(lock: impl FnOnce() -> Lock) -> Self {
        let nested = HAS_TURN.replace(true);
        Self {
            lock: (!nested).then(lock),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.lock.is_some() {
            HAS_TURN.set(false);
        }
    }
}
