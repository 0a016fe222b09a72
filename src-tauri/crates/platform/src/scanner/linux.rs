//! Resource limits, a filter of system calls, and an end together with the parent.

use std::io;
use std::path::PathBuf;
use std::process;

use rustix::process::{Resource, Signal, set_parent_process_death_signal};
use rustix::thread::set_no_new_privs;

use super::unix::{at_most, confine_to_what_is_open};
pub(super) use super::unix::{death, prepare, standard_files};
use super::{MEMORY, filter};
use crate::hardening::{refuse_core_dumps, refuse_tracing};

/// Where an AppImage says that its libraries are.
pub(super) const ENVIRONMENT: &[&str] = &["LD_LIBRARY_PATH"];

/// Of [`MEMORY`], what the program itself and its libraries may take: their code counts as memory, but not as data.
const CODE: u64 = 72 << 20;

/// The running file, which no path names any more once a newer version has been installed over it.
pub(super) fn this_program() -> PathBuf {
    PathBuf::from("/proc/self/exe")
}

/// The limits are the child's own.
pub(super) struct Hold;

pub(super) fn hold(_: &process::Child) -> io::Result<Hold> {
    Ok(Hold)
}

/// The kernel sees to that.
pub(super) fn is_too_large(_: &Hold) -> bool {
    false
}

/// Data is what can be written to and is nobody else's: heap, stacks of threads, and what libraries set aside. The limit of
/// the address space is of no use here, since the web view's libraries reserve more of it than they ever touch.
pub(super) fn confine() -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    refuse_core_dumps();
    refuse_tracing();
    at_most(Resource::Data, MEMORY - CODE)?;
    confine_to_what_is_open()?;
    set_no_new_privs(true)?;
    // A kernel without it is no reason to read nothing: the limits hold without it.
    let _ = filter::apply();
    Ok(())
}
