//! `CLOCK_BOOTTIME`: the monotonic clock plus the time that the computer was suspended.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> Duration {
    // The clock starts at zero, so the conversion cannot fail.
    Duration::try_from(clock_gettime(ClockId::Boottime)).unwrap_or_default()
}

/// The first 32 bits of the kernel's random boot id (`random(4)`).
pub(super) fn boot() -> Option<u32> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    u32::from_str_radix(id.get(..8)?, 16).ok()
}
