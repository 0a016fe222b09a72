//! The lock of the screen.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(any(windows, target_os = "macos", test))]
mod poll;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

/// Calls `on_lock` whenever the screen is locked, until the program ends, from threads of its own.
/// It may be called more than once for one lock, and never where the system reports none.
pub fn watch(on_lock: impl Fn() + Send + Sync + 'static) {
    system::watch(on_lock);
}
