//! The bench as a program.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::process::Command;

#[test]
fn an_unknown_option_fails_and_prints_the_usage() {
    let bench = env!("CARGO_BIN_EXE_scan-bench");
    let run = Command::new(bench).arg("--no-such-option").output();
    let run = run.unwrap();
    assert!(!run.status.success());
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(errors.contains("scan-bench DIR [--short]"), "{errors}");
}
