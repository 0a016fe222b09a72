//! Shared by Linux and macOS.

#![allow(
    unsafe_code,
    reason = "descriptors that nothing owns are closed by their number"
)]

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, RawFd};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};

use crate::scanner::exit::ExitCause;
use crate::scanner::limits::LIFETIME_CPU;

pub(in crate::scanner) fn prepare(command: &mut Command) {
    command.current_dir("/");
}

pub(in crate::scanner) fn standard_files() -> io::Result<(File, File)> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    Ok((input.into(), output.into()))
}

/// Closes what the parent had open when it started this process, other than the three standard
/// files.
pub(in crate::scanner) fn close_listed() -> io::Result<()> {
    // Listed first: the list itself needs a descriptor, which is in it and closed by then.
    let open: Vec<RawFd> = std::fs::read_dir("/dev/fd")?
        .map(|entry| {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| name.parse().ok());
            number.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
        })
        .collect::<io::Result<_>>()?;
    for descriptor in open {
        if descriptor > 2 {
            // SAFETY: nothing in this process owns a descriptor yet but the standard files.
            unsafe { libc::close(descriptor) };
        }
    }
    Ok(())
}

/// Lowers the soft and the hard limit of `resource` to at most `most`.
pub(super) fn lower(resource: Resource, most: u64) -> io::Result<()> {
    let allowed = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limit = Some(allowed.min(most));
    let limit = Rlimit {
        current: limit,
        maximum: limit,
    };
    Ok(setrlimit(resource, limit)?)
}

/// Returns the first error of restrictions that were each tried, whatever became of the others.
pub(super) fn all(restrictions: impl IntoIterator<Item = io::Result<()>>) -> io::Result<()> {
    restrictions.into_iter().fold(Ok(()), Result::and)
}

/// Limits the processor time to [`LIFETIME_CPU`], and forbids to open a file or connection and to
/// write to a file.
pub(super) fn confine_to_open_files() -> io::Result<()> {
    all([
        lower_cpu(),
        lower(Resource::Nofile, 0),
        lower(Resource::Fsize, 0),
    ])
}

fn lower_cpu() -> io::Result<()> {
    let allowed = getrlimit(Resource::Cpu).maximum.unwrap_or(u64::MAX);
    // The soft limit sends a signal that tells this limit from others.
    let limit = Rlimit {
        current: Some(allowed.min(LIFETIME_CPU.as_secs())),
        maximum: Some(allowed.min(LIFETIME_CPU.as_secs() + 5)),
    };
    Ok(setrlimit(Resource::Cpu, limit)?)
}

/// Maps the signal that ended a child. A failed allocation and a stack overflow abort a Rust
/// program.
pub(in crate::scanner) fn exit_cause(status: ExitStatus) -> ExitCause {
    let is = |signal: Signal| status.signal() == Some(signal.as_raw());
    if is(Signal::ABORT) || is(Signal::XCPU) {
        ExitCause::Limit
    } else if is(Signal::SEGV) || is(Signal::BUS) || is(Signal::ILL) || is(Signal::SYS) {
        ExitCause::Fault
    } else {
        ExitCause::Other
    }
}
