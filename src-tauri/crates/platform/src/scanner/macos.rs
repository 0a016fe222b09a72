//! Resource limits, and the parent's eye on the memory: macOS takes a limit for it and does not keep to it.

#![allow(unsafe_code, reason = "a process's size has no safe wrapper")]

use std::io;
use std::mem::MaybeUninit;
use std::path::PathBuf;
use std::process;

use rustix::process::Resource;

use super::MEMORY;
use super::unix::{at_most, confine_to_what_is_open};
pub(super) use super::unix::{death, prepare, standard_files};
use crate::hardening::{refuse_core_dumps, refuse_tracing};

/// The loader needs nothing.
pub(super) const ENVIRONMENT: &[&str] = &[];

pub(super) fn this_program() -> PathBuf {
    // Where the system cannot say it, no child starts, and that has words.
    std::env::current_exe().unwrap_or_default()
}

/// The child's process number.
pub(super) struct Hold(libc::c_int);

pub(super) fn hold(child: &process::Child) -> io::Result<Hold> {
    let number = libc::c_int::try_from(child.id()).map_err(io::Error::other)?;
    Ok(Hold(number))
}

pub(super) fn is_too_large(child: &Hold) -> bool {
    let mut usage = MaybeUninit::<libc::rusage_info_v4>::zeroed();
    // SAFETY: the buffer has the layout that the flavour asks for, and is all zeros, which every field may be.
    let usage = unsafe {
        if libc::proc_pid_rusage(child.0, libc::RUSAGE_INFO_V4, usage.as_mut_ptr().cast()) != 0 {
            return false;
        }
        usage.assume_init()
    };
    usage.ri_phys_footprint > MEMORY
}

pub(super) fn confine() -> io::Result<()> {
    refuse_core_dumps();
    refuse_tracing();
    // No further process: it is the person's only one as far as this goes.
    at_most(Resource::Nproc, 1)?;
    confine_to_what_is_open()
}
