//! `CLOCK_MONOTONIC`. On macOS, unlike Linux, it advances while the computer sleeps
//! (`clock_gettime(3)`).

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> Duration {
    // The clock starts at zero, so the conversion cannot fail.
    Duration::try_from(clock_gettime(ClockId::Monotonic)).unwrap_or_default()
}
