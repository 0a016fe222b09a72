//! An open wallet, and the one way to change it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use code::Identifier;
use thiserror::Error;
use wallet::disk::Disk;
use wallet::store::{self, Access, CommitError, LoadError, NotReplaced, NotVerified, WalletLock};
use wallet::{
    CommitId, Email, Event, Item, LogEntry, OpenError, Opened, PagesMade, SealError, SlotId,
    Timestamp, TwoStep, WalletId,
};

use crate::World;
use crate::confirmed_identity::{Confirmed, Level};
use crate::draft_file;
use crate::kit_notes::KitNotes;
use crate::shown::Shown;

/// Entries in the activity log at most; the oldest go first.
pub const LONGEST_LOG: usize = 1_000;
/// Number of sign-ins that are remembered.
pub const MOST_SIGN_INS: usize = 200;

/// Why a change was not saved, or not verified.
#[derive(Debug, Error)]
pub enum SaveError {
    /// File and memory are as they were before the change.
    #[error(transparent)]
    NotSaved(#[from] NotSaved),
    /// The new file is in place, or may be, and memory holds the new state.
    #[error(transparent)]
    InPlace(#[from] InPlace),
}

/// The wallet is open for reading only: its folder could not be written when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the wallet is open for reading only")]
pub struct ReadOnly;

/// Why nothing was saved. A retry works once the cause is gone.
#[derive(Debug, Error)]
pub enum NotSaved {
    /// The wallet is open for reading only.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The contents could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The file could not be replaced.
    #[error(transparent)]
    Replace(#[from] NotReplaced),
}

/// The file was replaced, or may have been, and the new one was not verified. Memory holds the new
/// state, which the next save writes. Nothing may be reported as unchanged, nothing that was set
/// aside may be removed, and a retry continues from here.
#[derive(Debug, Error)]
pub enum InPlace {
    /// The disk did not confirm the new file.
    #[error(transparent)]
    NotVerified(#[from] NotVerified),
    /// The new file could not be read back.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The new file did not open with the secret it was sealed for.
    #[error("the new wallet file did not open")]
    Open(#[source] OpenError),
}

impl InPlace {
    /// Whether the new file is known to have replaced the old one.
    pub(crate) fn is_certain(&self) -> bool {
        match self {
            Self::NotVerified(error) => error.renamed,
            Self::Load(_) | Self::Open(_) => true,
        }
    }
}

impl From<CommitError> for SaveError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::NotReplaced(error) => Self::NotSaved(error.into()),
            CommitError::NotVerified(error) => Self::InPlace(error.into()),
        }
    }
}

impl From<ReadOnly> for SaveError {
    fn from(error: ReadOnly) -> Self {
        Self::NotSaved(error.into())
    }
}

impl From<SealError> for SaveError {
    fn from(error: SealError) -> Self {
        Self::NotSaved(error.into())
    }
}

/// A wallet that was opened, locked against other processes. Dropping its last copy locks it again.
pub struct Session {
    pub(crate) opened: Opened,
    pub(crate) path: PathBuf,
    pub(crate) lock: Option<Arc<WalletLock>>,
    read_only: bool,
    recovered: bool,
    pub(crate) identity: Confirmed,
    pub(crate) shown: Option<Shown>,
    /// The keychain could not be settled since the wallet was opened: its record may hold an intent
    /// that waits for the commit id in the header.
    pub(crate) unsettled: bool,
    /// Slots of dead codes that the next save removes, whatever it is for.
    due: Vec<DueSlot>,
    /// The last save is in place and was not verified.
    pub(crate) unverified: bool,
    /// The old password opens the generations: they go after the next verified save.
    pub(crate) forget_generations: bool,
    /// The place of a wallet that this one replaced and whose generations could not be removed:
    /// they go after the next verified save.
    pub(crate) forget_replaced: Option<PathBuf>,
    pub(crate) kits: KitNotes,
}

/// A slot that the next save removes, and what the log then says of its code.
struct DueSlot {
    slot: SlotId,
    ended: LogEntry,
}

impl Session {
    pub(crate) fn new(opened: Opened, path: PathBuf, access: Access, recovered: bool) -> Self {
        let (lock, read_only) = match access {
            Access::Write(lock) => (Some(Arc::new(lock)), false),
            Access::Read(lock) => (lock.map(Arc::new), true),
        };
        Self {
            read_only,
            ..Self::locked_by(opened, path, lock, recovered)
        }
    }

    /// The same with a lock that is held already.
    pub(crate) fn locked_by(
        opened: Opened,
        path: PathBuf,
        lock: Option<Arc<WalletLock>>,
        recovered: bool,
    ) -> Self {
        Self {
            opened,
            path,
            lock,
            read_only: false,
            recovered,
            identity: Confirmed::default(),
            shown: None,
            unsettled: false,
            due: Vec::new(),
            unverified: false,
            forget_generations: false,
            forget_replaced: None,
            kits: KitNotes::default(),
        }
    }

    /// The same for somebody who has just proved who they are: who chose its password.
    pub(crate) fn of_the_owner(mut self, now: Duration) -> Self {
        self.identity.now(Level::Full, now);
        self
    }

    /// A copy to read from, which does not hold the wallet's lock. It shares its secrets with the
    /// original.
    pub fn snapshot(&self) -> Self {
        Self {
            lock: None,
            ..self.fork()
        }
    }

    /// A copy to work on. It shares its secrets and the lock with the original.
    pub fn fork(&self) -> Self {
        Self {
            opened: self.opened.fork(),
            path: self.path.clone(),
            lock: self.lock.clone(),
            read_only: self.read_only,
            recovered: self.recovered,
            identity: self.identity,
            shown: self.shown.clone(),
            unsettled: self.unsettled,
            due: self.due.iter().map(DueSlot::copy).collect(),
            unverified: self.unverified,
            forget_generations: self.forget_generations,
            forget_replaced: self.forget_replaced.clone(),
            kits: self.kits.clone(),
        }
    }

    /// The wallet's id.
    pub fn wallet(&self) -> WalletId {
        self.opened.header().wallet_id
    }

    /// The wallet's e-mail.
    pub fn email(&self) -> &Email {
        &self.opened.header().email
    }

    /// The items, in the order in which they were added.
    pub fn items(&self) -> &[Item] {
        &self.opened.contents.items
    }

    /// The state of two-step verification.
    pub fn two_step(&self) -> &TwoStep {
        &self.opened.contents.two_step
    }

    /// The activity log, oldest first.
    pub fn log(&self) -> &[LogEntry] {
        &self.opened.contents.log
    }

    /// When somebody signed in with the password, oldest first. The present sign-in is saved with
    /// the next change.
    pub fn sign_ins(&self) -> &[Timestamp] {
        &self.opened.contents.sign_ins
    }

    /// Remembers a sign-in, and forgets the oldest beyond [`MOST_SIGN_INS`].
    pub(crate) fn signed_in(&mut self, at: Timestamp) {
        let sign_ins = &mut self.opened.contents.sign_ins;
        sign_ins.push(at);
        let surplus = sign_ins.len().saturating_sub(MOST_SIGN_INS);
        sign_ins.drain(..surplus);
    }

    /// The recovery pages made last, and the number of items changed since.
    pub fn pages(&self) -> Option<(PagesMade, usize)> {
        let pages = self.opened.contents.pages?;
        let newer = self
            .items_in_use()
            .filter(|item| item.is_newer_than(pages.at));
        Some((pages, newer.count()))
    }

    /// Whether the wallet is open for reading only.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Whether the file surely has the wallet key that is in memory, and may be changed.
    pub(crate) fn is_certain(&self) -> bool {
        !self.unverified && !self.read_only
    }

    /// Fails if the wallet is open for reading only. For what reaches the keychain before it is
    /// saved; [`Session::change`] asks by itself.
    pub(crate) fn writable(&self) -> Result<(), ReadOnly> {
        match self.read_only {
            true => Err(ReadOnly),
            false => Ok(()),
        }
    }

    /// Whether this session began with a redemption or a restore.
    pub fn recovered(&self) -> bool {
        self.recovered
    }

    /// The wallet's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The code on the screen.
    pub fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// Takes the code off the screen for good.
    pub fn leave(&mut self) {
        self.shown = None;
    }

    /// Everything in memory, to be compared with the file.
    #[cfg(feature = "testing")]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Reads the contents from the file again, with the key in memory: after a change that ended
    /// abnormally and may have reached the file. Keeps what is in memory if the file does not open.
    pub fn reload(&mut self, disk: &dyn Disk) {
        let sealed = store::load(disk, &self.path).ok();
        if let Some(opened) = sealed.and_then(|sealed| sealed.open_again(&self.opened).ok()) {
            let before = std::mem::replace(&mut self.opened, opened);
            self.opened.keep_pending_files_of(&before);
        }
    }

    /// Whether the file has a slot for this code that no later save is to remove.
    pub(crate) fn has_slot(&self, identifier: Identifier) -> bool {
        let due = |slot: SlotId| self.due.iter().any(|due| due.slot == slot);
        let mut slots = self.opened.header().code_slots.iter();
        slots.any(|slot| slot.identifier == identifier && !due(slot.id))
    }

    /// Has the slots of a dead code removed by the next save, which also logs its end.
    pub(crate) fn remove_slots_of(&mut self, identifier: Identifier, ended: &LogEntry) {
        for slot in &self.opened.header().code_slots {
            if slot.identifier == identifier && !self.due.iter().any(|due| due.slot == slot.id) {
                let (slot, ended) = (slot.id, ended.clone());
                self.due.push(DueSlot { slot, ended });
            }
        }
    }

    /// Whether the next save has slots of dead codes to remove.
    pub(crate) fn has_due_slots(&self) -> bool {
        !self.due.is_empty()
    }

    /// Changes the contents, and saves them: the one transaction of an open wallet.
    ///
    /// `edit` gets a copy, in which what became due before is done already. The copy is sealed and
    /// committed, and only then replaces what is in memory, so that memory holds what the file
    /// holds whatever fails. It is saved under a fresh commit id; under the present one while an
    /// intent may wait for it, so that the save does not make a redemption unrecognisable.
    ///
    /// # Errors
    /// What `edit` returns, and [`SaveError`]. Memory has changed only after
    /// [`SaveError::InPlace`].
    pub(crate) fn change<T, E: From<SaveError>>(
        &mut self,
        world: &mut World<'_>,
        edit: impl FnOnce(&mut Opened, &mut World<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.writable().map_err(SaveError::from)?;
        let mut draft = self.opened.fork();
        self.do_what_is_due(&mut draft);
        let done = edit(&mut draft, world)?;
        let commit = match self.unsettled {
            true => draft.header().commit_id,
            false => CommitId::random(world.rng),
        };
        let committed = commit_over(&self.opened, &mut draft, world, &self.path, commit);
        if let Err(SaveError::NotSaved(error)) = committed {
            return Err(SaveError::NotSaved(error).into());
        }
        self.opened = draft;
        self.due.clear();
        self.kits.gone.clear();
        self.kits.strays.clear();
        self.unverified = committed.is_err();
        committed?;
        if self.forget_generations {
            // Best effort: what cannot be removed now goes after a later save.
            let forgotten = store::forget_generations(world.disk, &self.path);
            self.forget_generations = forgotten.is_err();
        }
        self.forget_replaced
            .take_if(|path| store::forget_generations(world.disk, path).is_ok());
        Ok(done)
    }

    fn do_what_is_due(&self, draft: &mut Opened) {
        let kits = &mut draft.contents.kits;
        kits.retain(|kit| !self.kits.gone.contains(&kit.identifier));
        kits.extend(self.kits.strays.iter().cloned());
        for DueSlot { slot, ended } in &self.due {
            draft.remove_code_slot(*slot);
            note(draft, ended.at, ended.event.clone());
        }
    }
}

impl DueSlot {
    fn copy(&self) -> Self {
        Self {
            slot: self.slot,
            ended: self.ended.clone(),
        }
    }
}

/// Adds a line to the log.
pub(crate) fn note(opened: &mut Opened, at: Timestamp, event: Event) {
    let log = &mut opened.contents.log;
    log.push(LogEntry { at, event });
    let surplus = log.len().saturating_sub(LONGEST_LOG);
    log.drain(..surplus);
}

/// Seals a wallet and replaces its file. For a wallet that has no session yet; [`Session::change`]
/// is for the others. Where a file would be too large, earlier versions of items make room, with
/// the files that only they name.
pub(crate) fn commit_file(
    opened: &mut Opened,
    world: &mut World<'_>,
    path: &Path,
    commit: CommitId,
) -> Result<(), SaveError> {
    let bytes = loop {
        match opened.seal(world.rng, commit) {
            Err(SealError::TooLarge { .. })
                if opened.contents.forget_versions(world.clock.now()) => {}
            sealed => break sealed?,
        }
    };
    Ok(store::commit(world.disk, path, &bytes)?)
}

/// The same for a wallet whose file may have another wallet key, as it is `before`: its drafts are
/// sealed for the new key first.
pub(crate) fn commit_over(
    before: &Opened,
    opened: &mut Opened,
    world: &mut World<'_>,
    path: &Path,
    commit: CommitId,
) -> Result<(), SaveError> {
    if opened.has_key_of(before) {
        return commit_file(opened, world, path, commit);
    }
    let carried = draft_file::carry(world, path, before, opened);
    let carried = carried.map_err(|error| NotSaved::from(NotReplaced::Io(error)))?;
    let committed = commit_file(opened, world, path, commit);
    if let Err(SaveError::NotSaved(_)) = committed {
        carried.take_back(world.disk);
    }
    committed
}
