//! The environment of the program: a desktop, a folder of wallets and the person's notebook.

use std::ffi::OsStr;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use platform::testing::PrivateDesktop;
use tempfile::TempDir;

/// Tells the child its task.
pub(crate) const ACT: &str = "CRASH_ACT";
/// Names the folder of wallets and notebook for the child.
pub(crate) const FOLDER: &str = "CRASH_FOLDER";

const SIGABRT: i32 = 6;

/// A person's folder on a desktop.
pub(crate) struct Stage<'d> {
    desktop: &'d PrivateDesktop,
    folder: TempDir,
}

impl<'d> Stage<'d> {
    /// Makes a folder without wallets.
    pub(crate) fn on(desktop: &'d PrivateDesktop) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { desktop, folder }
    }

    /// Returns the person's notebook.
    pub(crate) fn notebook(&self) -> PathBuf {
        notebook(self.folder.path().to_owned())
    }

    /// Starts the program with one task.
    pub(crate) fn start<'e>(
        &self,
        act: &str,
        environment: impl IntoIterator<Item = (&'e str, &'e OsStr)>,
    ) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["program::runs", "--exact", "--ignored", "--nocapture"])
            .env(ACT, act)
            .env(FOLDER, self.folder.path())
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.desktop.apply(&mut command).spawn().unwrap()
    }

    /// Runs the program with one task until it ends. Returns what it prints.
    pub(crate) fn run(&self, act: &str) -> String {
        let output = self.start(act, []).wait_with_output().unwrap();
        assert!(output.status.success(), "{act}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the program with one task until it is killed at a kill point, which it must reach.
    pub(crate) fn abort_at(&self, point: &str, act: &str) {
        let at = (usecases::kill::VARIABLE, OsStr::new(point));
        let output = self.start(act, [at]).wait_with_output().unwrap();
        let signal = output.status.signal();
        assert_eq!(signal, Some(SIGABRT), "{point}: {}", told(&output));
    }
}

/// Prints which state, `old` or `new`, was found whole after a kill. `cargo xtask crash` counts
/// these lines.
pub(crate) fn report(whole: &str) {
    println!("killed: {whole}");
}

/// Returns the notebook in a folder.
pub(crate) fn notebook(folder: PathBuf) -> PathBuf {
    folder.join("notebook")
}

fn told(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}", text(&output.stdout), text(&output.stderr))
}
