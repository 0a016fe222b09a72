//! Compromised children: their answers are not trusted.

use std::cell::Cell;
use std::time::{Duration, Instant};

use platform::scanner::{Budget, ChildScanner, Program};
use scan::{Frame, Progress, ScanError, Scanner, Unattended, Wanted};

use crate::alone;

/// A scanner whose children run a shell script. The `printf` of `sh` takes octal escapes.
fn told_to(script: &str) -> ChildScanner {
    ChildScanner::of(Program {
        path: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
    })
    .within(BUDGET, BUDGET)
}

/// The error of a scan with such a child, which must not take as long as the scripts sleep.
#[track_caller]
fn error(script: &str, file: &[u8]) -> ScanError {
    let _alone = alone();
    let start = Instant::now();
    let error = match told_to(script).scan(file, &Unattended) {
        Ok(_) => panic!("the answer was accepted"),
        Err(error) => error,
    };
    let took = start.elapsed();
    assert!(took < Duration::from_secs(30), "{script}: {took:?}");
    error
}

const BUDGET: Budget = Budget {
    cpu: Duration::from_secs(1),
    wall: Duration::from_secs(1),
};

const FILE: &[u8] = b"\x89PNG\r\n\x1a\n and more";

#[test]
fn an_invalid_answer_is_rejected() {
    for script in [
        "printf 'this is no answer'; exec sleep 60",
        // Four gigabytes are announced.
        r"printf '\002\377\377\377\377'; exec sleep 60",
        // The largest possible number of codes.
        r"printf '\002\010\0\0\0\377\377\377\377\0\0\0\0'; exec sleep 60",
        // An empty result, which must be an error instead.
        r"printf '\002\010\0\0\0\0\0\0\0\0\0\0\0'; exec sleep 60",
        // A code that is not valid.
        r"printf '\002\020\0\0\0\001\0\0\0\0\0\0\0\0\003\0\0\0ABC\0\0\0\0'; exec sleep 60",
        // An unknown error.
        r"printf '\005\001\0\0\0\377'; exec sleep 60",
        // An answer to another kind of request.
        r"cat > /dev/null & printf '\004\016\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'; wait",
        // Nothing at all.
        "exit 0",
        "exit 1",
        "kill -KILL $$",
        // A truncated answer.
        r"printf '\002\010\0\0'",
    ] {
        assert_eq!(error(script, FILE), ScanError::Unavailable, "{script}");
    }
}

#[test]
fn a_child_that_does_not_answer_is_too_heavy() {
    for script in [
        "exec sleep 60",
        "cat > /dev/null; exec sleep 60",
        // Progress reports without end.
        r"while :; do printf '\001\010\0\0\0\001\0\0\0\002\0\0\0'; done",
    ] {
        assert_eq!(error(script, FILE), ScanError::TooHeavy, "{script}");
    }
    // Larger than a pipe, so that sending the request blocks.
    assert_eq!(
        error("exec sleep 60", &vec![0; 1 << 20]),
        ScanError::TooHeavy
    );
}

#[test]
fn an_answer_before_the_request_was_read_is_rejected() {
    let script = r"printf '\005\001\0\0\0\011'; exec sleep 60";
    let error = error(script, &vec![0; 1 << 20]);
    assert_eq!(error, ScanError::Unavailable);
}

#[test]
fn a_child_that_closes_its_output_and_stays_is_killed() {
    let error = error("exec >&-; exec sleep 60", FILE);
    assert_eq!(error, ScanError::Unavailable);
}

#[test]
fn the_signal_that_ends_a_child_tells_limits_from_faults() {
    let died = |signal: &str| error(&format!("kill -{signal} $$"), FILE);
    let kind = scan::Kind::Png;
    assert_eq!(died("ABRT"), ScanError::TooHeavy);
    assert_eq!(died("XCPU"), ScanError::TooHeavy);
    assert_eq!(died("SEGV"), ScanError::Broken { kind });
    assert_eq!(died("SYS"), ScanError::Broken { kind });
    // A file of an unknown kind has no kind to report as broken.
    assert_eq!(error("kill -SEGV $$", b"?"), ScanError::Unavailable);
}

/// Counts progress reports.
struct Counting(Cell<u32>);

impl Progress for Counting {
    fn cancelled(&self) -> bool {
        false
    }

    fn at(&self, _: u32, _: u32) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn frequent_progress_reports_are_throttled() {
    let _alone = alone();
    let progress = Counting(Cell::new(0));
    let script = r"while :; do printf '\001\010\0\0\0\001\0\0\0\002\0\0\0'; done";
    let error = told_to(script).scan(FILE, &progress).err();
    assert_eq!(error, Some(ScanError::TooHeavy));
    assert!(
        (1..=100).contains(&progress.0.get()),
        "{}",
        progress.0.get()
    );
}

#[test]
fn a_camera_whose_child_never_answers_gets_an_error() {
    let frame = Frame {
        width: 2,
        height: 2,
        pixels: &[0; 4],
    };
    let _alone = alone();
    let gone = told_to("exit 1");
    let mut watch = gone.watch(Wanted::Ours).unwrap();
    for _ in 0..2 {
        assert_eq!(watch.look(&frame).err(), Some(ScanError::Unavailable));
    }
    let silent = told_to("exec sleep 60");
    let mut watch = silent.watch(Wanted::Ours).unwrap();
    assert_eq!(watch.look(&frame).err(), Some(ScanError::TooHeavy));
}
