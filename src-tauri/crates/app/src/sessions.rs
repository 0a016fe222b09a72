//! Create a wallet, sign in, and redeem a code: the ways to an open wallet.

use std::collections::hash_map::Entry;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;

use usecases::copies::Why;
use usecases::create::{self, CreateError};
use usecases::interrupted::{self, Interrupted};
use usecases::older::{self, OlderError};
use usecases::redeem::{self, AcceptError, Acceptance, Choice, NotRedeemed, RedeemError};
use usecases::session::Session;
use usecases::sign_in::{self, DigitsRefused, SignInError, Step};
use wallet::{Email, Password, WalletId};

use crate::application::{App, Locked};
use crate::entry::{self, EntryError};
use crate::mutex::locked;
use crate::stage::Stage;

/// The step after the password.
pub enum SignInStep {
    /// The wallet is open.
    Open,
    /// The six digits are required.
    Digits,
}

impl App {
    /// Creates a wallet and opens it.
    ///
    /// # Errors
    /// See [`CreateError`]; [`Locked`] if everything was locked meanwhile.
    pub fn create<E: From<CreateError> + From<Locked>>(
        &self,
        email: Email,
        password: &Password,
    ) -> Result<(), E> {
        let epoch = self.lock();
        let params = self.params();
        let session = self.world(|world| create::create(world, email, password, params))?;
        Ok(self.enter(epoch, session)?)
    }

    /// Opens a wallet with its password.
    ///
    /// # Errors
    /// See [`SignInError`]; [`Locked`] if everything was locked meanwhile.
    pub fn sign_in<E: From<SignInError> + From<Locked>>(
        &self,
        wallet: WalletId,
        password: &Password,
    ) -> Result<SignInStep, E> {
        let epoch = self.lock();
        let commit = self.commit_lock(wallet);
        let _commit = locked(&commit);
        let step = self.world(|world| sign_in::password(world, &self.waits, wallet, password));
        match &step {
            Ok(_) => self.opened(wallet),
            Err(error) => self.unopened(wallet, older::after_password(error)),
        }
        match step? {
            Step::Open(session) => {
                self.enter(epoch, *session)?;
                Ok(SignInStep::Open)
            }
            Step::Digits(pending) => {
                self.set_stage(epoch, Stage::AwaitingDigits(pending))?;
                Ok(SignInStep::Digits)
            }
        }
    }

    /// The wallets whose file can be read and did not open in this run, with the reason.
    pub fn unopened_wallets(&self) -> Vec<(WalletId, Why)> {
        let unopened = locked(&self.unopened);
        unopened
            .iter()
            .map(|(wallet, why)| (*wallet, *why))
            .collect()
    }

    pub(crate) fn opened(&self, wallet: WalletId) {
        locked(&self.unopened).remove(&wallet);
    }

    fn unopened(&self, wallet: WalletId, why: Option<Why>) {
        let Some(why) = why else {
            return;
        };
        // A wrong password says less than what the right one has shown.
        match locked(&self.unopened).entry(wallet) {
            Entry::Occupied(known) if why == Why::Password && *known.get() == Why::Damaged => {}
            entry => drop(entry.insert_entry(why)),
        }
    }

    /// Puts a copy in the place of a wallet's file that is damaged, missing, or did not open.
    ///
    /// # Errors
    /// See [`OlderError`].
    pub fn put_back<E: From<OlderError>>(&self, wallet: WalletId, name: &OsStr) -> Result<(), E> {
        let commit = self.commit_lock(wallet);
        let _commit = locked(&commit);
        let unopened = locked(&self.unopened).get(&wallet).copied();
        self.world(|world| older::put_back(world, wallet, name, unopened))?;
        self.opened(wallet);
        Ok(())
    }

    /// Checks the six digits of the wallet that waits for them, and opens it.
    ///
    /// # Errors
    /// [`Locked`] if none waits; see [`SignInError`].
    pub fn sign_in_digits<E: From<SignInError> + From<Locked>>(
        &self,
        digits: &str,
    ) -> Result<(), E> {
        let (epoch, pending) = self
            .take_stage(|stage| match stage {
                Stage::AwaitingDigits(pending) => Ok(pending),
                other => Err(other),
            })
            .ok_or(Locked)?;
        let commit = self.commit_lock(pending.wallet());
        let _commit = locked(&commit);
        match self.world(|world| sign_in::digits(world, &self.waits, pending, digits)) {
            Ok(session) => Ok(self.enter(epoch, session)?),
            Err(DigitsRefused { pending, error }) => {
                // After a lock the wallet does not wait any more, and the error says why the digits
                // failed.
                self.state().put_back(epoch, Stage::AwaitingDigits(pending));
                Err(error.into())
            }
        }
    }

    /// The recovery of this wallet that was interrupted; see [`interrupted::interrupted`].
    pub fn interrupted(&self, wallet: WalletId) -> Option<Interrupted> {
        let commit = self.commit_lock(wallet);
        let _commit = locked(&commit);
        self.world(|world| interrupted::interrupted(world, wallet))
    }

    /// Accepts the entered code for redemption. `view` describes the acceptance.
    ///
    /// # Errors
    /// [`EntryError`] if no whole code was entered; see [`AcceptError`].
    pub fn accept<T, E: From<EntryError> + From<AcceptError> + From<Locked>>(
        &self,
        named: Option<WalletId>,
        view: impl FnOnce(&Acceptance) -> T,
    ) -> Result<T, E> {
        // Without a code everything stays as it is.
        self.entry(|entry| entry.own_code().map(drop))?;
        self.judge_beside_open_wallet::<E>(named)?;
        let (epoch, left) = self.leave_stage();
        // A restore is kept for when the code is not accepted. An open wallet is dropped: it holds
        // the lock that the redemption needs.
        let restoring = match &left {
            Stage::Restoring(restoring) => Some(Arc::clone(restoring)),
            Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Covered(_)
            | Stage::SignedIn(_) => None,
        };
        drop(left);
        let accepted = self.judge::<E>(named);
        if let (Err(_), Some(restoring)) = (&accepted, restoring) {
            let _ = self.set_stage(epoch, Stage::Restoring(restoring));
        }
        let accepted = accepted?;
        let viewed = view(&accepted);
        self.set_stage(epoch, Stage::Accepted(Box::new(accepted)))?;
        Ok(viewed)
    }

