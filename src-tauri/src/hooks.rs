//! What tests reach into the running program by: files in the folder that `BACKUP_CODE_TEST_DIR`
//! names. Never part of a shipped build.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use tauri::AppHandle;
use usecases::ports::Clock;
use wallet::Timestamp;

fn file(name: &str) -> Option<PathBuf> {
    Some(PathBuf::from(std::env::var_os("BACKUP_CODE_TEST_DIR")?).join(name))
}

/// The lines of a hook's file, each a path.
pub(crate) fn lines(name: &str) -> Vec<PathBuf> {
    let text = file(name)
        .and_then(|path| fs::read_to_string(path).ok())
        .unwrap_or_default();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(PathBuf::from)
        .collect()
}

/// The computer's clocks, moved by the seconds in the file `clock-offset`; both, as if the time had
/// passed.
pub(crate) struct MovedClock<C>(pub C);

impl<C> MovedClock<C> {
    fn seconds(name: &str) -> i64 {
        let text = file(name)
            .and_then(|path| fs::read_to_string(path).ok())
            .unwrap_or_default();
        text.trim().parse().unwrap_or(0)
    }
}

impl<C: Clock> Clock for MovedClock<C> {
    fn now(&self) -> Timestamp {
        let moved = Self::seconds("clock-offset") + Self::seconds("clock-jump");
        Timestamp(self.0.now().0 + moved)
    }

    fn since_boot(&self) -> Duration {
        let passed = u64::try_from(Self::seconds("clock-offset")).unwrap_or(0);
        self.0.since_boot() + Duration::from_secs(passed)
    }

    fn boot(&self) -> Option<u32> {
        self.0.boot()
    }
}

/// Treats the paths in the file `drop` as files that were dropped on the window, then removes it.
pub(crate) fn watch_drops(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let paths = lines("drop");
            if paths.is_empty() {
                continue;
            }
            if let Some(path) = file("drop") {
                let _ = fs::remove_file(path);
            }
            crate::commands::dropped(&app, paths);
        }
    });
}
