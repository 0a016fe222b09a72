//! Restore a wallet from a kit or from pages.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use usecases::restore::{
    self, Destination, InTheWay, NotRestored, Restoration, RestoreError, Restored,
};
use wallet::store::FolderError;
use wallet::{Password, WalletId};

use crate::application::{App, Locked};
use crate::entry::{Entry, EntryError};
use crate::mutex::locked;
use crate::restoring::{Costly, Restoring, RestoringError};
use crate::stage::Stage;

/// The contents that the code opened, and the wallet that is in their way.
pub struct RestoreStart<'a> {
    /// What is to be restored.
    pub restoration: &'a Restoration,
    /// The wallet of this computer that is in the way, if one is.
    pub in_the_way: Option<InTheWay>,
    /// Whether a file has the wallet's name here ([`Restoration::is_taken`]).
    pub taken: bool,
}

/// A restored wallet, which is open now.
pub struct RestoreStep {
    /// The file that keeps the wallet that was replaced.
    pub kept_aside: Option<PathBuf>,
    /// Whether the keychain remembers that the code was used.
    pub remembered: bool,
    /// Whether the code lives on for the wallet that has its id here.
    pub code_lives: bool,
}

impl App {
    /// Locks everything and begins to collect kits and pages. A code that was entered while no
    /// wallet was open stays entered.
    pub fn begin_restore(&self) {
        let restoring = Arc::new(Mutex::new(Restoring::within(
            self.free_memory.get().copied(),
        )));
        self.leave_for(|state| {
            let entered = match state.stage {
                Stage::SignedOut => std::mem::take(&mut state.entry),
                Stage::AwaitingDigits(_)
                | Stage::Accepted(_)
                | Stage::Restoring(_)
                | Stage::Covered(_)
                | Stage::SignedIn(_) => Entry::default(),
            };
            (Stage::Restoring(restoring), entered)
        });
    }

    /// Forgets the pages that were collected, one of which was altered.
    pub fn forget_pages(&self) {
        let restoring = self.state().restoring();
        if let Some(restoring) = restoring {
            locked(&restoring).forget_pages();
        }
    }

    /// Opens what was collected with the entered code. `view` describes it.
    ///
    /// # Errors
    /// [`RestoringError::NothingWhole`] if nothing is being restored; the others as they say.
    pub fn open_restoration<T, E>(
        &self,
        costly: Costly,
        view: impl FnOnce(RestoreStart<'_>) -> T,
    ) -> Result<T, E>
    where
        E: From<EntryError> + From<RestoringError> + From<FolderError>,
    {
        let (code, restoring, epoch) = {
            let now = self.ports.clock.since_boot();
            let mut state = self.state();
            state.waiting_since = now;
            (state.entry.own_code()?, state.restoring(), state.epoch)
        };
        let restoring = restoring.ok_or(RestoringError::NothingWhole)?;
        let mut collected = locked(&restoring);
        let restoration = collected.open(&*self.ports.disk, &code, costly, &|| {
            self.state().epoch != epoch
        })?;
        let in_the_way = self.world(|world| restoration.in_the_way(world))?;
        let taken = self.world(|world| restoration.is_taken(world))?;
        Ok(view(RestoreStart {
            restoration,
            in_the_way,
            taken,
        }))
    }

    /// Makes a wallet of the opened contents, and opens it.
    ///
    /// # Errors
    /// [`RestoringError::NothingWhole`] if nothing was opened; see [`RestoreError`].
    pub fn restore<E>(&self, to: Option<Destination>, password: &Password) -> Result<RestoreStep, E>
    where
        E: From<RestoringError> + From<RestoreError> + From<Locked>,
    {
        let params = self.params();
        let (epoch, restoring) = {
            let state = self.state();
            (state.epoch, state.restoring())
        };
        let restoring = restoring.ok_or(RestoringError::NothingWhole)?;
        let opened = locked(&restoring).take_opened();
        let restoration = opened.ok_or(RestoringError::NothingWhole)?;
        let commits: Vec<_> = wallets(&restoration, to)
            .into_iter()
            .map(|wallet| self.commit_lock(wallet))
            .collect();
        let _commits: Vec<_> = commits.iter().map(|commit| locked(commit)).collect();
        match self.world(|world| restore::restore(world, restoration, to, password, params)) {
            Ok(Restored {
                session,
                kept_aside,
                remembered,
                code_lives,
            }) => {
                self.opened(session.wallet());
                self.enter(epoch, session)?;
                Ok(RestoreStep {
                    kept_aside,
                    remembered,
                    code_lives,
                })
            }
            Err(NotRestored { restoration, error }) => {
                locked(&restoring).put_opened(*restoration);
                Err(error.into())
            }
        }
    }
}

/// The wallets whose files may be written, in the one order in which their locks are taken.
fn wallets(restoration: &Restoration, to: Option<Destination>) -> Vec<WalletId> {
    let mut wallets = vec![restoration.contents().wallet_id];
    if let Some(Destination::Replacing(wallet)) = to {
        wallets.push(wallet);
    }
    wallets.sort_by_key(|wallet| *wallet.as_bytes());
    wallets.dedup();
    wallets
}
