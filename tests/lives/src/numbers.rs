//! What acts and truth are counted by.

use std::collections::BTreeMap;

/// The number of a code: that of the step in which it was issued.
pub type CodeNumber = usize;

/// The number of a password: that of the step in which it was chosen.
pub type PasswordNumber = usize;

/// Notes by their numbers.
pub type Notes = BTreeMap<u32, Note>;

/// Earlier versions that an item keeps.
const EARLIER: usize = 20;
/// How long a note is in the bin at least, in seconds.
const IN_BIN: i64 = 30 * 86_400;
/// How far apart the sign-ins lie that saw that its time is over, in seconds.
const APART: i64 = 86_400;

/// What a note holds, and held.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its version.
    pub version: u32,
    /// Those that it had before, the newest first.
    pub earlier: Vec<u32>,
    /// When it was moved to the bin.
    pub binned: Option<i64>,
}

impl Note {
    /// A new note.
    pub fn new(version: u32) -> Self {
        Self {
            version,
            earlier: Vec::new(),
            binned: None,
        }
    }

    /// It has another version now.
    pub fn change(&mut self, version: u32) {
        self.earlier.insert(0, self.version);
        self.earlier.truncate(EARLIER);
        self.version = version;
    }

    /// Whether its time in the bin is over, as these sign-ins saw it.
    pub fn is_over(&self, sign_ins: &[i64], now: i64) -> bool {
        let Some(binned) = self.binned else {
            return false;
        };
        let saw_it = sign_ins
            .iter()
            .filter(|at| (binned.saturating_add(IN_BIN)..=now).contains(at));
        let (first, last) = (saw_it.clone().min(), saw_it.max());
        first
            .zip(last)
            .is_some_and(|(first, last)| last - first >= APART)
    }
}

/// When it was moved to the bin does not matter, as long as it is there.
impl PartialEq for Note {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
            && self.earlier == other.earlier
            && self.binned.is_some() == other.binned.is_some()
    }
}

impl Eq for Note {}

/// These notes as pages have room for them.
pub fn on_paper(notes: &Notes) -> Notes {
    let in_use = notes.iter().filter(|(_, note)| note.binned.is_none());
    in_use
        .map(|(number, note)| (*number, Note::new(note.version)))
        .collect()
}

/// The text of a password.
pub fn password_text(number: PasswordNumber) -> String {
    format!("password number {number} of this life")
}
