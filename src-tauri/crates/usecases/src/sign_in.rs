//! Sign in: password, then six digits where they are set up.

use std::time::Duration;

use thiserror::Error;
use wallet::store::{LockError, WalletLock};
use wallet::{OpenError, Opened, Password, TwoStep, WalletId};

use crate::World;
use crate::find::{self, FindError};
use crate::kits;
use crate::session::Session;
use crate::settle;
use crate::two_step;
use crate::waits::{Secret, Wait, Waits};

/// Why somebody is not signed in.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SignInError {
    /// The try came too early.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// The password is wrong.
    #[error("wrong password")]
    WrongPassword {
        /// The wait before the next try.
        wait: Duration,
    },
    /// The six digits are wrong.
    #[error("wrong digits")]
    WrongDigits {
        /// The wait before the next try.
        wait: Duration,
    },
    /// The wallet cannot be read.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The wallet could not be opened for another reason than the password.
    #[error(transparent)]
    Open(OpenError),
}

/// What the password led to.
pub enum Step {
    /// The wallet is open.
    Open(Box<Session>),
    /// The six digits are asked.
    Digits(Box<Pending>),
}

/// The password was right; the six digits are missing.
pub struct Pending {
    opened: Opened,
    lock: WalletLock,
}

/// Opens a wallet by its password. The keychain is asked, and its absence tolerated.
pub fn password(
    world: &mut World<'_>,
    waits: &mut Waits,
    wallet: WalletId,
    password: &Password,
) -> Result<Step, SignInError> {
    waits.check(world, Some(wallet), Secret::Password)?;
    // Before the lock, so that a wallet that is not there gets no lock file.
    find::load(world, wallet)?;
    let lock = WalletLock::acquire(world.disk, &find::path(world, wallet))?;
    let sealed = find::load(world, wallet)?;
    let opened = match sealed.open_with_password(password, world.memory) {
        Ok(opened) => opened,
        Err(OpenError::WrongPassword) => {
            let wait = waits.failed(world, Some(wallet), Secret::Password);
            return Err(SignInError::WrongPassword { wait });
        }
        Err(other) => return Err(SignInError::Open(other)),
    };
    let pending = Pending { opened, lock };
    match pending.opened.contents.two_step {
        TwoStep::On(_) => Ok(Step::Digits(Box::new(pending))),
        _ => Ok(Step::Open(Box::new(finish(world, waits, pending)))),
    }
}

impl Pending {
    /// The wallet that waits for its digits.
    pub fn wallet(&self) -> WalletId {
        self.opened.header().wallet_id
    }
}

/// Gives the six digits. Wrong ones leave `pending` to be tried again.
pub fn digits(
    world: &mut World<'_>,
    waits: &mut Waits,
    pending: &mut Option<Box<Pending>>,
    digits: &str,
) -> Result<Option<Session>, SignInError> {
    let Some(waiting) = pending.take() else {
        return Ok(None);
    };
    let wallet = waiting.wallet();
    let outcome = waits
        .check(world, Some(wallet), Secret::Password)
        .map_err(SignInError::from);
    let outcome = outcome.and_then(|()| {
        let TwoStep::On(secret) = &waiting.opened.contents.two_step else {
            return Ok(());
        };
        if two_step::accepts(secret, digits, world.clock.now()) {
            return Ok(());
        }
        let wait = waits.failed(world, Some(wallet), Secret::Password);
        Err(SignInError::WrongDigits { wait })
    });
    match outcome {
        Ok(()) => Ok(Some(finish(world, waits, *waiting))),
        Err(error) => {
            *pending = Some(waiting);
            Err(error)
        }
    }
}

fn finish(world: &mut World<'_>, waits: &mut Waits, pending: Pending) -> Session {
    let path = find::path(world, pending.wallet());
    let mut session = Session::new(pending.opened, path, pending.lock, false);
    settle::at_sign_in(world, waits, &mut session);
    // A drive that was away at the last save may be back.
    kits::refresh(world, &mut session);
    session
}
