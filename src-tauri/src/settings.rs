//! What the app remembers outside any wallet: nothing secret.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

const NAME: &str = "settings.json";
/// Bytes of the largest settings file that is read.
const LIMIT: u64 = 64 * 1024;

/// The remembered choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The person agreed to keep keychain records in a private file.
    pub(crate) embedded_keychain: bool,
}

impl Settings {
    /// Reads the settings; a missing or unreadable file means none were made.
    pub(crate) fn load(folder: &Path) -> Self {
        let path = folder.join(NAME);
        let small = fs::metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() <= LIMIT);
        let text = if small { fs::read(&path).ok() } else { None };
        text.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    /// Replaces the settings file.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        let path: PathBuf = folder.join(NAME);
        let fresh = folder.join("settings.json.new");
        fs::write(&fresh, serde_json::to_vec_pretty(self)?)?;
        fs::rename(fresh, path)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn a_choice_is_remembered_and_a_broken_file_means_none() {
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
