//! What the files of drafts of a wallet may hold. Each wallet key has its own.

use std::collections::{BTreeMap, BTreeSet};

use wallet::{DraftsId, WalletId};

use crate::numbers::Notes;

/// A draft of a note, as the app tells it: the note's number, and the number of its text.
pub type Told = (u32, u32);

/// What one file of drafts may hold.
#[derive(Clone, Debug, Default, Hash)]
pub struct May {
    /// By note: each of these texts, or none.
    notes: BTreeMap<u32, BTreeSet<Option<u32>>>,
    /// Whether notes that are not named above may have any draft.
    unknown: bool,
    /// Whether it may be damaged.
    damaged: bool,
}

/// What a file of drafts may hold now, and after a power loss.
#[derive(Clone, Debug, Default, Hash)]
pub struct DraftsTruth {
    /// Now.
    now: May,
    /// What a power loss may leave.
    durable: May,
}

/// The drafts by computer, wallet and wallet key.
pub type AllDrafts = BTreeMap<(usize, WalletId, DraftsId), DraftsTruth>;

impl May {
    /// A note has this draft, or none.
    fn is(&mut self, note: u32, text: Option<u32>) {
        self.notes.insert(note, BTreeSet::from([text]));
    }

    /// A note may have this draft, or none, as well.
    fn may(&mut self, note: u32, text: Option<u32>) {
        if !self.unknown {
            self.notes
                .entry(note)
                .or_insert_with(|| BTreeSet::from([None]));
        }
        if let Some(texts) = self.notes.get_mut(&note) {
            texts.insert(text);
        }
    }

    /// Any draft may be gone.
    fn may_go(&mut self) {
        for texts in self.notes.values_mut() {
            texts.insert(None);
        }
    }

    /// The text that a note surely has.
    fn sure(&self, note: u32) -> Option<u32> {
        let texts = self.notes.get(&note)?;
        let first = texts.first().copied().flatten();
        first.filter(|_| texts.len() == 1 && !self.damaged)
    }
}

impl DraftsTruth {
    /// Of a file of which nothing is known.
    pub fn unknown() -> Self {
        let now = May {
            unknown: true,
            ..May::default()
        };
        Self {
            durable: now.clone(),
            now,
        }
    }

    /// Whether it may be damaged.
    pub fn may_be_damaged(&self) -> bool {
        self.now.damaged
    }

    /// Whether some note surely has a draft.
    pub fn surely_has_one(&self) -> bool {
        let mut notes = self.now.notes.keys();
        notes.any(|note| self.now.sure(*note).is_some())
    }

    /// The notes that may have a draft, with a text that it may have.
    pub fn drafted(&self) -> Vec<Told> {
        let notes = self.now.notes.iter();
        notes
            .filter_map(|(note, texts)| Some((*note, texts.iter().copied().flatten().next()?)))
            .collect()
    }

    /// The app said that a note has this draft now, or none.
    pub fn settle(&mut self, note: u32, text: Option<u32>) {
        let written = text.is_some() || self.now.sure(note).is_some();
        if text.is_some() {
            // Damaged drafts are replaced.
            self.now.damaged = false;
        }
        self.now.is(note, text);
        match written {
            true => self.durable = self.now.clone(),
            // Nothing was there to be removed, and nothing was made durable.
            false => self.durable.may(note, text),
        }
    }

    /// A note may have this draft, or none, as well as what it may have had.
    pub fn perhaps(&mut self, note: u32, text: Option<u32>) {
        self.now.may(note, text);
        self.durable.may(note, text);
    }

    /// The file may be gone.
    pub fn may_be_gone(&mut self) {
        self.now.may_go();
        self.durable.may_go();
    }

    /// Anything may have become of it.
    pub fn forget(&mut self) {
        let damaged = self.now.damaged || self.durable.damaged;
        *self = Self::unknown();
        self.now.damaged = damaged;
        self.durable.damaged = damaged;
    }

    /// A bit of it was flipped.
    pub fn flipped(&mut self) {
        self.may_be_gone();
        self.now.damaged = true;
        self.durable.damaged = true;
    }

    /// The power was lost.
    pub fn power_lost(&mut self) {
        self.now = self.durable.clone();
    }

    /// Everything was made durable.
    pub fn synced(&mut self) {
        self.durable = self.now.clone();
    }

    /// What the same drafts are under the next key. `surely`: the disk gave them.
    pub fn carried(&self, surely: bool) -> Self {
        let mut now = self.now.clone();
        now.damaged = false;
        if !surely || self.now.damaged {
            now.may_go();
        }
        Self {
            durable: now.clone(),
            now,
        }
    }

    /// What is wrong with a list, beside the notes as they are by now.
    pub fn wrong(&self, notes: &Notes, listed: &[Told]) -> Option<String> {
        let mut told = BTreeMap::new();
        for (note, text) in listed {
            if told.insert(*note, *text).is_some() {
                return Some(format!("note {note} has two drafts"));
            }
            let same = notes.get(note).is_some_and(|it| it.version == *text);
            let may = self.now.notes.get(note);
            let may = may.map_or(self.now.unknown, |texts| texts.contains(&Some(*text)));
            if same || !may {
                return Some(format!("note {note} has a draft of text {text}: {self:?}"));
            }
        }
        let hidden = |note: &u32, text: Option<u32>| {
            text.is_none_or(|text| notes.get(note).is_some_and(|it| it.version == text))
        };
        let mut rest = self.now.notes.iter();
        let missing = rest.find(|(note, texts)| {
            !told.contains_key(note) && !texts.iter().any(|text| hidden(note, *text))
        });
        missing.map(|(note, texts)| format!("the draft of note {note} is gone: {texts:?}"))
    }

    /// A list tells what is there.
    pub fn learn(&mut self, notes: &Notes, listed: &[Told]) {
        let told: BTreeMap<u32, u32> = listed.iter().copied().collect();
        if std::mem::take(&mut self.now.unknown) {
            for (note, it) in notes {
                let texts = self.now.notes.entry(*note);
                texts.or_insert_with(|| BTreeSet::from([None, Some(it.version)]));
            }
        }
        for (note, texts) in &mut self.now.notes {
            let version = notes.get(note).map(|it| it.version);
            texts.retain(|text| match told.get(note) {
                Some(_) => false,
                None => text.is_none() || *text == version,
            });
        }
        for (note, text) in told {
            self.now.is(note, Some(text));
        }
        self.now.damaged = false;
    }
}
