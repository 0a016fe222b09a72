//! Resource limits. The parent watches the memory, because macOS accepts a limit for it but does
//! not enforce it.

#![allow(unsafe_code, reason = "a process's resource usage has no safe wrapper")]

use std::io;
use std::mem::MaybeUninit;
use std::path::PathBuf;
use std::process;
use std::time::Duration;

use rustix::process::Resource;

use super::unix::{all, confine_to_open_files, lower};
pub(in crate::scanner) use super::unix::{
    close_listed as close_inherited, exit_cause, prepare, standard_files,
};
use crate::hardening::{refuse_core_dumps, refuse_tracing};
use crate::scanner::limits::MEMORY;

/// The dynamic loader needs nothing.
pub(in crate::scanner) const ENVIRONMENT: &[&str] = &[];

pub(in crate::scanner) fn this_program() -> PathBuf {
    // Without a path no child starts, and the caller reports that.
    std::env::current_exe().unwrap_or_default()
}

/// The child's process number.
pub(in crate::scanner) struct Hold(libc::c_int);

pub(in crate::scanner) fn hold(child: &process::Child) -> io::Result<Hold> {
    let number = libc::c_int::try_from(child.id()).map_err(io::Error::other)?;
    Ok(Hold(number))
}

pub(in crate::scanner) fn is_too_large(child: &Hold) -> bool {
    usage(child).is_some_and(|usage| usage.ri_phys_footprint > MEMORY)
}

pub(in crate::scanner) fn cpu_time(child: &Hold) -> Option<Duration> {
    let usage = usage(child)?;
    let units = u128::from(usage.ri_user_time) + u128::from(usage.ri_system_time);
    let (numerator, denominator) = nanoseconds_per_unit()?;
    let nanoseconds = units * u128::from(numerator) / u128::from(denominator);
    u64::try_from(nanoseconds).ok().map(Duration::from_nanos)
}

fn usage(child: &Hold) -> Option<libc::rusage_info_v4> {
    let mut usage = MaybeUninit::<libc::rusage_info_v4>::zeroed();
    // SAFETY: the buffer has the layout of this flavour.
    let failed = unsafe {
        libc::proc_pid_rusage(child.0, libc::RUSAGE_INFO_V4, usage.as_mut_ptr().cast()) != 0
    };
    // SAFETY: zeros are valid in every field, and the call has overwritten them.
    (!failed).then(|| unsafe { usage.assume_init() })
}

/// A fraction: the kernel counts processor time in units of `mach_absolute_time`.
#[allow(deprecated, reason = "libc refers to another crate for this one call")]
fn nanoseconds_per_unit() -> Option<(u32, u32)> {
    let mut base = libc::mach_timebase_info { numer: 0, denom: 0 };
    // SAFETY: the call writes both fields.
    let failed = unsafe { libc::mach_timebase_info(&raw mut base) != 0 };
    (!failed && base.denom != 0).then_some((base.numer, base.denom))
}

pub(in crate::scanner) fn confine() -> io::Result<()> {
    all([
        refuse_core_dumps().unless_refused(),
        refuse_tracing().unless_refused(),
        // Prevents further processes: the limit counts all processes of this user.
        lower(Resource::Nproc, 1),
        confine_to_open_files(),
    ])
}
