//! `GetTickCount64`: milliseconds since the start, sleep and hibernation included.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use std::time::Duration;

use windows_sys::Win32::System::SystemInformation::GetTickCount64;

pub(super) fn since_boot() -> Duration {
    // SAFETY: it takes nothing and has no failure.
    Duration::from_millis(unsafe { GetTickCount64() })
}
