//! Resource limits, a filter of system calls, and a signal that ends the child with its parent.

#![allow(unsafe_code, reason = "close_range has no safe wrapper")]

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process;
use std::time::Duration;

use rustix::param::clock_ticks_per_second;
use rustix::process::{Resource, Signal, set_parent_process_death_signal};
use rustix::thread::set_no_new_privs;

use super::filter;
use super::unix::{all, close_listed, confine_to_open_files, lower};
pub(in crate::scanner) use super::unix::{exit_cause, prepare, standard_files};
use crate::hardening::{refuse_core_dumps, refuse_tracing};
use crate::scanner::limits::MEMORY;

/// Set by an AppImage to the folder of its libraries.
pub(in crate::scanner) const ENVIRONMENT: &[&str] = &["LD_LIBRARY_PATH"];

/// Share of [`MEMORY`] for the code of the program and its libraries, which counts as memory but
/// not as data.
const CODE: u64 = 72 << 20;

/// The running file, which has no path any more once a newer version was installed over it.
pub(in crate::scanner) fn this_program() -> PathBuf {
    PathBuf::from("/proc/self/exe")
}

/// The child's process number. The child sets its own limits.
pub(in crate::scanner) struct Hold(u32);

pub(in crate::scanner) fn hold(child: &process::Child) -> io::Result<Hold> {
    Ok(Hold(child.id()))
}

/// Always false: the kernel enforces the limit.
pub(in crate::scanner) fn is_too_large(_: &Hold) -> bool {
    false
}

/// The user and system time of proc_pid_stat(5).
pub(in crate::scanner) fn cpu_time(child: &Hold) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.0)).ok()?;
    let ticks = clock_ticks(&stat)?;
    Some(Duration::from_millis(
        ticks.saturating_mul(1_000) / clock_ticks_per_second().max(1),
    ))
}

/// Sum of fields 14 and 15. The program's name, field 2, may contain spaces and parentheses.
fn clock_ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(11);
    let mut next = || times.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}

/// Closes what the parent had open, on a kernel before 5.9 one by one.
pub(in crate::scanner) fn close_inherited() -> io::Result<()> {
    let (first, last, flags) = (3_u32, u32::MAX, 0_u32);
    // SAFETY: nothing in this process owns a descriptor yet but the standard files.
    match unsafe { libc::syscall(libc::SYS_close_range, first, last, flags) } {
        0 => Ok(()),
        _ => close_listed(),
    }
}

/// Limits data: private writable memory, such as the heap, the stacks of threads and the static
/// data of libraries. The limit of the address space is useless here, since the web view's
/// libraries reserve more of it than they ever touch.
pub(in crate::scanner) fn confine() -> io::Result<()> {
    all([
        set_parent_process_death_signal(Some(Signal::KILL)).map_err(io::Error::from),
        refuse_core_dumps().unless_refused(),
        refuse_tracing().unless_refused(),
        lower(Resource::Data, MEMORY - CODE),
        confine_to_open_files(),
        set_no_new_privs(true).map_err(io::Error::from),
        // Last: it forbids the calls above.
        filter::apply(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_the_sum_of_user_and_system_time() {
        let stat = "7 (a) b) R 1 7 7 0 -1 4194304 100 0 0 0 250 50 3 4 20 0 1 0 99\n";
        assert_eq!(clock_ticks(stat), Some(300));
        assert_eq!(clock_ticks("7 (a) R 1"), None);
        assert_eq!(clock_ticks(""), None);
    }

    #[test]
    fn the_processor_time_of_a_running_process_is_known() {
        assert!(cpu_time(&Hold(process::id())).is_some());
    }
}
