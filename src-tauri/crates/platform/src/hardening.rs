//! Protects the program's memory from other processes of the same user.
//!
//! Nothing here stops malware that runs as the user, or an administrator.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
mod protection;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
pub use protection::Protection;
#[cfg(windows)]
use windows as system;

/// Prevents a crash from writing the program's memory to the disk.
///
/// Linux and macOS: no core files of this process, nor of processes that it starts afterwards
/// unless they raise their limit. Windows: [`Protection::InPart`], because error reports contain
/// stacks, but not the heap.
pub fn refuse_core_dumps() -> Protection {
    system::refuse_core_dumps()
}

/// Prevents other processes of the same user from attaching to this one and reading its memory.
///
/// On Linux the kernel also makes root the owner of `/proc/self`, and the desktop's portals refuse
/// a caller that they cannot look up there: no file dialog, no camera, no printing and no dark
/// mode. So it is for processes without a window. On macOS a debugger that is already attached ends
/// the process. Windows offers nothing short of rewriting the process's access list.
pub fn refuse_tracing() -> Protection {
    system::refuse_tracing()
}
