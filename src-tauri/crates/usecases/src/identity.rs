//! Confirm identity again: password, and six digits where they are set up, before a code is issued.

use std::time::Duration;

use thiserror::Error;
use wallet::{KdfError, Password, TwoStep};

use crate::World;
use crate::session::Session;
use crate::used_digits::DigitsError;
use crate::waits::{Secret, Wait, Waits};

/// How long a confirmation of identity holds.
pub const FRESH: Duration = Duration::from_secs(5 * 60);

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
    waits.succeeded(session.wallet(), Secret::Password, None);
    session.identity_until = Some(world.clock.since_boot().saturating_add(FRESH));
    Ok(())
}

/// Checks the password alone: to uncover a code that is on the screen.
pub fn check_password(
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

/// Fails unless identity was confirmed within [`FRESH`].
pub(crate) fn fresh(world: &World<'_>, session: &Session) -> Result<(), IdentityNeeded> {
    match session.identity_until {
        Some(until) if world.clock.since_boot() < until => Ok(()),
        _ => Err(IdentityNeeded),
    }
}
