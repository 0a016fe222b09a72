//! The codes of the open wallet: issue, show, cover, confirm, check, and make sheets again.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use code::{Identifier, SetSize, ShareIndex, Threshold};
use usecases::check::{self, Named, Works};
use usecases::confirm::{self, ConfirmError, Kept, Proof};
use usecases::covered::Covered;
use usecases::identity::{self, IdentityError};
use usecases::issue::{self, IssueError, Terms};
use usecases::judge::Refusal;
use usecases::life::Life;
use usecases::password_change::{self, PasswordChangeError};
use usecases::record::RecordError;
use usecases::remake::{self, RemakeError};
use usecases::shown::Shown;
use usecases::sign_in::SignInError;
use usecases::two_step::{self, Setup, TwoStepError};
use wallet::Password;

use crate::application::{App, Locked};
use crate::entry::EntryError;
use crate::mutex::locked;
use crate::stage::Stage;

/// What a new code is to be.
#[derive(Clone, Copy, Debug)]
pub struct IssueOrder {
    /// How long it works.
    pub life: Life,
    /// The set to split it into; none for one sheet.
    pub set: Option<SetSize>,
    /// With a kit in the folder that was chosen.
    pub kit: bool,
    /// With recovery pages.
    pub pages: bool,
    /// The person agreed to a code that dies sooner than the one it replaces.
    pub sooner_is_fine: bool,
}

/// No folder was chosen for the kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKitFolder;

/// What a check of the entered code or sheets found.
pub enum Checked {
    /// The code works.
    Works(Works),
    /// Sheets that are too few to give the code: they only name it.
    Sheets {
        /// The set's name.
        identifier: Identifier,
        /// Number of sheets that give the code.
        threshold: Threshold,
        /// The letters of the sheets that were entered.
        indices: Vec<ShareIndex>,
        /// Whether the open wallet has a live set of that name.
        named: Named,
    },
}

impl App {
    /// Issues a code and shows it.
    ///
    /// # Errors
    /// See [`IssueError`].
    pub fn issue<E>(&self, order: IssueOrder) -> Result<(), E>
    where
        E: From<Locked> + From<NoKitFolder> + From<IssueError>,
    {
        let kit = match order.kit {
            true => Some(self.kit_folder()?.ok_or(NoKitFolder)?),
            false => None,
        };
        let terms = Terms {
            life: order.life,
            set: order.set,
            kit,
            pages: order.pages,
        };
        self.change(|world, session| {
            issue::issue(world, session, &terms, order.sooner_is_fine).map_err(E::from)
        })?;
        self.watch(self.open_wallet()?.1);
        Ok(())
    }

    /// Makes sheets of a set again from those that were entered, and shows them.
    ///
    /// # Errors
    /// See [`EntryError`] and [`RemakeError`].
    pub fn remake<E>(&self, letters: &[ShareIndex]) -> Result<(), E>
    where
        E: From<Locked> + From<EntryError> + From<RemakeError>,
    {
        let (shares, tried) = self.entry(|entry| {
            let shares = entry.own_shares()?;
            Ok::<_, EntryError>((shares, entry.tried()))
        })?;
        self.change(|world, session| {
            let remade = remake::remake(world, &self.waits, session, &shares, tried, letters);
            remade.map_err(E::from)
        })?;
        self.clear_entry();
        Ok(())
    }

    /// Checks the entered code or sheets without using them up.
    ///
    /// # Errors
    /// See [`EntryError`], [`Refusal`] and [`RecordError`].
    pub fn check<E>(&self) -> Result<Checked, E>
    where
        E: From<Locked> + From<EntryError> + From<Refusal> + From<RecordError>,
    {
        let few = self.entry(|entry| {
            let shares = entry.too_few()?;
            Some((shares.identifier()?, shares.threshold()?, shares.indices()))
        });
        if let Some((identifier, threshold, indices)) = few {
            let named = self.read(|world, session| {
                check::name(world, session, identifier, threshold).map_err(E::from)
            })?;
            return Ok(Checked::Sheets {
                identifier,
                threshold,
                indices,
                named,
            });
        }
        let (code, tried) =
            self.entry(|entry| Ok::<_, EntryError>((entry.own_code()?, entry.tried())))?;
        let works = self.change(|world, session| {
            check::check(world, &self.waits, session, &code, tried).map_err(E::from)
        })?;
        Ok(Checked::Works(works))
    }

