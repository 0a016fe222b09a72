//! The folders of the program's files.

use std::io;
use std::path::{Path, PathBuf};

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

    /// Creates the folders for wallets and settings, restricted to their owner (0700). The embedded
    /// keychain creates its own with the first record.
    ///
    /// # Errors
    /// A folder cannot be created or restricted.
    pub fn create(&self) -> io::Result<()> {
        private::create_folder(&self.wallets)?;
        private::create_folder(&self.settings)
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
