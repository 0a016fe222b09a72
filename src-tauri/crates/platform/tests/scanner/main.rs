//! Scanning in a child: the same answers, and hostile files that reach neither this process nor the next file.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bombs;
mod liars;
mod ordinary;
mod pdf;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use platform::scanner::{ARGUMENT, ChildScanner, MEMORY, Program};
use scan::{Finds, ScanError, Scanner, Unattended};

/// Longer than the ten seconds that a file may take, by what it takes to end the child on a busy machine.
const PATIENCE: Duration = Duration::from_secs(13);

/// A scanner whose children are real ones.
pub(crate) fn scanner() -> ChildScanner {
    ChildScanner::of(Program {
        path: env!("CARGO_BIN_EXE_scan-child").into(),
        arguments: vec![ARGUMENT.into()],
    })
}

/// One at a time: tests that measure time and memory do not mix with others.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What comes of a hostile file, after it was seen to that it took neither too long nor too much memory, and that the next
/// file is read.
#[track_caller]
pub(crate) fn survived(bytes: &[u8]) -> Result<Finds, ScanError> {
    let _alone = alone();
    let scanner = scanner();
    let start = Instant::now();
    let finds = scanner.scan(bytes, &Unattended);
    let took = start.elapsed();
    assert!(took < PATIENCE, "it took {took:?}");
    let peak = largest_child();
    assert!(peak <= MEMORY, "a child took {} MiB", peak >> 20);
    ordinary::reads_a_code(&scanner);
    finds
}

/// Why nothing came of it.
#[track_caller]
pub(crate) fn refusal(bytes: &[u8]) -> ScanError {
    match survived(bytes) {
        Ok(_) => panic!("something was found"),
        Err(error) => error,
    }
}

/// The most memory in bytes that any child had which this process has ended so far.
#[allow(unsafe_code, reason = "there is no safe call for it")]
fn largest_child() -> u64 {
    // SAFETY: all zeros is a value of this type, and the call writes one.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        assert_eq!(libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage), 0);
        usage
    };
    u64::try_from(usage.ru_maxrss).unwrap() << 10
}
