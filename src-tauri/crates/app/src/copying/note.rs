//! What the next start needs to find a copied text on the clipboard, after a kill.
//!
//! The note lies on the disk with its key, so it must not help to guess the text. It holds one byte
//! of a keyed hash: whoever reads it can rule out 255 of 256 guesses and confirm none. A text that
//! is short enough to be a PIN has no note at all, because a byte is much of it. The price is that
//! one foreign text of 256, if it is as long, is taken for ours and cleared at that start.

use std::io;
use std::path::{Path, PathBuf};

use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use usecases::ports::Disk;
use wallet::disk;

use super::mark::{KEY_LENGTH, tag};

const NAME: &str = "copied.json";
/// Bytes of the largest note that is read.
const LIMIT: u64 = 4 * 1024;
/// Characters of the shortest text that has a note.
const SHORTEST: usize = 15;

/// A key, and one byte of the hash of a text under it.
#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    key: [u8; KEY_LENGTH],
    byte: u8,
}

impl Note {
    /// The note of `text`, under a fresh key.
    pub(super) fn of(text: &str, random: &mut dyn CryptoRng) -> Self {
        let mut key = [0; KEY_LENGTH];
        random.fill_bytes(&mut key);
        let [byte, ..] = tag(&key, text);
        Self { key, byte }
    }

    /// Whether it may be the note of `text`.
    pub(super) fn fits(&self, text: &str) -> bool {
        let [byte, ..] = tag(&self.key, text);
        is_long(text) && byte == self.byte
    }

    /// Replaces the note in `folder`; for a short `text` by none.
    pub(super) fn write(&self, disk: &dyn Disk, folder: &Path, text: &str) -> io::Result<()> {
        if !is_long(text) {
            remove(disk, folder);
            return Ok(());
        }
        disk::replace(disk, &path(folder), &serde_json::to_vec(self)?)
    }
}

/// Reads the note in `folder`.
pub(super) fn read(disk: &dyn Disk, folder: &Path) -> Option<Note> {
    let bytes = disk.read(&path(folder), LIMIT).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Removes the note in `folder`. One that stays fits a text that is gone.
pub(super) fn remove(disk: &dyn Disk, folder: &Path) {
    if disk.remove(&path(folder)).is_ok() {
        let _ = disk.sync_folder(folder);
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

fn is_long(text: &str) -> bool {
    text.chars().count() >= SHORTEST
}
