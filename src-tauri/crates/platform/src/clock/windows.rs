//! `GetTickCount64`: milliseconds since boot, including sleep and hibernation.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use std::time::Duration;

use windows_sys::Win32::System::SystemInformation::GetTickCount64;

pub(super) fn since_boot() -> Duration {
    // SAFETY: it takes no argument and cannot fail.
    Duration::from_millis(unsafe { GetTickCount64() })
}

/// Windows names no run of the computer that a program without rights could ask for.
pub(super) fn boot() -> Option<u32> {
    None
}
