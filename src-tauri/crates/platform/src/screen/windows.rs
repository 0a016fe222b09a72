//! The lock of the Windows session, which `WTSQuerySessionInformationW` reports.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use std::ptr::null_mut;

use windows_sys::Win32::System::RemoteDesktop::{
    WTS_CURRENT_SERVER_HANDLE, WTS_CURRENT_SESSION, WTS_SESSIONSTATE_LOCK, WTSFreeMemory,
    WTSINFOEXW, WTSQuerySessionInformationW, WTSSessionInfoEx,
};

use super::poll;

pub(super) fn watch(on_lock: impl Fn() + Send + 'static) {
    poll::watch(is_locked, on_lock);
}

/// Returns false if the system does not say. Windows 7 alone has the flag the other way round, and
/// the app does not run there.
fn is_locked() -> bool {
    let (mut answer, mut bytes) = (null_mut(), 0);
    // SAFETY: both pointers are local.
    let answered = unsafe {
        WTSQuerySessionInformationW(
            WTS_CURRENT_SERVER_HANDLE,
            WTS_CURRENT_SESSION,
            WTSSessionInfoEx,
            &raw mut answer,
            &raw mut bytes,
        )
    };
    if answered == 0 || answer.is_null() {
        return false;
    }
    let mut info = WTSINFOEXW::default();
    let whole = usize::try_from(bytes).is_ok_and(|bytes| bytes >= size_of_val(&info));
    if whole {
        // SAFETY: the answer is at least as long as the structure, of which it need not have the
        // alignment.
        info = unsafe { answer.cast::<WTSINFOEXW>().read_unaligned() };
    }
    // SAFETY: the system allocated the answer, and nothing reads it any more.
    unsafe { WTSFreeMemory(answer.cast()) };
    // SAFETY: level 1 is the only variant of the union, and holds plain numbers.
    let flags = unsafe { info.Data.WTSInfoExLevel1.SessionFlags };
    whole && info.Level == 1 && flags.cast_unsigned() == WTS_SESSIONSTATE_LOCK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_that_runs_this_test_is_not_locked() {
        assert!(!is_locked());
    }
}
