//! What can be done against the program's memory being read by others of the same person's processes.
//!
//! None of it stops malware that runs as the person, nor an administrator.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

/// What became of a protection that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in force for this process until it ends.
    InForce,
    /// It is in force in part: what is still possible is in the function's text.
    InPart,
    /// The system refused it.
    Refused,
    /// The system has no such thing for a program like this.
    NotOffered,
}

/// Keeps a crash from writing the program's memory to the disk.
///
/// Linux and macOS: no core files, of this process and of those that it starts afterwards, as long as these
/// do not raise their limit. Windows: [`Outcome::InPart`], error reports hold stacks without the heap.
pub fn refuse_core_dumps() -> Outcome {
    system::refuse_core_dumps()
}

/// Keeps other processes of the same person from attaching to this one and reading its memory.
///
/// On Linux the kernel then also gives `/proc/self` to root: programs that look the caller up there (portals)
/// may refuse it, so call it once windows and buses are up. On macOS a debugger that is attached already
/// ends the process. Windows has nothing of the kind short of rewriting the process's access list.
pub fn refuse_tracing() -> Outcome {
    system::refuse_tracing()
}
