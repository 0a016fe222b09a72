//! The settings that are kept outside any wallet. None is secret.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use usecases::ports::Disk;
use wallet::disk;

const NAME: &str = "settings.json";
/// Where a settings file that cannot be read is kept.
const DAMAGED: &str = "settings.json.damaged";
/// Bytes of the largest settings file that is read; a larger one counts as damaged.
const LIMIT: u64 = 64 * 1024;

/// The saved choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether the person agreed to keep the keychain records of new wallets in a private file.
    pub embedded_keychain: bool,
}

/// The settings as they were found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The saved choices; the defaults where none are, or where they cannot be read.
    pub settings: Settings,
    /// Whether there is a settings file that cannot be read, so that the choices are to be asked
    /// for again.
    pub damaged: bool,
}

impl Settings {
    /// Reads the settings in `folder`. A damaged file is kept aside as `settings.json.damaged`.
    pub fn load(disk: &dyn Disk, folder: &Path) -> Found {
        let path = folder.join(NAME);
        let aside = folder.join(DAMAGED);
        let (settings, damaged) = match disk.read(&path, LIMIT) {
            Ok(text) => {
                let settings = serde_json::from_slice(&text).ok();
                let damaged = settings.is_none();
                (settings, damaged)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                (None, disk.exists(&aside).unwrap_or(false))
            }
            Err(_) => (None, true),
        };
        if damaged {
            // Best effort: one that cannot be moved is reported again at the next start.
            let _ = disk.rename(&path, &aside);
        }
        Found {
            damaged,
            settings: settings.unwrap_or_default(),
        }
    }

    /// Replaces the settings file in `folder`, atomically and durably.
    ///
    /// # Errors
    /// The file system's error; the old file is then whole.
    pub fn save(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        disk::replace(disk, &folder.join(NAME), &serde_json::to_vec_pretty(self)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use wallet::testing::{Fault, FaultyDisk, MemoryDisk};

    use super::*;

    const FOLDER: &str = "/settings";

    fn chosen() -> Settings {
        Settings {
            embedded_keychain: true,
        }
    }

    fn load(disk: &dyn Disk) -> Found {
        Settings::load(disk, Path::new(FOLDER))
    }

    #[test]
    fn a_saved_choice_is_loaded_and_no_file_gives_the_defaults() {
        let disk = MemoryDisk::new();
        assert_eq!(load(&disk), Found::default());
        chosen().save(&disk, Path::new(FOLDER)).unwrap();
        assert_eq!(load(&disk).settings, chosen());
        assert!(!load(&disk).damaged);
    }

    #[test]
    fn a_damaged_file_is_kept_aside_and_told_until_the_choice_is_made_again() {
        let disk = MemoryDisk::new();
        let torn = b"{\"embedded_keychain\":";
        disk.put(&Path::new(FOLDER).join(NAME), torn);
        for _ in 0..2 {
            let found = load(&disk);
            assert_eq!((found.settings, found.damaged), (Settings::default(), true));
            let kept = disk.bytes(&Path::new(FOLDER).join(DAMAGED)).unwrap();
            assert_eq!(kept, torn);
        }
        chosen().save(&disk, Path::new(FOLDER)).unwrap();
        assert_eq!(load(&disk).settings, chosen());
        assert!(!load(&disk).damaged);
    }

    #[test]
    fn whatever_the_disk_does_to_a_save_the_choice_is_the_old_one_or_the_new_one() {
        for kind in [Fault::At, Fault::From, Fault::Reported] {
            for number in 0.. {
                let disk = FaultyDisk::new(MemoryDisk::new());
                Settings::default().save(&disk, Path::new(FOLDER)).unwrap();
                disk.set(Some(kind(number)));
                let saved = chosen().save(&disk, Path::new(FOLDER));
                let through = disk.operations() <= number;
                disk.set(None);
                let found = load(&disk);
                assert!(!found.damaged, "{number}");
                assert!(saved.is_err() || found.settings == chosen(), "{number}");
                if through {
                    break;
                }
            }
        }
    }
}
