//! A job object. The parent assigns the child to it before it sends a request.

#![allow(unsafe_code, reason = "windows-sys has no safe calls")]

use std::fs::File;
use std::io;
use std::os::windows::io::{AsHandle, AsRawHandle, FromRawHandle, OwnedHandle};
use std::os::windows::process::CommandExt;
use std::path::PathBuf;
use std::process::{self, Command, ExitStatus};
use std::ptr::{from_mut, from_ref, null, null_mut};
use std::time::Duration;

use windows_sys::Win32::Foundation::{
    CloseHandle, GetHandleInformation, HANDLE_FLAG_INHERIT, STATUS_ACCESS_VIOLATION,
    STATUS_ILLEGAL_INSTRUCTION, STATUS_NO_MEMORY, STATUS_STACK_BUFFER_OVERRUN,
    STATUS_STACK_OVERFLOW,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_UILIMIT_DESKTOP,
    JOB_OBJECT_UILIMIT_DISPLAYSETTINGS, JOB_OBJECT_UILIMIT_EXITWINDOWS,
    JOB_OBJECT_UILIMIT_GLOBALATOMS, JOB_OBJECT_UILIMIT_HANDLES, JOB_OBJECT_UILIMIT_READCLIPBOARD,
    JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS, JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
    JOBOBJECT_BASIC_ACCOUNTING_INFORMATION, JOBOBJECT_BASIC_UI_RESTRICTIONS,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectBasicAccountingInformation,
    JobObjectBasicUIRestrictions, JobObjectExtendedLimitInformation, QueryInformationJobObject,
    SetInformationJobObject,
};
use windows_sys::Win32::System::Threading::CREATE_NO_WINDOW;

use crate::hardening::refuse_core_dumps;
use crate::scanner::exit::ExitCause;
use crate::scanner::limits::MEMORY;

/// Handles are numbered from four in steps of four, and the lowest free number is given out. A
/// program with more than 65,536 open handles would leave some.
const HANDLE_VALUES: usize = 4 * 65_536;

/// Some system libraries do not load without it.
pub(in crate::scanner) const ENVIRONMENT: &[&str] = &["SystemRoot"];

pub(in crate::scanner) fn this_program() -> PathBuf {
    // Without a path no child starts, and the caller reports that.
    std::env::current_exe().unwrap_or_default()
}

pub(in crate::scanner) fn prepare(command: &mut Command) {
    command.creation_flags(CREATE_NO_WINDOW);
    if let Some(folder) = std::env::var_os("SystemRoot") {
        command.current_dir(folder);
    }
}

/// The job. Closing the handle kills the child, even if the parent crashes.
pub(in crate::scanner) type Hold = OwnedHandle;

pub(in crate::scanner) fn hold(child: &process::Child) -> io::Result<Hold> {
    // SAFETY: both arguments may be null: default security, no name.
    let job = unsafe { CreateJobObjectW(null(), null()) };
    if job.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the handle is new and has no other owner.
    let job = unsafe { OwnedHandle::from_raw_handle(job) };

    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY
        | JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    limits.BasicLimitInformation.ActiveProcessLimit = 1;
    limits.ProcessMemoryLimit = MEMORY as usize;
    set(&job, JobObjectExtendedLimitInformation, &limits)?;

    let restrictions = JOBOBJECT_BASIC_UI_RESTRICTIONS {
        UIRestrictionsClass: JOB_OBJECT_UILIMIT_DESKTOP
            | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
            | JOB_OBJECT_UILIMIT_EXITWINDOWS
            | JOB_OBJECT_UILIMIT_GLOBALATOMS
            | JOB_OBJECT_UILIMIT_HANDLES
            | JOB_OBJECT_UILIMIT_READCLIPBOARD
            | JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
            | JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
    };
    set(&job, JobObjectBasicUIRestrictions, &restrictions)?;

    // SAFETY: both handles are open.
    match unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(job),
    }
}

fn set<T>(job: &OwnedHandle, class: i32, value: &T) -> io::Result<()> {
    let size = u32::try_from(size_of::<T>()).map_err(io::Error::other)?;
    // SAFETY: callers pass the type that belongs to the class; it is read and not kept.
    let done = unsafe {
        SetInformationJobObject(job.as_raw_handle(), class, from_ref(value).cast(), size)
    };
    match done {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Always false: the job enforces the limit.
pub(in crate::scanner) fn is_too_large(_: &Hold) -> bool {
    false
}

/// The accounting of the job, in units of 100 ns. The job holds one process.
pub(in crate::scanner) fn cpu_time(job: &Hold) -> Option<Duration> {
    let mut usage = JOBOBJECT_BASIC_ACCOUNTING_INFORMATION::default();
    let size = u32::try_from(size_of_val(&usage)).ok()?;
    // SAFETY: the class writes a value of this type and size.
    let done = unsafe {
        QueryInformationJobObject(
            job.as_raw_handle(),
            JobObjectBasicAccountingInformation,
            from_mut(&mut usage).cast(),
            size,
            null_mut(),
        )
    };
    let units = u64::try_from(usage.TotalUserTime + usage.TotalKernelTime).ok()?;
    (done != 0).then(|| Duration::from_nanos(units.saturating_mul(100)))
}

pub(in crate::scanner) fn standard_files() -> io::Result<(File, File)> {
    let input = io::stdin().as_handle().try_clone_to_owned()?;
    let output = io::stdout().as_handle().try_clone_to_owned()?;
    Ok((input.into(), output.into()))
}

/// Closes the handles that this process inherited, other than the standard ones. An inherited
/// handle keeps its flag and its value, a multiple of four; this process marks none of its own.
pub(in crate::scanner) fn close_inherited() -> io::Result<()> {
    let standard = [
        io::stdin().as_raw_handle(),
        io::stdout().as_raw_handle(),
        io::stderr().as_raw_handle(),
    ];
    for value in (4..HANDLE_VALUES).step_by(4) {
        let handle = std::ptr::without_provenance_mut(value);
        let mut flags = 0;
        // SAFETY: the call accepts any value, and fails for one that is no handle.
        let known = unsafe { GetHandleInformation(handle, &raw mut flags) } != 0;
        if known && flags & HANDLE_FLAG_INHERIT != 0 && !standard.contains(&handle) {
            // SAFETY: nothing in this process owns an inherited handle but the standard files.
            if unsafe { CloseHandle(handle) } == 0 {
                return Err(io::Error::last_os_error());
            }
        }
    }
    Ok(())
}

pub(in crate::scanner) fn confine() -> io::Result<()> {
    refuse_core_dumps().unless_refused()
}

/// Maps the exit code. A failed allocation aborts a Rust program.
pub(in crate::scanner) fn exit_cause(status: ExitStatus) -> ExitCause {
    match status.code() {
        Some(STATUS_STACK_BUFFER_OVERRUN | STATUS_STACK_OVERFLOW | STATUS_NO_MEMORY) => {
            ExitCause::Limit
        }
        Some(STATUS_ACCESS_VIOLATION | STATUS_ILLEGAL_INSTRUCTION) => ExitCause::Fault,
        _ => ExitCause::Other,
    }
}
