//! The program issues, confirms and redeems codes and changes the password, and is killed at random
//! moments.

use std::thread;
use std::time::{Duration, Instant};

use platform::random::system_random;
use platform::testing::PrivateDesktop;
use rand::RngExt as _;

use crate::notebook;
use crate::program::NEW;
use crate::stage::{Stage, report};

/// Sets the number of kills.
const VARIABLE: &str = "BACKUP_CODE_KILLS";
/// With those at the named points, sixty.
const FEW: usize = 37;

/// The range of moments in milliseconds: from before the sign-in, or from the first line in the
/// notebook, to well into the second round.
const MOMENTS: std::ops::Range<u64> = 50..2_500;
/// How long the first line may take on a busy machine.
const BUSY: Duration = Duration::from_secs(120);

#[test]
fn killed_at_any_moment_the_code_in_the_persons_hands_works() {
    let kills = std::env::var(VARIABLE).map_or(FEW, |number| number.parse().unwrap());
    let desktop = PrivateDesktop::start().unwrap();
    let stage = Stage::on(&desktop);
    stage.run("prepare confirmed");
    let mut random = system_random().unwrap();
    let mut told = 0;
    for kill in 0..kills {
        let before = notebook::read(&stage.notebook()).lines;
        let mut child = stage.start("work", []);
        if kill % 2 == 0 {
            // However slow the machine is, some kills come once the program does something.
            let start = Instant::now();
            while notebook::read(&stage.notebook()).lines == before && start.elapsed() < BUSY {
                thread::sleep(Duration::from_millis(10));
            }
        }
        thread::sleep(Duration::from_millis(random.random_range(MOMENTS)));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), None, "it ended by itself");
        told += notebook::read(&stage.notebook()).lines - before;
        let found = stage.run("look");
        report(if found.contains(NEW) { "new" } else { "old" });
    }
    assert!(told > 0, "every kill came before the program did anything");
}
