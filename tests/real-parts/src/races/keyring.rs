//! The keyring daemon of the races, which may end by itself: `gnome-keyring-daemon` 42 does about
//! once in a thousand races, by a fatal error of its own (`SIGTRAP`). Then it is started again, as
//! a desktop does, and the race during which it ended counts as interrupted.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use platform::testing::PrivateDesktop;

use crate::person::{Told, words};

/// The longest time from the end of a daemon to its note, with the start of the next one between.
const NOTED: Duration = Duration::from_secs(20);

/// Waits for the races, and notes each end of the daemon once the next one answers.
pub(super) fn watch(desktop: &mut PrivateDesktop, races: &mut Child) -> Told<ExitStatus> {
    let notes = notes(&desktop.home());
    loop {
        if let Some(status) = races.try_wait().map_err(words)? {
            return Ok(status);
        }
        if desktop.restart_ended_keyring().map_err(words)? {
            let notes = OpenOptions::new().create(true).append(true).open(&notes);
            writeln!(notes.map_err(words)?, "ended").map_err(words)?;
        }
        sleep(Duration::from_millis(20));
    }
}

/// Counts the ends of the daemon.
pub(super) struct Ends {
    seen: u64,
}

impl Ends {
    /// Those so far.
    pub(super) fn now() -> Told<Self> {
        Ok(Self { seen: count()? })
    }

    /// Whether the daemon has ended since, as may take a moment to be noted.
    pub(super) fn is_another(&self) -> Told<bool> {
        let late = Instant::now() + NOTED;
        while Instant::now() < late {
            if count()? > self.seen {
                return Ok(true);
            }
            sleep(Duration::from_millis(100));
        }
        Ok(false)
    }
}

fn count() -> Told<u64> {
    let home = std::env::home_dir().ok_or("no home")?;
    match File::open(notes(&home)) {
        Ok(notes) => Ok(std::io::read_to_string(notes)
            .map_err(words)?
            .lines()
            .count() as u64),
        Err(_) => Ok(0),
    }
}

fn notes(home: &Path) -> PathBuf {
    home.join("keyring-ended")
}
