//! What holds, in words of its own: nothing here is shared with the use cases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use code::Identifier;
use wallet::{CodeSlot, WalletId};

use crate::drive::Bytes;
use crate::numbers::{CodeNumber, Notes, PasswordNumber, on_paper};

/// What may have become of a code in a keychain record: any of these.
pub type Status = u16;
/// The record does not name it.
pub const NEVER: Status = 1;
/// It is live, and not confirmed.
pub const LIVE: Status = 2;
/// It is live and confirmed.
pub const KEPT: Status = 4;
/// It was used.
pub const USED: Status = 8;
/// It was revoked, by hand or where records disagreed.
pub const REVOKED: Status = 16;
/// Its time was over.
pub const EXPIRED: Status = 32;
/// A newer code took its place.
pub const REPLACED: Status = 64;
/// It was thrown away.
pub const DISCARDED: Status = 128;
/// The wallet was opened with another code.
pub const RECOVERED: Status = 256;
/// Any of the live ones.
pub const WORKS: Status = LIVE | KEPT;
/// Any of the ends.
pub const ENDED: Status = USED | EXPIRED | GONE;
/// Any of the ends that an act brings to a code that was not used.
pub const GONE: Status = REVOKED | REPLACED | DISCARDED | RECOVERED;

/// What one version of a wallet's file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileTruth {
    /// The password that opens it.
    pub password: PasswordNumber,
    /// The number of the e-mail in it.
    pub email: usize,
    /// The notes in it.
    pub notes: Arc<Notes>,
    /// The authenticator whose six digits are asked.
    pub authenticator: Option<usize>,
    /// The codes that have a slot in it.
    pub slots: BTreeSet<CodeNumber>,
    /// The dead codes that may have one.
    pub maybe: BTreeSet<CodeNumber>,
    /// The number of this version.
    pub version: u32,
    /// The versions that it came after.
    pub past: Arc<BTreeSet<u32>>,
}

/// What kits and pages hold of a wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its notes.
    pub notes: Arc<Notes>,
    /// The number of its e-mail.
    pub email: usize,
}

impl FileTruth {
    /// What pages of this version hold.
    pub fn on_paper(&self) -> Held {
        Held {
            notes: Arc::new(on_paper(&self.notes)),
            email: self.email,
        }
    }

    /// What a kit of this version holds.
    pub fn held(&self) -> Held {
        Held {
            notes: Arc::clone(&self.notes),
            email: self.email,
        }
    }
}

/// What holds of one wallet on one computer.
#[derive(Clone, Default)]
pub struct Here {
    /// What its file may hold now; empty: there is no file.
    pub file: Vec<Arc<FileTruth>>,
    /// What else a power loss may leave.
    pub durable: Vec<Arc<FileTruth>>,
    /// Whether a power loss may leave no file.
    pub may_be_absent: bool,
    /// Whether there may have been no file before the present step.
    pub was_absent: bool,
    /// Whether the wallet was deleted, and its file has not come back.
    pub deleted: bool,
    /// Whether the file was damaged from outside.
    pub damaged: bool,
    /// Whether the file may ever have been an older one than kits know.
    pub went_back: bool,
    /// The code slots that were seen in it last, and how often they changed.
    pub slots: (u32, Vec<CodeSlot>),
    /// The fingerprints of damaged files.
    pub damaged_as: Vec<u64>,
    /// Those of them that say they are of a newer version, which no copy replaces.
    pub newer_as: Vec<u64>,
    /// The truths of files that were seen, by their bytes.
    pub known: BTreeMap<u64, Arc<FileTruth>>,
    /// What may have become of codes in the record.
    pub status: BTreeMap<CodeNumber, Status>,
    /// Codes that the app said are dead, since nothing was put back.
    pub dead: BTreeSet<CodeNumber>,
    /// Those of them that a keychain was emptied after: nothing here knows that they are dead, and
    /// where a slot was left, their kits are kept current.
    pub forgotten: BTreeSet<CodeNumber>,
    /// The latest time at which somebody may have proved who they are.
    pub last: i64,
    /// Whether the record may name failures of passwords, or codes.
    pub failures: [bool; 2],
    /// Whether the keychain may hold several records.
    pub several: bool,
    /// Codes that ended so far: a record remembers eight.
    pub ends: usize,
    /// Passwords that opened it once.
    pub passwords: BTreeSet<PasswordNumber>,
}

