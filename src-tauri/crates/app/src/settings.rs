//! The settings that are kept outside any wallet. None is secret.

use std::io;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use usecases::ports::Disk;
use wallet::disk;

const NAME: &str = "settings.json";
/// Where a settings file that cannot be read is kept.
const DAMAGED: &str = "settings.json.damaged";
/// Bytes of the largest settings file that is read; a larger one counts as damaged.
const LIMIT: u64 = 64 * 1024;

/// The shortest and the longest time without use after which a wallet is locked, in minutes.
pub const IDLE_MINUTES: RangeInclusive<u16> = 1..=60;
/// The shortest and the longest time after which a copied text is cleared, in seconds.
pub const CLIPBOARD_SECONDS: RangeInclusive<u16> = 10..=300;
/// The smallest and the largest size of what the window shows, in percent of the usual one.
pub const TEXT_PERCENT: RangeInclusive<u16> = 80..=200;

/// The saved choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether the person agreed to keep the keychain records of new wallets in a private file.
    pub embedded_keychain: bool,
    /// Whether that choice was in a settings file that cannot be read, and is to be made again.
    pub choice_lost: bool,
    /// The id of the wallet that was open last, which the name of its file tells as well.
    pub last_wallet: Option<String>,
    /// Minutes without use after which an open wallet is locked, within [`IDLE_MINUTES`].
    pub idle_minutes: u16,
    /// Whether an open wallet is locked when the computer sleeps.
    pub lock_at_sleep: bool,
    /// Whether an open wallet is locked when the screen is locked.
    pub lock_at_screen_lock: bool,
    /// Seconds after which a copied text is cleared from the clipboard, within
    /// [`CLIPBOARD_SECONDS`].
    pub clipboard_seconds: u16,
    /// The colours of the window.
    pub appearance: Appearance,
    /// The size of text, and of everything around it, in percent of the usual one, within
    /// [`TEXT_PERCENT`].
    pub text_percent: u16,
    /// The paper of sheets and pages; the usual one of the region where nothing was chosen.
    pub paper: Option<Paper>,
    /// The language of sheets and pages; the person's own where nothing was chosen.
    pub sheet_language: Option<Language>,
    /// Whether sheets and pages name the wallet's e-mail address.
    pub sheet_email: bool,
    /// The colour behind the page when the window was used last: red, green, blue. It is what the
    /// next window shows until its page has drawn itself.
    pub ground: Option<[u8; 3]>,
}

/// The paper that sheets are laid out for unless another is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// The language that sheets are written in unless another is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

/// The colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// Those of the desktop.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            embedded_keychain: false,
            choice_lost: false,
            last_wallet: None,
            idle_minutes: 5,
            lock_at_sleep: true,
            lock_at_screen_lock: true,
            clipboard_seconds: 30,
            appearance: Appearance::System,
            text_percent: 100,
            paper: None,
            sheet_language: None,
            sheet_email: false,
            ground: None,
        }
    }
}

impl Settings {
    /// The settings with every number in its range: a file may hold any.
    pub fn in_range(mut self) -> Self {
        let within =
            |number: u16, range: RangeInclusive<u16>| number.clamp(*range.start(), *range.end());
        self.idle_minutes = within(self.idle_minutes, IDLE_MINUTES);
        self.clipboard_seconds = within(self.clipboard_seconds, CLIPBOARD_SECONDS);
        self.text_percent = within(self.text_percent, TEXT_PERCENT);
        self
    }

    /// How long an open wallet may be without use.
    pub fn idle(&self) -> Duration {
        Duration::from_secs(60 * u64::from(self.idle_minutes))
    }

    /// How long a copied text stays on the clipboard.
    pub fn clipboard_time(&self) -> Duration {
        Duration::from_secs(u64::from(self.clipboard_seconds))
    }

    /// Reads the settings in `folder`; the defaults where none are, or where they cannot be read. A
    /// damaged file is kept aside as `settings.json.damaged`.
    pub fn load(disk: &dyn Disk, folder: &Path) -> Self {
        let path = folder.join(NAME);
        let aside = folder.join(DAMAGED);
        let read = disk.read(&path, LIMIT);
        let missing = matches!(&read, Err(error) if error.kind() == io::ErrorKind::NotFound);
        let settings = read.ok().and_then(|text| readable(&text));
        settings.map_or_else(
            || {
                if !missing {
                    // Best effort: one that cannot be moved is reported again at the next start.
                    let _ = disk.rename(&path, &aside);
                }
                Self {
                    choice_lost: !missing || disk.exists(&aside).unwrap_or(false),
                    ..Self::default()
                }
            },
            Self::in_range,
        )
    }

