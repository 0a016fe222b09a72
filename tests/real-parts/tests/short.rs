//! Short forms of the runs of `cargo xtask power` and `cargo xtask races`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::process::Command;

/// Runs the program and returns the last line that it prints.
fn last_line(words: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_real-parts");
    let output = Command::new(program).args(words).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{errors}");
    told.lines().last().unwrap().to_owned()
}

#[test]
fn a_power_loss_at_any_moment_leaves_the_old_state_or_the_new_one() {
    let last = last_line(&["power", "--cuts", "300"]);
    assert!(
        last.starts_with("300 cuts, ") && last.ends_with(", 0 lost"),
        "{last}"
    );
}

#[test]
fn a_sync_that_the_disk_ignores_is_found_missing() {
    let last = last_line(&["power", "--lies"]);
    assert_eq!(last, "9 kinds of sync left out, 9 found");
}

#[test]
fn of_two_processes_that_redeem_one_code_one_wins() {
    let last = last_line(&["races", "--rounds", "30"]);
    assert_eq!(
        last,
        "30 races, 30 one winner, 0 two winners, 0 no winner, 0 lost"
    );
}
