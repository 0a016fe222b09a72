//! Confirm identity again: password, and six digits where they are set up, before whatever changes
//! who may enter.
//!
//! | for | asked |
//! |---|---|
//! | issue, make sheets again, two-step verification | password and digits |
//! | a new password | the present password and digits, with the change itself |
//! | revoke, discard | the password: a stolen sheet and a lost phone come together |
//! | print or save codes of another service | the password: they are for a lost phone |
//! | confirm in the session that shows the code | nothing |

use std::time::Duration;

use thiserror::Error;
use wallet::{KdfError, Password, TwoStep};

use crate::World;
use crate::session::Session;
use crate::used_digits::DigitsError;
use crate::waits::{Secret, Wait, Waits};

pub use crate::confirmed_identity::{FRESH, Level};

/// The person has to confirm who they are first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("identity has to be confirmed again")]
pub struct IdentityNeeded;

/// Why identity is not confirmed.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// The try came too early.
    #[error(transparent)]
    Wait(#[from] Wait),
    /// The password is wrong.
    #[error("wrong password")]
    WrongPassword {
        /// The wait before the next try.
        wait: Duration,
    },
    /// Two-step verification is on, and no digits came.
    #[error("the six digits are needed")]
    DigitsNeeded,
    /// The six digits are wrong.
    #[error("wrong digits")]
    WrongDigits {
        /// The wait before the next try.
        wait: Duration,
    },
    /// The six digits were used already, perhaps to sign in; the next ones are accepted.
    #[error("these digits were used already")]
    DigitsUsed,
    /// The password could not be checked.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// Checks password and digits in an open wallet. Holds for [`FRESH`].
pub fn confirm(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    password: &Password,
    digits: Option<&str>,
) -> Result<(), IdentityError> {
    check_password(world, waits, session, password)?;
    check_digits(world, waits, session, digits)?;
    accepted(world, waits, session, Level::Full);
    if matches!(session.two_step(), TwoStep::On(_)) {
        waits.used_digits.keep(world, session);
    }
    Ok(())
}

/// Checks the password alone in an open wallet. Holds for [`FRESH`], for what needs no digits.
pub fn confirm_password(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    password: &Password,
) -> Result<(), IdentityError> {
    check_password(world, waits, session, password)?;
    accepted(world, waits, session, Level::Password);
    Ok(())
}

fn accepted(world: &World<'_>, waits: &Waits, session: &mut Session, level: Level) {
    // Wrong digits count in the same gate.
    if level == Level::Full || !matches!(session.two_step(), TwoStep::On(_)) {
        waits.succeeded(session.wallet(), Secret::Password, None);
    }
    session.identity.now(level, world.clock.since_boot());
}

fn check_digits(
    world: &World<'_>,
    waits: &Waits,
    session: &Session,
    digits: Option<&str>,
) -> Result<(), IdentityError> {
    if let TwoStep::On(secret) = session.two_step() {
        let digits = digits.ok_or(IdentityError::DigitsNeeded)?;
        let wallet = session.wallet();
        let taken = waits.used_digits.take(world, wallet, secret, digits);
        taken.map_err(|error| match error {
            DigitsError::Wrong => IdentityError::WrongDigits {
                wait: waits.failed(world, Some(wallet), Secret::Password),
            },
            DigitsError::Used => IdentityError::DigitsUsed,
        })?;
    }
    Ok(())
}

fn check_password(
    world: &mut World<'_>,
    waits: &Waits,
    session: &Session,
    password: &Password,
) -> Result<(), IdentityError> {
    let wallet = session.wallet();
    waits.check(world, Some(wallet), Secret::Password)?;
    if session.opened.verify_password(password, world.memory)? {
        return Ok(());
    }
    let wait = waits.failed(world, Some(wallet), Secret::Password);
    Err(IdentityError::WrongPassword { wait })
}

/// How long the confirmation still holds.
pub fn left(world: &World<'_>, session: &Session, level: Level) -> Duration {
    let until = session.identity.until(level);
    until.saturating_sub(world.clock.since_boot())
}

/// Fails unless identity was confirmed within [`FRESH`].
pub fn fresh(world: &World<'_>, session: &Session, level: Level) -> Result<(), IdentityNeeded> {
    match left(world, session, level).is_zero() {
        true => Err(IdentityNeeded),
        false => Ok(()),
    }
}