    /// Replaces the settings file in `folder`, atomically and durably.
    ///
    /// # Errors
    /// The file system's error; the old file is then whole.
    pub fn save(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        disk::replace(disk, &folder.join(NAME), &serde_json::to_vec_pretty(self)?)
    }
}

/// The choices in a settings file that this version understands; `None` if it holds no object.
fn readable(text: &[u8]) -> Option<Settings> {
    let Ok(Value::Object(found)) = serde_json::from_slice(text) else {
        return None;
    };
    let mut settings = Settings::default();
    for choice in found {
        let Ok(Value::Object(mut with_it)) = serde_json::to_value(&settings) else {
            return None;
        };
        with_it.extend([choice]);
        settings = serde_json::from_value(Value::Object(with_it)).unwrap_or(settings);
    }
    Some(settings)
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
            choice_lost: false,
            last_wallet: Some("ab".repeat(16)),
            idle_minutes: 20,
            lock_at_sleep: false,
            lock_at_screen_lock: false,
            clipboard_seconds: 45,
            appearance: Appearance::Dark,
            text_percent: 130,
            paper: Some(Paper::Letter),
            sheet_language: Some(Language::German),
            sheet_email: true,
            ground: Some([20, 24, 28]),
        }
    }

    fn load(disk: &dyn Disk) -> Settings {
        Settings::load(disk, Path::new(FOLDER))
    }

    #[test]
    fn a_saved_choice_is_loaded_and_no_file_gives_the_defaults() {
        let disk = MemoryDisk::new();
        assert_eq!(load(&disk), Settings::default());
        chosen().save(&disk, Path::new(FOLDER)).unwrap();
        assert_eq!(load(&disk), chosen());
    }

    #[test]
    fn what_an_earlier_version_did_not_save_has_its_default_and_no_number_is_out_of_range() {
        let disk = MemoryDisk::new();
        let put = |text: &[u8]| disk.put(&Path::new(FOLDER).join(NAME), text);
        put(br#"{"embedded_keychain": true}"#);
        let expected = Settings {
            embedded_keychain: true,
            ..Settings::default()
        };
        assert_eq!(load(&disk), expected);
        put(br#"{"idle_minutes": 0, "text_percent": 65535}"#);
        let found = load(&disk);
        assert!(!found.choice_lost);
        assert_eq!(found.idle(), Duration::from_secs(60));
        put(br#"{"appearance": "sepia", "idle_minutes": 100000, "lock_at_sleep": false, "x": 1}"#);
        let understood = Settings {
            lock_at_sleep: false,
            ..Settings::default()
        };
        assert_eq!(load(&disk), understood, "of a newer version");
        put(br#"{"clipboard_seconds": 0, "text_percent": 65535}"#);
        let found = load(&disk);
        assert_eq!(found.text_percent, 200);
        assert_eq!(found.clipboard_time(), Duration::from_secs(10));
        put(br#"{"clipboard_seconds": 301}"#);
        assert_eq!(load(&disk).clipboard_time(), Duration::from_secs(300));
    }

    #[test]
    fn a_damaged_file_is_kept_aside_and_told_until_the_choice_is_made_again() {
        let disk = MemoryDisk::new();
        let torn = b"{\"embedded_keychain\":";
        disk.put(&Path::new(FOLDER).join(NAME), torn);
        let lost = Settings {
            choice_lost: true,
            ..Settings::default()
        };
        for _ in 0..2 {
            assert_eq!(load(&disk), lost);
            let kept = disk.bytes(&Path::new(FOLDER).join(DAMAGED)).unwrap();
            assert_eq!(kept, torn);
        }
        // Another setting that is changed meanwhile makes no choice.
        lost.save(&disk, Path::new(FOLDER)).unwrap();
        assert!(load(&disk).choice_lost);
        chosen().save(&disk, Path::new(FOLDER)).unwrap();
        assert_eq!(load(&disk), chosen());
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
                assert!(!found.choice_lost, "{number}");
                assert!(saved.is_err() || found == chosen(), "{number}");
                if through {
                    break;
                }
            }
        }
    }
}
