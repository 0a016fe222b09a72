//! `cargo xtask crash --kills N`: kills the program at every named point and at random moments,
//! with real files and a real keyring. A short form is among the tests.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::suite::workspace;

/// Kills at named points, which come first.
const NAMED: u32 = 23;

/// Kills `kills` times, and prints which state was found whole how often.
pub(crate) fn crash(kills: &str) -> CommandResult {
    let kills: u32 = kills
        .parse()
        .ok()
        .filter(|kills| *kills > NAMED)
        .ok_or_else(|| Failed::new(format!("The number of kills must be above {NAMED}.")))?;
    packages::provide(&[packages::BUILD, packages::TEST])?;
    let mut command = workspace(["--test", "crash", "--", "--nocapture"]);
    command
        .env("BACKUP_CODE_KILLS", (kills - NAMED).to_string())
        .stdout(Stdio::piped());
    let does_not_run = |error| Failed::new(format!("The kills do not run: {error}"));
    let mut running = command.spawn().map_err(does_not_run)?;
    let mut tally = Tally::default();
    if let Some(output) = running.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(does_not_run)?;
            println!("{line}");
            tally.add(&line);
        }
    }
    let passed = running.wait().map_err(does_not_run)?.success();
    if !passed {
        // Also where the line that names the failed test was not recognised.
        tally.lost = tally.lost.max(1);
    }
    println!("{}", tally.words());
    match tally.lost == 0 && tally.old + tally.new == kills {
        true => Ok(()),
        false => Err(Failed::new("A kill lost something, or did not happen.")),
    }
}

/// What was found after the kills.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    old: u32,
    new: u32,
    /// Tests that failed, each at a kill.
    lost: u32,
}

impl Tally {
    fn add(&mut self, line: &str) {
        // Without capturing, the name of a test may stand before what it prints.
        if line.ends_with("killed: old") {
            self.old += 1;
        } else if line.ends_with("killed: new") {
            self.new += 1;
        } else if line.starts_with("test ") && line.ends_with("FAILED") {
            self.lost += 1;
        }
    }

    fn words(&self) -> String {
        let Self { old, new, lost } = self;
        let kills = old + new + lost;
        format!("{kills} kills, {old} old whole, {new} new whole, {lost} lost")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kills_and_failed_tests_are_counted() {
        let mut tally = Tally::default();
        for line in [
            "test kill_points::killed_while_issuing ... killed: old",
            "killed: new",
            "killed: new",
            "test random_kills::killed ... FAILED",
            "test result: FAILED. 8 passed; 1 failed",
        ] {
            tally.add(line);
        }
        let words = tally.words();
        assert_eq!(words, "4 kills, 1 old whole, 2 new whole, 1 lost");
    }

    #[test]
    fn as_many_kills_as_there_are_points_are_too_few() {
        for kills in ["0", "23", "-1", "many"] {
            assert!(crash(kills).is_err(), "{kills:?}");
        }
    }
}
