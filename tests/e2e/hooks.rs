//! Stands in for the parts of the system that WebDriver cannot reach: the native file dialogs, a
//! drop on the window, and the clock.
//!
//! The app reads these files only if it is built with the feature `test-hooks`, from the folder
//! named by `BACKUP_CODE_TEST_DIR`.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The folder that the app under test reads.
pub(crate) struct Hooks {
    folder: TempDir,
}

impl Hooks {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Returns the environment variable that names this folder.
    pub(crate) fn variable(&self) -> (&'static str, &OsStr) {
        ("BACKUP_CODE_TEST_DIR", self.folder.path().as_os_str())
    }

    /// Answers the next save dialog with `path`; `None` cancels it.
    pub(crate) fn answer_save_dialog(&self, path: Option<&Path>) {
        self.answer("save-path", &path.into_iter().collect::<Vec<_>>());
    }

    /// Answers the next open dialog with `paths`; an empty list cancels it.
    pub(crate) fn answer_open_dialog(&self, paths: &[&Path]) {
        self.answer("open-path", paths);
    }

    /// Answers the next folder dialog with `path`; `None` cancels it.
    pub(crate) fn answer_folder_dialog(&self, path: Option<&Path>) {
        self.answer("folder-path", &path.into_iter().collect::<Vec<_>>());
    }

    /// Drops `paths` on the window and waits until the app has taken them.
    pub(crate) fn drop_on_window(&self, paths: &[&Path]) {
        self.answer("drop", paths);
        let dropped = self.folder.path().join("drop");
        let deadline = Instant::now() + Duration::from_secs(20);
        while dropped.exists() {
            assert!(
                Instant::now() < deadline,
                "the app did not take the dropped files"
            );
            sleep(Duration::from_millis(20));
        }
    }

    /// Sets the app's clock `seconds` ahead of this computer's clock, or behind it.
    pub(crate) fn move_clock(&self, seconds: i64) {
        self.write("clock-offset", &seconds.to_string());
    }

    fn answer(&self, name: &str, paths: &[&Path]) {
        let lines: Vec<_> = paths
            .iter()
            .map(|it| it.to_str().expect("a test's path"))
            .collect();
        self.write(name, &lines.join("\n"));
    }

    /// Writes a file atomically: the app may read it at any moment.
    fn write(&self, name: &str, content: &str) {
        let unfinished = self.folder.path().join(format!("{name}.unfinished"));
        fs::write(&unfinished, content).expect("the hooks' folder can be written");
        fs::rename(&unfinished, self.folder.path().join(name))
            .expect("the hooks' folder can be written");
    }
}
