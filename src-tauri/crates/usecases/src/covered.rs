//! A code that stays on the screen, covered, while its wallet is locked.

use std::sync::Arc;

use code::Identifier;
use wallet::store::WalletLock;
use wallet::{Email, Password, Timestamp, TwoStep, WalletId};

use crate::World;
use crate::find;
use crate::record::Record;
use crate::session::Session;
use crate::settle;
use crate::shown::Shown;
use crate::sign_in::{self, SignInError};
use crate::waits::Waits;

/// The code, and the wallet's lock against other processes. Nothing else of the wallet is in
/// memory.
pub struct Covered {
    wallet: WalletId,
    email: Email,
    lock: Arc<WalletLock>,
    recovered: bool,
    digits: bool,
    shown: Shown,
}

impl Session {
    /// Leaves nothing but the code on the screen, which is covered from `now`, a time since boot.
    /// `None` where no code is shown.
    pub fn all_but_shown(&self, now: std::time::Duration) -> Option<Covered> {
        let shown = self.shown.clone()?;
        shown.cover(now);
        Some(Covered {
            wallet: self.wallet(),
            email: self.email().clone(),
            lock: Arc::clone(self.lock.as_ref()?),
            recovered: self.recovered(),
            digits: matches!(self.two_step(), TwoStep::On(_)),
            shown,
        })
    }
}

impl Covered {
    /// The wallet's id.
    pub fn wallet(&self) -> WalletId {
        self.wallet
    }

    /// The wallet's e-mail.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// The code's name.
    pub fn identifier(&self) -> Identifier {
        self.shown.identifier
    }

    /// When the code stops working; `None`: until used.
    pub fn expires(&self) -> Option<Timestamp> {
        self.shown.expires
    }

    /// Whether the sheets are of a code that works already.
    pub fn remade(&self) -> bool {
        self.shown.remade
    }

    /// Whether the six digits are needed beside the password.
    pub fn needs_digits(&self) -> bool {
        self.digits
    }

    /// Opens the wallet again and uncovers the code, for the password and the six digits where they
    /// are set up. A code that ended meanwhile is not shown any more.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub fn open(
        &self,
        world: &mut World<'_>,
        waits: &Waits,
        password: &Password,
        digits: Option<&str>,
    ) -> Result<Session, SignInError> {
        let wallet = self.wallet;
        let opened = sign_in::open(world, waits, wallet, password)?;
        sign_in::check_digits(world, waits, &opened, digits)?;
        let path = find::path(world, wallet);
        let mut session =
            Session::locked_by(opened, path, Some(Arc::clone(&self.lock)), self.recovered);
        settle::at_sign_in(world, waits, &mut session);
        let record = Record::read(world.keychain, wallet).ok().flatten();
        let ended = record.is_some_and(|record| record.entry(self.identifier()).is_none());
        if !ended {
            self.shown.uncover(world.clock.since_boot());
            session.shown = Some(self.shown.clone());
        }
        Ok(session)
    }
}
