//! `CLOCK_MONOTONIC`. On macOS, unlike Linux, it advances while the computer sleeps
//! (`clock_gettime(3)`).

#![allow(unsafe_code, reason = "sysctlbyname has no safe wrapper")]

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

pub(super) fn since_boot() -> Duration {
    // The clock starts at zero, so the conversion cannot fail.
    Duration::try_from(clock_gettime(ClockId::Monotonic)).unwrap_or_default()
}

/// The first 32 bits of the kernel's UUID of this boot, `kern.bootsessionuuid`.
pub(super) fn boot() -> Option<u32> {
    let mut uuid = [0_u8; 64];
    let mut length = uuid.len();
    // SAFETY: the name ends with a zero, and the kernel writes at most `length` bytes to `uuid`.
    let failed = unsafe {
        libc::sysctlbyname(
            c"kern.bootsessionuuid".as_ptr(),
            uuid.as_mut_ptr().cast(),
            &mut length,
            std::ptr::null_mut(),
            0,
        )
    };
    if failed != 0 {
        return None;
    }
    u32::from_str_radix(std::str::from_utf8(uuid.get(..8)?).ok()?, 16).ok()
}
