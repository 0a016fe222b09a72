//! What is open at the moment.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use usecases::covered::Covered;
use usecases::redeem::Acceptance;
use usecases::session::Session;
use usecases::sign_in::Pending;
use usecases::two_step::Setup;

use crate::entry::Entry;
use crate::restoring::Restoring;

/// The stage of the app: one at a time, each with exactly what belongs to it.
pub enum Stage {
    /// No wallet is open.
    SignedOut,
    /// The password was right, and the six digits are missing.
    AwaitingDigits(Box<Pending>),
    /// A code was accepted, and a new password is to be chosen.
    Accepted(Box<Acceptance>),
    /// A wallet is being restored. The collection has a lock of its own, held while it is opened.
    Restoring(Arc<Mutex<Restoring>>),
    /// A code is on the screen, covered, and its wallet is locked.
    Covered(Arc<Covered>),
    /// A wallet is open.
    SignedIn(SignedIn),
}

/// An open wallet and what belongs to it.
pub struct SignedIn {
    /// The wallet. Readers share it; a change works on a copy and replaces it.
    pub(crate) session: Arc<Session>,
    /// A set-up of two-step verification that waits for its first digits.
    pub(crate) setup: Option<Arc<Setup>>,
    /// The folder that the next kit is made in.
    pub(crate) kit_folder: Option<PathBuf>,
    /// The folder that the sheets of a set are saved in.
    pub(crate) sheets_folder: Option<PathBuf>,
    /// A change is under way. If it is still set when the next one starts, that change panicked.
    pub(crate) changing: bool,
}

impl SignedIn {
    pub(crate) fn new(session: Session) -> Self {
        Self {
            session: Arc::new(session),
            setup: None,
            kit_folder: None,
            sheets_folder: None,
            changing: false,
        }
    }
}

/// When an open wallet is locked, as its person wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long it may be without use.
    pub idle: Duration,
    /// Whether a sleep ends it.
    pub at_sleep: bool,
    /// Whether a lock of the screen ends it.
    pub at_screen_lock: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(5 * 60),
            at_sleep: true,
            at_screen_lock: true,
        }
    }
}

/// The stage, what is typed beside it, and the times that its deadlines are measured from.
pub(crate) struct State {
    pub(crate) stage: Stage,
    /// The code or the sheets that are being entered.
    pub(crate) entry: Entry,
    /// Raised by every lock: a command that finishes later finds that its stage is gone.
    pub(crate) epoch: u64,
    /// When the person last did something, by the clock since boot.
    pub(crate) touched: Duration,
    /// When an open wallet is locked.
    pub(crate) rules: Rules,
    /// When the stage began or something was last entered, by the clock since boot.
    pub(crate) waiting_since: Duration,
}

impl State {
    pub(crate) fn new(now: Duration) -> Self {
        Self {
            stage: Stage::SignedOut,
            entry: Entry::default(),
            epoch: 0,
            touched: now,
            rules: Rules::default(),
            waiting_since: now,
        }
    }

    /// Leaves the stage and what was entered for others. Returns the new epoch, and what was left,
    /// to be dropped without the lock.
    pub(crate) fn leave(
        &mut self,
        stage: Stage,
        entry: Entry,
        now: Duration,
    ) -> (u64, (Stage, Entry)) {
        self.epoch += 1;
        self.waiting_since = now;
        let stage = std::mem::replace(&mut self.stage, stage);
        (
            self.epoch,
            (stage, std::mem::replace(&mut self.entry, entry)),
        )
    }

    /// Puts back what was taken out of the stage, with the deadline that it had, unless everything
    /// was locked since `epoch`.
    pub(crate) fn put_back(&mut self, epoch: u64, stage: Stage) {
        if self.epoch == epoch {
            self.stage = stage;
        }
    }

    /// Sets the stage, unless everything was locked since `epoch`.
    pub(crate) fn set(&mut self, epoch: u64, stage: Stage, now: Duration) -> bool {
        let current = self.epoch == epoch;
        if current {
            self.stage = stage;
            self.waiting_since = now;
        }
        current
    }

    pub(crate) fn signed_in(&self) -> Option<&SignedIn> {
        match &self.stage {
            Stage::SignedIn(open) => Some(open),
            Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Covered(_)
            | Stage::Restoring(_) => None,
        }
    }

    pub(crate) fn signed_in_mut(&mut self) -> Option<&mut SignedIn> {
        match &mut self.stage {
            Stage::SignedIn(open) => Some(open),
            Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Covered(_)
            | Stage::Restoring(_) => None,
        }
    }

    pub(crate) fn restoring(&self) -> Option<Arc<Mutex<Restoring>>> {
        match &self.stage {
            Stage::Restoring(restoring) => Some(Arc::clone(restoring)),
            Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Covered(_)
            | Stage::SignedIn(_) => None,
        }
    }
}
