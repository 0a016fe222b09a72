//! How many journeys run at a time.
//!
//! Journeys share the app's binary and nothing else, so as many run at a time as the test runner
//! has threads; `cargo xtask` asks for two. Those that need the processor to themselves, because
//! they feed a camera in real time, wait for the others and keep them waiting.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

static TURNS: RwLock<()> = RwLock::new(());

/// The right to run a journey. It ends when this is dropped.
pub(crate) enum Turn {
    Beside {
        _others: RwLockReadGuard<'static, ()>,
    },
    Alone {
        _all: RwLockWriteGuard<'static, ()>,
    },
}

impl Turn {
    /// Waits until no journey needs the computer to itself.
    pub(crate) fn beside_others() -> Self {
        let others = TURNS.read().unwrap_or_else(PoisonError::into_inner);
        Self::Beside { _others: others }
    }

    /// Waits until no other journey runs.
    pub(crate) fn alone() -> Self {
        let all = TURNS.write().unwrap_or_else(PoisonError::into_inner);
        Self::Alone { _all: all }
    }
}
