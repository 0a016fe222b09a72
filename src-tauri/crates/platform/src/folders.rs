//! Where the program's files lie.

use std::io;
use std::path::{Path, PathBuf};

use crate::private;

#[cfg(target_os = "linux")]
const NAME: &str = "backup-code";
#[cfg(not(target_os = "linux"))]
const NAME: &str = "Backup Code";

/// The folders of one person on one computer.
///
/// | | Linux | macOS | Windows |
/// |---|---|---|---|
/// | wallets | `$XDG_DATA_HOME/backup-code/wallets` | `~/Library/Application Support/Backup Code/wallets` | `%LOCALAPPDATA%\Backup Code\wallets` |
/// | keychain | `$XDG_STATE_HOME/backup-code/keychain` | …`/keychain` | …`\keychain` |
/// | settings | `$XDG_CONFIG_HOME/backup-code` | …`/settings` | …`\settings` |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The wallet files, their generations and locks.
    pub wallets: PathBuf,
    /// The embedded keychain's records: beside state that backups of data and settings leave out, and never in
    /// the wallets' folder, since file and record together bring back a code.
    pub keychain: PathBuf,
    /// The settings file's folder. Nothing in it is secret.
    pub settings: PathBuf,
}

impl Folders {
    /// The folders of the person who runs this program; `None` where the system names no home for them.
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

    /// All folders in `root`: for a test, or for who keeps them elsewhere.
    pub fn under(root: &Path) -> Self {
        Self {
            wallets: root.join("wallets"),
            keychain: root.join("keychain"),
            settings: root.join("settings"),
        }
    }

    /// Makes the folders for wallets and settings, for their owner alone (0700). The embedded keychain makes
    /// its own with its first record.
    pub fn create(&self) -> io::Result<()> {
        private::create_folder(&self.wallets)?;
        private::create_folder(&self.settings)
    }
}

/// The service that copies this folder elsewhere, where the path tells: by the names that the well-known ones give
/// their folders.
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
    // "OneDrive - Contoso" and "Dropbox (Personal)" are such folders too; "megaphone" is none.
    let names = |name: &str, known: &str| {
        name.strip_prefix(known)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    folder.components().find_map(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        KNOWN
            .iter()
            .find(|(known, _)| names(&name, known))
            .map(|(_, service)| *service)
    })
}

/// Whether two folders are on one drive, so that both are lost with it. False where the system does not tell.
#[cfg(unix)]
pub fn same_drive(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |folder: &Path| std::fs::metadata(folder).map(|found| found.dev()).ok();
    device(one).is_some_and(|found| device(other) == Some(found))
}

/// Whether two folders are on one drive, by its letter, so that both are lost with it.
#[cfg(not(unix))]
pub fn same_drive(one: &Path, other: &Path) -> bool {
    let drive = |folder: &Path| {
        let first = std::fs::canonicalize(folder).ok()?;
        let first = first.components().next()?.as_os_str().to_ascii_lowercase();
        Some(first)
    };
    drive(one).is_some_and(|found| drive(other) == Some(found))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn a_folder_that_a_service_copies_elsewhere_is_told_by_its_name() {
        let told = |path: &str| synchronised_by(Path::new(path));
        assert_eq!(told("/home/ada/Dropbox/papers"), Some("Dropbox"));
        assert_eq!(told("/home/ada/OneDrive - Contoso"), Some("OneDrive"));
        assert_eq!(
            told("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs"),
            Some("iCloud Drive")
        );
        assert_eq!(told("/home/ada/megaphone/Documents"), None);
    }

    #[test]
    fn two_folders_of_one_place_are_on_one_drive_and_what_is_not_there_is_on_none() {
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
    fn folders_can_be_made_twice() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::under(root.path());
        folders.create().unwrap();
        folders.create().unwrap();
        assert!(folders.wallets.is_dir());
        assert!(!folders.keychain.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_could_enter_is_mended() {
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