impl Here {
    /// Whether the file may be one of the e-mail of this number.
    pub fn may_be_of(&self, email: usize) -> bool {
        self.file.iter().any(|file| file.email == email)
    }

    /// Whether the file surely is one of the e-mail of this number.
    pub fn is_of(&self, email: usize) -> bool {
        let all = self.file.iter().all(|file| file.email == email);
        all && !self.file.is_empty() && !self.damaged
    }

    /// What may have become of a code.
    pub fn status(&self, code: CodeNumber) -> Status {
        let mut status = self.status.get(&code).copied().unwrap_or(NEVER);
        if self.ends >= 8 && status & ENDED != 0 {
            status |= NEVER;
        }
        status
    }

    /// Adds to what may have become of a code.
    pub fn may(&mut self, code: CodeNumber, status: Status) {
        *self.status.entry(code).or_insert(NEVER) |= status;
    }

    /// The file has these code slots.
    pub fn slots_are(&mut self, slots: &[CodeSlot]) {
        if self.slots.1 != slots {
            self.slots = (self.slots.0 + 1, slots.to_vec());
        }
    }

    /// Sets what became of a code.
    pub fn is(&mut self, code: CodeNumber, status: Status) {
        if status & ENDED != 0 {
            self.ends += 1;
        }
        self.status.insert(code, status);
    }

    /// The code is dead, as the app said.
    pub fn died(&mut self, code: CodeNumber) {
        self.dead.insert(code);
        for file in self.file.iter_mut().chain(&mut self.durable) {
            if file.slots.contains(&code) {
                let file = Arc::make_mut(file);
                file.slots.remove(&code);
                file.maybe.insert(code);
            }
        }
    }

    /// A save may remove the slots of codes that may have ended.
    pub fn let_slots_go(&self, file: &mut Arc<FileTruth>) {
        let goes = |code: &CodeNumber| self.dead.contains(code) || self.status(*code) & ENDED != 0;
        if file.slots.iter().any(goes) {
            let file = Arc::make_mut(file);
            let gone: Vec<_> = file.slots.iter().copied().filter(goes).collect();
            for code in gone {
                file.slots.remove(&code);
                file.maybe.insert(code);
            }
        }
    }

    /// A save may have removed the slots of codes that may have ended.
    pub fn slots_may_go(&mut self) {
        let mut file = std::mem::take(&mut self.file);
        let mut durable = std::mem::take(&mut self.durable);
        for file in file.iter_mut().chain(&mut durable) {
            self.let_slots_go(file);
        }
        (self.file, self.durable) = (file, durable);
    }

    /// Whether the code's slot is in the file: in every version that it may be, in any.
    pub fn slot(&self, code: CodeNumber) -> (bool, bool) {
        let surely = !self.file.is_empty()
            && !self.damaged
            && self.file.iter().all(|file| file.slots.contains(&code));
        let perhaps = self
            .file
            .iter()
            .any(|file| file.slots.contains(&code) || file.maybe.contains(&code));
        (surely, perhaps)
    }

    /// The codes that may be live.
    pub fn live(&self) -> Vec<CodeNumber> {
        let live = self.status.iter().filter(|(_, it)| **it & WORKS != 0);
        live.map(|(code, _)| *code).collect()
    }

    /// Adds what the file may hold now, and what a power loss may leave.
    pub fn may_hold(&mut self, file: &Arc<FileTruth>) {
        add(&mut self.file, file);
        add(&mut self.durable, file);
    }