    /// Confirms a shown sheet by the group of it that was typed back.
    ///
    /// # Errors
    /// See [`ConfirmError`].
    pub fn confirm_by_group<E>(&self, sheet: usize, typed: &str) -> Result<Kept, E>
    where
        E: From<Locked> + From<ConfirmError>,
    {
        self.change(|world, session| {
            let proof = Proof::Group { sheet, typed };
            confirm::keep(world, session, &proof).map_err(E::from)
        })
    }

    /// Confirms the code, or shown sheets, by what was entered. While a set is shown, each of its
    /// sheets is confirmed on its own, needed for the code or not; a whole code confirms itself.
    /// Sheets of another set are forgotten, so that the next one is judged for itself.
    ///
    /// # Errors
    /// See [`EntryError`] and [`ConfirmError`].
    pub fn confirm_by_entry<E>(&self) -> Result<Kept, E>
    where
        E: From<Locked> + From<EntryError> + From<ConfirmError>,
    {
        let set_shown = self.with_session(|session| session.shown().is_some_and(Shown::is_set))?;
        let by_sheets = set_shown && self.entry(|entry| !entry.is_whole());
        let kept = if by_sheets {
            let (shares, surplus) =
                self.entry(|entry| Ok::<_, EntryError>((entry.own_shares()?, entry.surplus())))?;
            self.change(|world, session| {
                let mut kept = Err(ConfirmError::NothingShown);
                for share in shares.iter().chain(&surplus) {
                    kept = confirm::keep(world, session, &Proof::Share(share));
                    if !matches!(kept, Ok(Kept::Sheet { .. })) {
                        break;
                    }
                }
                if matches!(kept, Err(ConfirmError::WrongCode)) {
                    self.clear_entry();
                }
                kept.map_err(E::from)
            })?
        } else {
            let code = self.entry(|entry| entry.own_code())?;
            self.change(|world, session| {
                confirm::keep(world, session, &Proof::Whole(&code)).map_err(E::from)
            })?
        };
        self.clear_entry();
        Ok(kept)
    }

    /// Confirms the person's identity.
    ///
    /// # Errors
    /// See [`IdentityError`].
    pub fn confirm_identity<E>(&self, password: &Password, digits: Option<&str>) -> Result<(), E>
    where
        E: From<Locked> + From<IdentityError>,
    {
        self.update(|world, session| {
            identity::confirm(world, &self.waits, session, password, digits).map_err(E::from)
        })
    }

    /// Confirms the password alone, for what needs no digits.
    ///
    /// # Errors
    /// See [`IdentityError`].
    pub fn confirm_password<E>(&self, password: &Password) -> Result<(), E>
    where
        E: From<Locked> + From<IdentityError>,
    {
        // A wrong password is counted in the keychain record, which the commit lock guards.
        self.update(|world, session| {
            identity::confirm_password(world, &self.waits, session, password).map_err(E::from)
        })
    }

    /// Changes the password of the open wallet, for the current one and the six digits where they
    /// are set up.
    ///
    /// # Errors
    /// See [`PasswordChangeError`].
    pub fn change_password<E>(
        &self,
        current: (&Password, Option<&str>),
        next: &Password,
    ) -> Result<(), E>
    where
        E: From<Locked> + From<PasswordChangeError>,
    {
        let params = self.params();
        self.change(|world, session| {
            let waits = &self.waits;
            password_change::change(world, waits, session, current, next, params).map_err(E::from)
        })
    }

    /// Begins to set up two-step verification.
    ///
    /// # Errors
    /// See [`TwoStepError`].
    pub fn begin_two_step<E>(&self) -> Result<Arc<Setup>, E>
    where
        E: From<Locked> + From<TwoStepError>,
    {
        let setup = self.read(|world, session| Setup::begin(world, session).map_err(E::from))?;
        let setup = Arc::new(setup);
        let mut state = self.state();
        let open = state.signed_in_mut().ok_or(Locked)?;
        open.setup = Some(Arc::clone(&setup));
        Ok(setup)
    }

