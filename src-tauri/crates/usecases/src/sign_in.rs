//! Sign in: password, then six digits if two-step verification is on.

use std::time::Duration;

use thiserror::Error;
use wallet::store::{Access, LockError, WalletLock};
use wallet::{Email, OpenError, Opened, Password, TwoStep, WalletId};

use crate::World;
use crate::drafts;
use crate::find::{self, FindError};
use crate::session::Session;
use crate::settle;
use crate::used_digits::DigitsError;
use crate::waits::{Secret, Wait, Waits};

/// Why a sign-in failed.
#[derive(Debug, Error)]
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
    /// Two-step verification is on, and no digits came.
    #[error("the six digits are needed")]
    DigitsNeeded,
    /// The six digits were used already; the next ones open.
    #[error("these digits were used already")]
    DigitsUsed,
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

/// The step after the password.
pub enum Step {
    /// The wallet is open.
    Open(Box<Session>),
    /// The six digits are required.
    Digits(Box<Pending>),
}

/// A wallet whose password was right, and whose six digits are missing.
pub struct Pending {
    opened: Opened,
    access: Access,
}

/// The six digits were not accepted. They can be tried again with what is returned.
pub struct DigitsRefused {
    /// The wallet that still waits for its digits.
    pub pending: Box<Pending>,
    /// The reason.
    pub error: SignInError,
}

/// Opens a wallet with its password. A missing keychain is tolerated, and so is a folder that
/// cannot be written: then the wallet is open for reading only.
pub fn password(
    world: &mut World<'_>,
    waits: &Waits,
    wallet: WalletId,
    password: &Password,
) -> Result<Step, SignInError> {
    // Before the lock, so that a missing wallet gets no lock file.
    find::load(world, wallet)?;
    let access = WalletLock::acquire_or_read(world.disk, &find::path(world, wallet))?;
    let opened = open(world, waits, wallet, password)?;
    let pending = Pending { opened, access };
    match pending.opened.contents.two_step {
        TwoStep::On(_) => Ok(Step::Digits(Box::new(pending))),
        TwoStep::Later | TwoStep::OffAfterRecovery => {
            Ok(Step::Open(Box::new(finish(world, waits, pending))))
        }
    }
}

/// Opens a wallet's file with its password.
pub(crate) fn open(
    world: &mut World<'_>,
    waits: &Waits,
    wallet: WalletId,
    password: &Password,
) -> Result<Opened, SignInError> {
    waits.check(world, Some(wallet), Secret::Password)?;
    let sealed = find::load(world, wallet)?;
    match sealed.open_with_password(password, world.memory) {
        Ok(opened) => {
            world.opened(opened.header());
            Ok(opened)
        }
        Err(OpenError::WrongPassword) => {
            let wait = waits.failed(world, Some(wallet), Secret::Password);
            Err(SignInError::WrongPassword { wait })
        }
        Err(other) => Err(SignInError::Open(other)),
    }
}

impl Pending {
    /// The wallet's id.
    pub fn wallet(&self) -> WalletId {
        self.opened.header().wallet_id
    }

    /// The wallet's e-mail.
    pub fn email(&self) -> &Email {
        &self.opened.header().email
    }
}

/// Checks the six digits and opens the wallet.
pub fn digits(
    world: &mut World<'_>,
    waits: &Waits,
    pending: Box<Pending>,
    digits: &str,
) -> Result<Session, DigitsRefused> {
    match check_digits(world, waits, &pending.opened, Some(digits)) {
        Ok(()) => Ok(finish(world, waits, *pending)),
        Err(error) => Err(DigitsRefused { pending, error }),
    }
}

/// Checks the six digits of a wallet that has them.
pub(crate) fn check_digits(
    world: &mut World<'_>,
    waits: &Waits,
    opened: &Opened,
    digits: Option<&str>,
) -> Result<(), SignInError> {
    let TwoStep::On(secret) = &opened.contents.two_step else {
        return Ok(());
    };
    let wallet = opened.header().wallet_id;
    waits.check(world, Some(wallet), Secret::Password)?;
    let digits = digits.ok_or(SignInError::DigitsNeeded)?;
    let taken = waits.used_digits.take(world, wallet, secret, digits);
    taken.map_err(|error| match error {
        DigitsError::Wrong => SignInError::WrongDigits {
            wait: waits.failed(world, Some(wallet), Secret::Password),
        },
        DigitsError::Used => SignInError::DigitsUsed,
    })
}

fn finish(world: &mut World<'_>, waits: &Waits, pending: Pending) -> Session {
    let path = find::path(world, pending.wallet());
    let mut session = Session::new(pending.opened, path, pending.access, false);
    session.signed_in(world.clock.now());
    settle::at_sign_in(world, waits, &mut session);
    drafts::tidy(world, &session);
    session
}