    /// The file holds this, durably.
    pub fn holds(&mut self, file: &Arc<FileTruth>) {
        self.file = vec![Arc::clone(file)];
        self.durable = vec![Arc::clone(file)];
        self.may_be_absent = false;
        self.passwords.insert(file.password);
    }
}

/// Adds a version to those that are possible. A version that is among them may have fewer slots.
fn add(files: &mut Vec<Arc<FileTruth>>, file: &Arc<FileTruth>) {
    let mut known = files.iter_mut();
    let Some(known) = known.find(|known| known.version == file.version) else {
        files.push(Arc::clone(file));
        return;
    };
    if !known.slots.is_subset(&file.slots) {
        let known = Arc::make_mut(known);
        let fewer = known.slots.intersection(&file.slots).copied().collect();
        let all = std::mem::replace(&mut known.slots, fewer);
        known.maybe.extend(all);
    }
}

/// What is known of a file that is one of several versions.
pub fn any_of(versions: &[&Arc<FileTruth>]) -> Option<Arc<FileTruth>> {
    let (last, others) = versions.split_last()?;
    if others.is_empty() {
        return Some(Arc::clone(last));
    }
    let mut all = FileTruth::clone(last);
    for other in others {
        all.maybe.extend(all.slots.difference(&other.slots));
        all.maybe.extend(other.slots.difference(&all.slots));
        all.maybe.extend(&other.maybe);
        all.slots = all.slots.intersection(&other.slots).copied().collect();
    }
    Some(Arc::new(all))
}

/// A code that was shown.
#[derive(Clone, Debug)]
pub struct CodeFacts {
    /// Its wallet.
    pub wallet: WalletId,
    /// The computer that issued it.
    pub computer: usize,
    /// Its name.
    pub identifier: Identifier,
    /// Its characters.
    pub text: Arc<str>,
    /// Its sheets.
    pub sheets: Vec<Arc<str>>,
    /// How many of them give it; 0 for a single code.
    pub needed: u8,
    /// When it ends.
    pub expires: Option<i64>,
    /// Its kit.
    pub kit: Option<KitFacts>,
}

/// A kit that was made.
#[derive(Clone, Debug)]
pub struct KitFacts {
    /// The stick.
    pub stick: usize,
    /// Its folder.
    pub folder: PathBuf,
    /// What it may hold, by the versions of the wallet.
    pub may: Vec<(u32, Held)>,
    /// When it may have been written last: from, to.
    pub written: Vec<(i64, i64)>,
    /// Whether it has to be there and open.
    pub must: bool,
    /// Whether a bit of it was flipped.
    pub damaged: bool,
    /// Whether it was moved. An older file looks for it where it was.
    pub moved: bool,
    /// The fingerprint of the files that were checked last.
    pub seen: u64,
}

impl KitFacts {
    /// Adds what it may hold now, written between these times.
    pub fn may_hold(&mut self, file: &FileTruth, written: (i64, i64)) {
        self.may.push((file.version, file.held()));
        self.written.push(written);
    }

    /// It holds this, written between these times.
    pub fn holds(&mut self, file: &FileTruth, written: (i64, i64)) {
        self.may.clear();
        self.written.clear();
        self.may_hold(file, written);
    }
}

/// Recovery pages on paper.
#[derive(Clone, Debug)]
pub struct PagesFacts {
    /// Their code.
    pub code: CodeNumber,
    /// The texts of their symbols.
    pub symbols: Arc<Vec<Vec<String>>>,
    /// What they hold.
    pub held: Held,
}

/// A copy of a wallet's file that an app gave out.
#[derive(Clone)]
pub struct Away {
    /// The wallet.
    pub wallet: WalletId,
    /// The copy.
    pub bytes: Bytes,
    /// What it holds.
    pub truth: Arc<FileTruth>,
}
