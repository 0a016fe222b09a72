//! `CLOCK_MONOTONIC`, which on macOS, other than on Linux, goes on while the computer sleeps
//! (`clock_gettime(3)`).

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> Duration {
    // It starts at zero: the conversion cannot fail.
    Duration::try_from(clock_gettime(ClockId::Monotonic)).unwrap_or_default()
}
