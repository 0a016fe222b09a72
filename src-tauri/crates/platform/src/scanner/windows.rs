//! A job object, which the parent puts the child into before it sends it anything.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use std::fs::File;
use std::io;
use std::os::windows::io::{AsHandle, AsRawHandle, FromRawHandle, OwnedHandle};
use std::os::windows::process::CommandExt;
use std::path::PathBuf;
use std::process::{self, Command, ExitStatus};
use std::ptr::{from_ref, null};

use windows_sys::Win32::Foundation::{
    STATUS_ACCESS_VIOLATION, STATUS_ILLEGAL_INSTRUCTION, STATUS_NO_MEMORY,
    STATUS_STACK_BUFFER_OVERRUN, STATUS_STACK_OVERFLOW,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_UILIMIT_DESKTOP,
    JOB_OBJECT_UILIMIT_DISPLAYSETTINGS, JOB_OBJECT_UILIMIT_EXITWINDOWS,
    JOB_OBJECT_UILIMIT_GLOBALATOMS, JOB_OBJECT_UILIMIT_HANDLES, JOB_OBJECT_UILIMIT_READCLIPBOARD,
    JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS, JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
    JOBOBJECT_BASIC_UI_RESTRICTIONS, JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
    JobObjectBasicUIRestrictions, JobObjectExtendedLimitInformation, SetInformationJobObject,
};
use windows_sys::Win32::System::Threading::CREATE_NO_WINDOW;

use super::{Death, MEMORY};
use crate::hardening::refuse_core_dumps;

/// Without it some system libraries do not load.
pub(super) const ENVIRONMENT: &[&str] = &["SystemRoot"];

pub(super) fn this_program() -> PathBuf {
    // Where the system cannot say it, no child starts, and that has words.
    std::env::current_exe().unwrap_or_default()
}

pub(super) fn prepare(command: &mut Command) {
    command.creation_flags(CREATE_NO_WINDOW);
    if let Some(folder) = std::env::var_os("SystemRoot") {
        command.current_dir(folder);
    }
}

/// The job. It ends when this is dropped, also where the parent crashes, and the child with it.
pub(super) type Hold = OwnedHandle;

pub(super) fn hold(child: &process::Child) -> io::Result<Hold> {
    // SAFETY: both arguments may be null: no one else may open it, and it has no name.
    let job = unsafe { CreateJobObjectW(null(), null()) };
    if job.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it was just made, and nobody else has it.
    let job = unsafe { OwnedHandle::from_raw_handle(job) };

    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY
        | JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    limits.BasicLimitInformation.ActiveProcessLimit = 1;
    limits.ProcessMemoryLimit = MEMORY as usize;
    set(&job, JobObjectExtendedLimitInformation, &limits)?;

    let window = JOBOBJECT_BASIC_UI_RESTRICTIONS {
        UIRestrictionsClass: JOB_OBJECT_UILIMIT_DESKTOP
            | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
            | JOB_OBJECT_UILIMIT_EXITWINDOWS
            | JOB_OBJECT_UILIMIT_GLOBALATOMS
            | JOB_OBJECT_UILIMIT_HANDLES
            | JOB_OBJECT_UILIMIT_READCLIPBOARD
            | JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
            | JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
    };
    set(&job, JobObjectBasicUIRestrictions, &window)?;

    // SAFETY: both handles are open.
    match unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(job),
    }
}

fn set<T>(job: &OwnedHandle, class: i32, value: &T) -> io::Result<()> {
    let size = u32::try_from(size_of::<T>()).map_err(io::Error::other)?;
    // SAFETY: the class says that the value is of this type; it is read and not kept.
    let done = unsafe {
        SetInformationJobObject(job.as_raw_handle(), class, from_ref(value).cast(), size)
    };
    match done {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// The job sees to that.
pub(super) fn is_too_large(_: &Hold) -> bool {
    false
}

pub(super) fn standard_files() -> io::Result<(File, File)> {
    let input = io::stdin().as_handle().try_clone_to_owned()?;
    let output = io::stdout().as_handle().try_clone_to_owned()?;
    Ok((input.into(), output.into()))
}

pub(super) fn confine() -> io::Result<()> {
    refuse_core_dumps();
    Ok(())
}

/// What the way in which it ended says. Memory that is not given makes a Rust program abort.
pub(super) fn death(status: ExitStatus) -> Death {
    match status.code() {
        Some(STATUS_STACK_BUFFER_OVERRUN | STATUS_STACK_OVERFLOW | STATUS_NO_MEMORY) => {
            Death::Limit
        }
        Some(STATUS_ACCESS_VIOLATION | STATUS_ILLEGAL_INSTRUCTION) => Death::Fault,
        _ => Death::Other,
    }
}
