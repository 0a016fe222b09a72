//! `CLOCK_BOOTTIME`: the monotonic clock plus the time that the computer was suspended.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> Duration {
    // The clock starts at zero, so the conversion cannot fail.
    Duration::try_from(clock_gettime(ClockId::Boottime)).unwrap_or_default()
}
