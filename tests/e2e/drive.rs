//! A drive that stops answering, as a network folder does, or a stick that is about to break.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::driver::wait_until;
use crate::group::{Group, signal};

/// A mounted folder whose files are in another one. Dropping it unmounts it, whether it answers or
/// not.
pub(crate) struct Drive {
    folder: PathBuf,
    behind: PathBuf,
    server: Group,
}

impl Drive {
    /// Mounts a drive as `stick` in `home`.
    pub(crate) fn mount(home: &Path) -> Self {
        let [folder, behind] = ["stick", "behind-the-stick"].map(|name| home.join(name));
        for folder in [&folder, &behind] {
            fs::create_dir(folder).expect("the home folder can be written");
        }
        let mut command = Command::new("bindfs");
        command
            // Also when this process is killed.
            .args(["-f", "-o", "auto_unmount"])
            .args([&behind, &folder])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let drive = Self {
            folder,
            behind,
            server: Group::start(command),
        };
        let mounted = format!(" {} ", drive.folder.display());
        wait_until("the drive is mounted", || {
            fs::read_to_string("/proc/self/mounts").is_ok_and(|it| it.contains(&mounted))
        });
        drive
    }

    /// Returns the mounted folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the folder with its files, which can be read even while the drive does not answer.
    pub(crate) fn behind(&self) -> &Path {
        &self.behind
    }

    /// Answers nothing from now on.
    pub(crate) fn stop(&self) {
        signal("STOP", &self.server.id().to_string());
    }

    /// Resumes: answers the pending requests and all later ones.
    pub(crate) fn go_on(&self) {
        signal("CONT", &self.server.id().to_string());
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        // Whoever waits for an answer is let go when the server ends, after this.
        let _ = Command::new("fusermount")
            .args(["-u", "-z"])
            .arg(&self.folder)
            .output();
    }
}