    /// An open wallet is left only for a code that opens one.
    fn judge_beside_open_wallet<E: From<EntryError> + From<AcceptError>>(
        &self,
        named: Option<WalletId>,
    ) -> Result<(), E> {
        let Ok((_, open)) = self.open_wallet() else {
            return Ok(());
        };
        let (code, tried) =
            self.entry(|entry| Ok::<_, EntryError>((entry.own_code()?, entry.tried())))?;
        let wallet =
            self.world(|world| redeem::wallet_of(world, &self.waits, named, &code, tried))?;
        if wallet != open {
            return Ok(());
        }
        let commit = self.commit_lock(wallet);
        let _commit = locked(&commit);
        let waits = &self.waits;
        self.world(|world| redeem::would_be_accepted(world, waits, wallet, &code, tried))?;
        Ok(())
    }

    fn judge<E: From<EntryError> + From<AcceptError>>(
        &self,
        named: Option<WalletId>,
    ) -> Result<Acceptance, E> {
        let (code, tried) =
            self.entry(|entry| Ok::<_, EntryError>((entry.own_code()?, entry.tried())))?;
        let wallet =
            self.world(|world| redeem::wallet_of(world, &self.waits, named, &code, tried))?;
        let commit = self.commit_lock(wallet);
        let _commit = locked(&commit);
        let identifier = code.identifier();
        let accepted = self.world(|world| redeem::accept(world, &self.waits, wallet, code, tried));
        match &accepted {
            Ok(_) => self.opened(wallet),
            Err(error) => self.unopened(wallet, older::after_code(error, identifier)),
        }
        Ok(accepted?)
    }

    /// Commits the redemption of the accepted code, and opens the wallet. Returns the folders of
    /// the kits that it ended, which are removed where they can be.
    ///
    /// # Errors
    /// [`RedeemError::Over`] if no code is accepted; see [`RedeemError`].
    pub fn redeem<E: From<RedeemError> + From<Locked>>(
        &self,
        choice: &Choice,
    ) -> Result<Vec<PathBuf>, E> {
        let params = self.params();
        let (epoch, accepted) = self
            .take_stage(|stage| match stage {
                Stage::Accepted(accepted) => Ok(accepted),
                other => Err(other),
            })
            .ok_or(RedeemError::Over)?;
        let commit = self.commit_lock(accepted.wallet());
        let _commit = locked(&commit);
        match self.world(|world| redeem::commit(world, &self.waits, *accepted, choice, params)) {
            Ok(session) => {
                let kits = session.kits().into_iter().map(|kit| kit.folder).collect();
                self.enter(epoch, session)?;
                Ok(kits)
            }
            Err(NotRedeemed { acceptance, error }) => {
                if let Some(accepted) = acceptance {
                    // After a lock the code is not accepted any more, and the error says why it
                    // failed.
                    self.state().put_back(epoch, Stage::Accepted(accepted));
                }
                Err(error.into())
            }
        }
    }

    /// Gives up a redemption or a restore, and clears what was entered. An open wallet stays open,
    /// a covered code stays, and a wallet that waits for its digits waits on.
    pub fn cancel(&self) {
        let now = self.ports.clock.since_boot();
        let left = {
            let mut state = self.state();
            match &state.stage {
                Stage::SignedIn(_) | Stage::AwaitingDigits(_) | Stage::Covered(_) => {
                    (Stage::SignedOut, std::mem::take(&mut state.entry))
                }
                Stage::SignedOut | Stage::Accepted(_) | Stage::Restoring(_) => {
                    state
                        .leave(Stage::SignedOut, entry::Entry::default(), now)
                        .1
                }
            }
        };
        drop(left);
    }

    /// Reads the open wallet without the outside world.
    ///
    /// # Errors
    /// [`Locked`] if none is open.
    pub fn with_session<T>(&self, read: impl FnOnce(&Session) -> T) -> Result<T, Locked> {
        Ok(read(&*self.session()?))
    }

    /// Takes what `wanted` finds out of the stage, to be put back or replaced in the same epoch.
    /// Another stage stays as it is.
    fn take_stage<T>(&self, wanted: impl FnOnce(Stage) -> Result<T, Stage>) -> Option<(u64, T)> {
        let mut state = self.state();
        let stage = std::mem::replace(&mut state.stage, Stage::SignedOut);
        match wanted(stage) {
            Ok(taken) => Some((state.epoch, taken)),
            Err(other) => {
                state.stage = other;
                None
            }
        }
    }

    /// Leaves the stage for another one. What was entered stays. A new epoch begins, so that a
    /// command of an open wallet that is still under way changes no other one.
    fn leave_stage(&self) -> (u64, Stage) {
        let mut state = self.state();
        state.epoch += 1;
        let stage = std::mem::replace(&mut state.stage, Stage::SignedOut);
        (state.epoch, stage)
    }

    pub(crate) fn set_stage(&self, epoch: u64, stage: Stage) -> Result<(), Locked> {
        let now = self.ports.clock.since_boot();
        let set = self.state().set(epoch, stage, now);
        set.then_some(()).ok_or(Locked)
    }
}