    /// Turns two-step verification on with the first digits of the set-up that was begun.
    ///
    /// # Errors
    /// See [`TwoStepError`].
    pub fn confirm_two_step<E>(&self, digits: &str) -> Result<(), E>
    where
        E: From<Locked> + From<TwoStepError>,
    {
        let setup = self.state().signed_in().ok_or(Locked)?.setup.clone();
        let setup = setup.ok_or(TwoStepError::WrongDigits)?;
        self.change(|world, session| {
            two_step::confirm(world, &self.waits, session, &setup, digits).map_err(E::from)
        })?;
        self.forget_setup();
        Ok(())
    }

    /// Postpones two-step verification.
    ///
    /// # Errors
    /// See [`TwoStepError`].
    pub fn postpone_two_step<E>(&self) -> Result<(), E>
    where
        E: From<Locked> + From<TwoStepError>,
    {
        self.forget_setup();
        self.change(|world, session| two_step::postpone(world, session).map_err(E::from))
    }

    fn forget_setup(&self) {
        if let Some(open) = self.state().signed_in_mut() {
            open.setup = None;
        }
    }

    /// Takes the code off the screen for good.
    ///
    /// # Errors
    /// [`Locked`] if no wallet is open.
    pub fn leave_code(&self) -> Result<(), Locked> {
        self.update(|_, session| {
            session.leave();
            Ok(())
        })
    }

    /// Chooses the folder for the next kit.
    pub fn choose_kit_folder(&self, folder: PathBuf) {
        if let Some(open) = self.state().signed_in_mut() {
            open.kit_folder = Some(folder);
        }
    }

    fn kit_folder(&self) -> Result<Option<PathBuf>, Locked> {
        Ok(self.state().signed_in().ok_or(Locked)?.kit_folder.clone())
    }

    /// Chooses the folder for the sheets of a set.
    pub fn choose_sheets_folder(&self, folder: PathBuf) {
        if let Some(open) = self.state().signed_in_mut() {
            open.sheets_folder = Some(folder);
        }
    }

    /// The folder for the sheets of a set, if one was chosen since the wallet was opened.
    ///
    /// # Errors
    /// [`Locked`] without an open wallet.
    pub fn sheets_folder(&self) -> Result<Option<PathBuf>, Locked> {
        let state = self.state();
        Ok(state.signed_in().ok_or(Locked)?.sheets_folder.clone())
    }

    /// How long the shown code stays legible; zero while it is covered.
    pub fn cover_in(&self) -> Duration {
        let now = self.ports.clock.since_boot();
        self.shown(|shown| shown.left(now)).unwrap_or_default()
    }

    /// Covers the shown code.
    pub fn cover(&self) {
        let now = self.ports.clock.since_boot();
        self.shown(|shown| shown.cover(now));
    }

    /// Uncovers the shown code for a while, with the password. If its wallet was locked meanwhile,
    /// it is opened again, with the six digits where they are set up.
    ///
    /// # Errors
    /// See [`IdentityError`] and [`SignInError`]; [`Locked`] if nothing is shown.
    pub fn uncover<E>(&self, password: &Password, digits: Option<&str>) -> Result<(), E>
    where
        E: From<Locked> + From<IdentityError> + From<SignInError>,
    {
        let Some((epoch, covered)) = self.covered_stage() else {
            self.confirm_password::<E>(password)?;
            let now = self.ports.clock.since_boot();
            self.shown(|shown| shown.uncover(now));
            return Ok(());
        };
        let commit = self.commit_lock(covered.wallet());
        let _commit = locked(&commit);
        // The code stays on the stage until the wallet is open: whatever fails, it can be tried
        // again.
        let session = self.world(|world| covered.open(world, &self.waits, password, digits))?;
        Ok(self.enter(epoch, session)?)
    }

    /// Describes the code that is covered while its wallet is locked.
    pub fn covered<T>(&self, view: impl FnOnce(&Covered) -> T) -> Option<T> {
        self.covered_stage().map(|(_, covered)| view(&covered))
    }

    pub(crate) fn covered_stage(&self) -> Option<(u64, Arc<Covered>)> {
        let state = self.state();
        match &state.stage {
            Stage::Covered(covered) => Some((state.epoch, Arc::clone(covered))),
            Stage::SignedOut
            | Stage::AwaitingDigits(_)
            | Stage::Accepted(_)
            | Stage::Restoring(_)
            | Stage::SignedIn(_) => None,
        }
    }

    fn shown<T>(&self, act: impl FnOnce(&Shown) -> T) -> Option<T> {
        self.state().signed_in()?.session.shown().map(act)
    }
}
