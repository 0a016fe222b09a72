//! Children that foreign bytes have taken over: what they say is not believed.

use std::cell::Cell;
use std::time::{Duration, Instant};

use platform::scanner::{ChildScanner, Program};
use scan::{Frame, Progress, ScanError, Scanner, Unattended};

/// Children that do what a shell is told. `sh` takes the escapes of `printf` in octal.
fn told_to(script: &str) -> ChildScanner {
    ChildScanner::of(Program {
        path: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
    })
    .within(Duration::from_secs(1), Duration::from_secs(1))
}

/// What a scan with such a child says, which must come in time.
#[track_caller]
fn said(script: &str, file: &[u8]) -> ScanError {
    let start = Instant::now();
    let error = match told_to(script).scan(file, &Unattended) {
        Ok(_) => panic!("it was believed"),
        Err(error) => error,
    };
    let took = start.elapsed();
    assert!(took < Duration::from_secs(3), "{script}: {took:?}");
    error
}

const FILE: &[u8] = b"\x89PNG\r\n\x1a\n and more";

#[test]
fn what_is_no_answer_is_not_believed() {
    for script in [
        "printf 'this is no answer'; exec sleep 60",
        // Four gigabytes are announced.
        r"printf '\002\377\377\377\377'; exec sleep 60",
        // As many codes as a number can count.
        r"printf '\002\010\0\0\0\377\377\377\377\0\0\0\0'; exec sleep 60",
        // Nothing was found, and that is no error.
        r"printf '\002\010\0\0\0\0\0\0\0\0\0\0\0'; exec sleep 60",
        // A code that is none.
        r"printf '\002\020\0\0\0\001\0\0\0\0\0\0\0\0\003\0\0\0ABC\0\0\0\0'; exec sleep 60",
        // An error that nobody knows.
        r"printf '\005\001\0\0\0\377'; exec sleep 60",
        // An answer to another question.
        r"cat > /dev/null & printf '\004\016\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'; wait",
        // Nothing at all.
        "exit 0",
        "exit 1",
        "kill -KILL $$",
        // Half of an answer.
        r"printf '\002\010\0\0'",
    ] {
        assert_eq!(said(script, FILE), ScanError::Unavailable, "{script}");
    }
}

#[test]
fn an_answer_that_does_not_come_is_not_waited_for() {
    for script in [
        "exec sleep 60",
        "cat > /dev/null; exec sleep 60",
        // It says that it is getting on, for ever.
        r"while :; do printf '\001\010\0\0\0\001\0\0\0\002\0\0\0'; done",
    ] {
        assert_eq!(said(script, FILE), ScanError::TooHeavy, "{script}");
    }
    // Larger than a pipe, so that the question itself is stuck.
    assert_eq!(
        said("exec sleep 60", &vec![0; 1 << 20]),
        ScanError::TooHeavy
    );
}

#[test]
fn an_answer_to_half_of_a_question_is_not_believed() {
    let script = r"printf '\005\001\0\0\0\011'; exec sleep 60";
    let error = said(script, &vec![0; 1 << 20]);
    assert_eq!(error, ScanError::Unavailable);
}

#[test]
fn a_child_that_hangs_up_and_stays_is_ended() {
    let error = said("exec >&-; exec sleep 60", FILE);
    assert_eq!(error, ScanError::Unavailable);
}

#[test]
fn the_way_a_child_ends_tells_limits_from_faults() {
    let died = |signal: &str| said(&format!("kill -{signal} $$"), FILE);
    let kind = scan::Kind::Png;
    assert_eq!(died("ABRT"), ScanError::TooHeavy);
    assert_eq!(died("XCPU"), ScanError::TooHeavy);
    assert_eq!(died("SEGV"), ScanError::Broken { kind });
    assert_eq!(died("SYS"), ScanError::Broken { kind });
    // Of a file that is nothing, nothing can be broken.
    assert_eq!(said("kill -SEGV $$", b"?"), ScanError::Unavailable);
}

/// Counts what it is told.
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
fn a_child_that_chatters_is_not_passed_on_word_for_word() {
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
fn a_camera_whose_child_never_answers_is_told_so_and_not_for_ever() {
    let frame = Frame {
        width: 2,
        height: 2,
        pixels: &[0; 4],
    };
    let gone = told_to("exit 1");
    let mut watch = gone.watch().unwrap();
    for _ in 0..2 {
        assert_eq!(watch.look(&frame).err(), Some(ScanError::Unavailable));
    }
    let silent = told_to("exec sleep 60");
    let mut watch = silent.watch().unwrap();
    assert_eq!(watch.look(&frame).err(), Some(ScanError::TooHeavy));
}
