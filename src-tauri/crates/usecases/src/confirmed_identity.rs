//! Until when confirmations of identity hold in an open wallet.

use std::time::Duration;

/// How long a confirmation of identity holds, unless the wallet is locked before.
pub const FRESH: Duration = Duration::from_secs(10 * 60);

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The password alone.
    Password,
    /// The password, and the six digits where they are set up.
    Full,
}

/// Until when confirmations hold, as times since boot.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Confirmed {
    password: Duration,
    full: Duration,
}

impl Confirmed {
    pub(crate) fn now(&mut self, level: Level, now: Duration) {
        let until = now.saturating_add(FRESH);
        match level {
            Level::Password => self.password = until,
            Level::Full => self.full = until,
        }
    }

    pub(crate) fn until(self, level: Level) -> Duration {
        match level {
            Level::Password => self.password.max(self.full),
            Level::Full => self.full,
        }
    }
}
