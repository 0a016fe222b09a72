//! What Linux and macOS have in common.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};

use super::Death;

/// Seconds of processor time that a child may use. One that looks at a camera's frames is replaced then.
pub(super) const PROCESSOR_TIME: u64 = 60;

pub(super) fn prepare(command: &mut Command) {
    command.current_dir("/");
}

pub(super) fn standard_files() -> io::Result<(File, File)> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    Ok((input.into(), output.into()))
}

/// No more of `resource` than this, for good.
pub(super) fn at_most(resource: Resource, most: u64) -> io::Result<()> {
    let allowed = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limit = Some(allowed.min(most));
    let limit = Rlimit {
        current: limit,
        maximum: limit,
    };
    Ok(setrlimit(resource, limit)?)
}

/// Processor time, no file or connection beyond those that are open, and no byte into any file.
pub(super) fn confine_to_what_is_open() -> io::Result<()> {
    let allowed = getrlimit(Resource::Cpu).maximum.unwrap_or(u64::MAX);
    // At the lower limit the child gets a signal that says which limit it was.
    let limit = Rlimit {
        current: Some(allowed.min(PROCESSOR_TIME)),
        maximum: Some(allowed.min(PROCESSOR_TIME + 5)),
    };
    setrlimit(Resource::Cpu, limit)?;
    at_most(Resource::Nofile, 0)?;
    at_most(Resource::Fsize, 0)
}

/// What the way in which it ended says. Memory that is not given, and a stack that is full, make a Rust program abort.
pub(super) fn death(status: ExitStatus) -> Death {
    let is = |signal: Signal| status.signal() == Some(signal.as_raw());
    if is(Signal::ABORT) || is(Signal::XCPU) {
        Death::Limit
    } else if is(Signal::SEGV) || is(Signal::BUS) || is(Signal::ILL) || is(Signal::SYS) {
        Death::Fault
    } else {
        Death::Other
    }
}
