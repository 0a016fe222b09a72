//! The folders of the program's files.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::private;

#[cfg(target_os = "linux")]
const NAME: &str = "backup-code";
#[cfg(not(target_os = "linux"))]
const NAME: &str = "Backup Code";

/// The folders of one user on one computer.
///
/// | | Linux | macOS and Windows |
/// |---|---|---|
/// | wallets | `$XDG_DATA_HOME/backup-code/wallets` | `BASE/wallets` |
/// | keychain | `$XDG_STATE_HOME/backup-code/keychain` | `BASE/keychain` |
/// | settings | `$XDG_CONFIG_HOME/backup-code` | `BASE/settings` |
///
/// `BASE` is `~/Library/Application Support/Backup Code` on macOS and `%LOCALAPPDATA%\Backup Code`
/// on Windows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The wallet files, their generations and locks.
    pub wallets: PathBuf,
    /// The embedded keychain's records. They are in the state folder, which backups of data and
    /// settings omit, and never in the wallets' folder, because file and record together restore a
    /// code.
    pub keychain: PathBuf,
    /// The settings file's folder. Nothing in it is secret.
    pub settings: PathBuf,
}

impl Folders {
    /// The folders of the user who runs this program; `None` if the system names no home folder.
    pub fn of_this_person() -> Option<Self> {
        #[cfg(target_os = "linux")]
        return Some(Self {
            wallets: dirs::data_dir()?.join(NAME).join("wallets"),
            keychain: dirs::state_dir()?.join(NAME).join("keychain"),
            settings: dirs::config_dir()?.join(NAME),
        });
        #[cfg(not(target_os = "linux"))]
        return Some(Self::under(&dirs::data_local_dir()?.join(NAME)));
    }

    /// All folders in `root`, for a test or another location.
    pub fn under(root: &Path) -> Self {
        Self {
            wallets: root.join("wallets"),
            keychain: root.join("keychain"),
            settings: root.join("settings"),
        }
    }

    /// Creates the folders for wallets and settings, restricted to their owner (0700) where the
    /// file system can. The embedded keychain creates its own with the first record.
    ///
    /// # Errors
    /// A folder cannot be created. A place for settings that only lacks the right to write is no
    /// reason not to start.
    pub fn create(&self) -> Result<(), NotCreated> {
        let create = |folder: &Path| {
            private::create_encrypted_folder(folder)
                .map_err(|error| NotCreated::because(folder, &error))
        };
        create(&self.wallets)?;
        create(&self.settings).or_else(|error| match error.problem {
            FolderProblem::ReadOnly | FolderProblem::Denied => Ok(()),
            FolderProblem::FileInPlace
            | FolderProblem::DeadLink
            | FolderProblem::Full
            | FolderProblem::Other => Err(error),
        })
    }

    /// Creates the folder of the embedded keychain.
    ///
    /// # Errors
    /// It cannot be created, or its file system cannot keep other users out of it.
    pub fn create_private_keychain(&self) -> io::Result<()> {
        private::create_folder(&self.keychain)
    }
}

/// A folder that cannot be created or used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}: {problem}", path.display())]
pub struct NotCreated {
    /// What is in the way, otherwise the folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: FolderProblem,
}

/// What is wrong with a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FolderProblem {
    /// A file is in its place, or in that of a folder above it.
    #[error("a file is in the place of a folder")]
    FileInPlace,
    /// It, or a folder above it, is a link to something that is not there.
    #[error("a link leads nowhere")]
    DeadLink,
    /// Its file system is read-only.
    #[error("the file system is read-only")]
    ReadOnly,
    /// Access was refused.
    #[error("access was refused")]
    Denied,
    /// Its disk is full.
    #[error("the disk is full")]
    Full,
    /// Anything else.
    #[error("the folder cannot be used")]
    Other,
}

impl NotCreated {
    /// Finds out what is wrong with a folder that could not be created or listed.
    pub fn because(folder: &Path, error: &io::Error) -> Self {
        let found = |path: &Path, problem| Self {
            path: path.to_owned(),
            problem,
        };
        let there = folder.ancestors().find_map(|path| {
            let metadata = std::fs::symlink_metadata(path).ok()?;
            Some((path, metadata.is_symlink()))
        });
        if let Some((path, is_link)) = there {
            match std::fs::metadata(path) {
                Ok(metadata) if !metadata.is_dir() => {
                    return found(path, FolderProblem::FileInPlace);
                }
                Err(_) if is_link => return found(path, FolderProblem::DeadLink),
                Ok(_) | Err(_) => {}
            }
        }
        let problem = match error.kind() {
            io::ErrorKind::ReadOnlyFilesystem => FolderProblem::ReadOnly,
            io::ErrorKind::PermissionDenied => FolderProblem::Denied,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FolderProblem::Full,
            _ => FolderProblem::Other,
        };
        found(folder, problem)
    }
}

/// Returns the name of the service that synchronises this folder, recognised by the folder name
/// that well-known services use.
pub fn synchronised_by(folder: &Path) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 12] = [
        ("dropbox", "Dropbox"),
        ("onedrive", "OneDrive"),
        ("google drive", "Google Drive"),
        ("googledrive", "Google Drive"),
        ("my drive", "Google Drive"),
        ("mobile documents", "iCloud Drive"),
        ("icloud", "iCloud Drive"),
        ("nextcloud", "Nextcloud"),
        ("owncloud", "ownCloud"),
        ("pcloud", "pCloud"),
        ("mega", "MEGA"),
        ("syncthing", "Syncthing"),
    ];
    // "OneDrive - Contoso" and "Dropbox (Personal)" match; "megaphone" does not.
    let matches = |name: &str, known: &str| {
        name.strip_prefix(known)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    folder.components().find_map(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        KNOWN
            .iter()
            .find(|(known, _)| matches(&name, known))
            .map(|(_, service)| *service)
    })
}

