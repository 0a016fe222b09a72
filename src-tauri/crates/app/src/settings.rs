//! The settings that are kept outside any wallet. None is secret.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

const NAME: &str = "settings.json";
/// Bytes of the largest settings file that is read; a larger one counts as damaged.
const LIMIT: u64 = 64 * 1024;

/// The saved choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether the person agreed to keep keychain records in a private file.
    pub embedded_keychain: bool,
}

impl Settings {
    /// Reads the settings in `folder`. A missing or damaged file gives the defaults.
    pub fn load(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let small = fs::metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() <= LIMIT);
        let text = if small { fs::read(&path).ok() } else { None };
        text.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    /// Replaces the settings file in `folder`.
    ///
    /// # Errors
    /// The file system's error; the old file is then untouched.
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        let new = folder.join("settings.json.new");
        fs::write(&new, serde_json::to_vec_pretty(self)?)?;
        fs::rename(new, folder.join(NAME))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_saved_choice_is_loaded_and_a_damaged_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load(folder.path()), Settings::default());
        let chosen = Settings {
            embedded_keychain: true,
        };
        chosen.save(folder.path()).unwrap();
        assert_eq!(Settings::load(folder.path()), chosen);
        fs::write(folder.path().join(NAME), b"{\"embedded_keychain\":").unwrap();
        assert_eq!(Settings::load(folder.path()), Settings::default());
    }
}
