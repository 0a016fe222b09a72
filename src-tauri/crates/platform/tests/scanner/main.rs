//! Scanning in a child: the same answers as in this process, and hostile files that affect neither
//! this process nor the next file.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod bombs;
mod liars;
mod ordinary;
mod pdf;
mod restrictions;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use platform::scanner::{ARGUMENT, Budget, ChildScanner, MEMORY, Program};
use scan::{Finds, ScanError, Scanner, Unattended};

/// Added to each limit of a file: how late the parent may notice on a busy machine.
const TOLERANCE: Duration = Duration::from_secs(10);

/// A scanner with real children.
pub(crate) fn scanner() -> ChildScanner {
    ChildScanner::of(Program {
        path: env!("CARGO_BIN_EXE_scan-child").into(),
        arguments: vec![ARGUMENT.into()],
    })
}

/// A scanner with real children on a kernel that refuses the filter of system calls.
pub(crate) fn scanner_without_filters() -> ChildScanner {
    ChildScanner::of(Program {
        path: env!("CARGO_BIN_EXE_scan-child").into(),
        arguments: vec!["--without-filters".into(), ARGUMENT.into()],
    })
}

/// Runs tests one at a time: those that start children or measure their time and memory.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The result for a hostile file. Also checks that it stayed within the limits of processor time,
/// elapsed time and memory, and that the next file is read.
#[track_caller]
pub(crate) fn survived(bytes: &[u8]) -> Result<Finds, ScanError> {
    survived_within(Budget::FILE, bytes)
}

/// Like [`survived`], with this budget for the file.
#[track_caller]
pub(crate) fn survived_within(budget: Budget, bytes: &[u8]) -> Result<Finds, ScanError> {
    let _alone = alone();
    let scanner = scanner().within(budget, Budget::FRAME);
    let (start, before) = (Instant::now(), ended_children());
    let finds = scanner.scan(bytes, &Unattended);
    let (took, after) = (start.elapsed(), ended_children());
    assert!(took < budget.wall + TOLERANCE, "it took {took:?}");
    let worked = after.cpu - before.cpu;
    assert!(
        worked < budget.cpu + TOLERANCE,
        "it took {worked:?} of processor time"
    );
    let peak = after.largest;
    assert!(peak <= MEMORY, "a child took {} MiB", peak >> 20);
    ordinary::reads_a_code(&scanner);
    finds
}

/// The error for a hostile file.
#[track_caller]
pub(crate) fn refusal(bytes: &[u8]) -> ScanError {
    match survived(bytes) {
        Ok(_) => panic!("the file was accepted"),
        Err(error) => error,
    }
}

/// What the children of this process used that have ended so far.
struct Used {
    /// Memory of the largest one, in bytes.
    largest: u64,
    /// Processor time of all of them.
    cpu: Duration,
}

#[allow(unsafe_code, reason = "getrusage has no safe wrapper")]
fn ended_children() -> Used {
    // SAFETY: all zeros is a valid value, which the call overwrites.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        assert_eq!(libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage), 0);
        usage
    };
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.try_into().unwrap())
            + Duration::from_micros(time.tv_usec.try_into().unwrap())
    };
    Used {
        largest: u64::try_from(usage.ru_maxrss).unwrap() << 10,
        cpu: time(usage.ru_utime) + time(usage.ru_stime),
    }
}