/// Returns true if two folders are on the same drive, so that losing it loses both. False if the
/// system does not say.
#[cfg(unix)]
pub fn same_drive(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |folder: &Path| {
        std::fs::metadata(folder)
            .map(|metadata| metadata.dev())
            .ok()
    };
    device(one).is_some_and(|device_of_one| device(other) == Some(device_of_one))
}

/// Returns true if two folders are on the same drive by its letter, so that losing it loses both.
#[cfg(not(unix))]
pub fn same_drive(one: &Path, other: &Path) -> bool {
    let drive = |folder: &Path| {
        let first = std::fs::canonicalize(folder).ok()?;
        let first = first.components().next()?.as_os_str().to_ascii_lowercase();
        Some(first)
    };
    drive(one).is_some_and(|drive_of_one| drive(other) == Some(drive_of_one))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_synchronised_folder_is_recognised_by_its_name() {
        let service = |path: &str| synchronised_by(Path::new(path));
        assert_eq!(service("/home/ada/Dropbox/papers"), Some("Dropbox"));
        assert_eq!(service("/home/ada/OneDrive - Contoso"), Some("OneDrive"));
        assert_eq!(
            service("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs"),
            Some("iCloud Drive")
        );
        assert_eq!(service("/home/ada/megaphone/Documents"), None);
    }

    #[test]
    fn nested_folders_share_a_drive_and_a_missing_folder_has_none() {
        let root = tempfile::tempdir().unwrap();
        let inside = root.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        assert!(same_drive(root.path(), &inside));
        assert!(!same_drive(root.path(), &root.path().join("missing")));
    }

    #[test]
    fn the_keychain_is_not_in_the_wallets_folder() {
        for folders in [
            Folders::of_this_person().unwrap(),
            Folders::under(Path::new("root")),
        ] {
            assert!(!folders.keychain.starts_with(&folders.wallets));
            assert!(!folders.wallets.starts_with(&folders.keychain));
        }
    }

    #[test]
    fn creating_folders_is_idempotent() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::under(root.path());
        folders.create().unwrap();
        folders.create().unwrap();
        assert!(folders.wallets.is_dir());
        assert!(!folders.keychain.exists());
    }

    /// What is wrong with folders in `root`.
    fn problem(root: &Path) -> Option<(PathBuf, FolderProblem)> {
        let error = Folders::under(root).create().err()?;
        Some((error.path, error.problem))
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_named() {
        for name in ["wallets", "settings"] {
            let root = tempfile::tempdir().unwrap();
            let path = root.path().join(name);
            std::fs::write(&path, b"a file").unwrap();
            let expected = (path.clone(), FolderProblem::FileInPlace);
            assert_eq!(problem(root.path()), Some(expected.clone()));
            // The folder above it.
            assert_eq!(problem(&path), Some(expected));
            std::fs::remove_file(&path).unwrap();
            assert_eq!(problem(root.path()), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_named_and_one_to_a_folder_is_followed() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("drive");
        let link = root.path().join("wallets");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let expected = (link.clone(), FolderProblem::DeadLink);
        assert_eq!(problem(root.path()), Some(expected));
        std::fs::create_dir(&target).unwrap();
        assert_eq!(problem(root.path()), None);
    }

    #[test]
    fn the_reason_of_the_disk_is_told() {
        let root = tempfile::tempdir().unwrap();
        for (kind, problem) in [
            (io::ErrorKind::ReadOnlyFilesystem, FolderProblem::ReadOnly),
            (io::ErrorKind::PermissionDenied, FolderProblem::Denied),
            (io::ErrorKind::StorageFull, FolderProblem::Full),
            (io::ErrorKind::TimedOut, FolderProblem::Other),
        ] {
            let path = root.path().to_owned();
            let found = NotCreated::because(&path, &kind.into());
            assert_eq!(found, NotCreated { path, problem });
        }
    }

    /// Nobody can create a folder there.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_place_for_settings_that_cannot_be_written_keeps_nobody_out() {
        let root = tempfile::tempdir().unwrap();
        let mut folders = Folders::under(root.path());
        folders.settings = "/sys/backup-code".into();
        assert_eq!(folders.create(), Ok(()));
        folders.wallets = "/sys/backup-code".into();
        let error = folders.create().unwrap_err();
        let expected = matches!(
            error.problem,
            FolderProblem::ReadOnly | FolderProblem::Denied
        );
        assert!(expected, "{error}");
    }

    /// The kernel refuses to change the mode of this folder, as a FAT file system does.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_system_that_refuses_chmod_holds_wallets_and_no_private_keychain() {
        let refusing = PathBuf::from("/proc/self/task");
        let folders = Folders {
            wallets: refusing.clone(),
            keychain: refusing.clone(),
            settings: refusing,
        };
        assert_eq!(folders.create(), Ok(()));
        assert!(folders.create_private_keychain().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_open_to_others_is_restricted_again() {
        use std::fs::{self, Permissions};
        use std::os::unix::fs::PermissionsExt;

        let root = tempfile::tempdir().unwrap();
        let folders = Folders::under(root.path());
        folders.create().unwrap();
        fs::set_permissions(&folders.wallets, Permissions::from_mode(0o755)).unwrap();
        folders.create().unwrap();
        assert_eq!(
            fs::metadata(&folders.wallets).unwrap().permissions().mode() & 0o777,
            0o700
        );
    }
}
