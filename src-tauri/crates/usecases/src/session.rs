//! An open wallet.

use std::path::{Path, PathBuf};
use std::time::Duration;

use code::Identifier;
use thiserror::Error;
use wallet::store::{self, StoreError, WalletLock};
use wallet::{CommitId, Email, Opened, SealError, Timestamp, TwoStep, WalletId};
use wallet::{Event, LogEntry};

use crate::World;
use crate::kits::{self, KitProblem};
use crate::shown::Shown;

/// Entries that the activity log keeps; the oldest go first.
const LONGEST_LOG: usize = 1_000;

/// Why a wallet could not be saved. The file on disk is the old one, whole.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The contents could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The file could not be replaced.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SaveError {
    /// The new file is in place, but the disk did not confirm it: only loading can tell which of the two is there.
    pub(crate) fn may_stay(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Unconfirmed(_) | StoreError::NotKept)
        )
    }
}

/// A wallet that was opened, locked against other processes. Dropping it locks the wallet again.
pub struct Session {
    pub(crate) opened: Opened,
    pub(crate) path: PathBuf,
    // Held, never read: other processes stay out while the session lives.
    _lock: WalletLock,
    pub(crate) recovered: bool,
    pub(crate) identity_until: Option<Duration>,
    pub(crate) shown: Option<Shown>,
    /// The keychain may hold an intent that waits for the commit id in the header.
    pub(crate) unsettled: bool,
    /// What could not be done for kits at the last save.
    pub(crate) kit_troubles: Vec<(Identifier, KitProblem)>,
}

impl Session {
    pub(crate) fn new(opened: Opened, path: PathBuf, lock: WalletLock, recovered: bool) -> Self {
        Self {
            opened,
            path,
            _lock: lock,
            recovered,
            identity_until: None,
            shown: None,
            unsettled: false,
            kit_troubles: Vec::new(),
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

    /// The state of two-step verification.
    pub fn two_step(&self) -> &TwoStep {
        &self.opened.contents.two_step
    }

    /// The activity log, oldest first.
    pub fn log(&self) -> &[LogEntry] {
        &self.opened.contents.log
    }

    /// Whether this session began with a redemption.
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

    /// Takes what is shown off the screen for good.
    pub fn leave(&mut self) {
        self.shown = None;
    }

    pub(crate) fn note(&mut self, at: Timestamp, event: Event) {
        note(&mut self.opened, at, event);
    }

    /// Takes the last line of the log back: what it says did not happen.
    pub(crate) fn unnote(&mut self) {
        self.opened.contents.log.pop();
    }

    /// Saves the wallet, and then what its kits hold: under a fresh commit id; under the present one while an intent may wait for it, so that a saved
    /// note does not make a redemption unrecognisable.
    pub(crate) fn save(&mut self, world: &mut World<'_>) -> Result<(), SaveError> {
        let commit = if self.unsettled {
            self.opened.header().commit_id
        } else {
            CommitId::random(world.rng)
        };
        save(&mut self.opened, world, &self.path, commit)?;
        kits::refresh(world, self);
        Ok(())
    }
}

/// Adds a line to the log.
pub(crate) fn note(opened: &mut Opened, at: Timestamp, event: Event) {
    let log = &mut opened.contents.log;
    log.push(LogEntry { at, event });
    let surplus = log.len().saturating_sub(LONGEST_LOG);
    log.drain(..surplus);
}

pub(crate) fn save(
    opened: &mut Opened,
    world: &mut World<'_>,
    path: &Path,
    commit: CommitId,
) -> Result<(), SaveError> {
    let bytes = opened.seal(world.rng, commit)?;
    Ok(store::commit(world.disk, path, &bytes)?)
}
