//! Two-step verification: set it up, replace it, postpone it, turn it off.

use std::time::Duration;

use thiserror::Error;
use totp_rs::{Totp, TotpError};
use wallet::{Event, TotpSecret, TwoStep};
use zeroize::Zeroizing;

use crate::World;
use crate::identity::{self, IdentityNeeded, Level};
use crate::session::{SaveError, Session, note};
use crate::totp::{shown, totp};
use crate::waits::Waits;

/// Why two-step verification was not changed.
#[derive(Debug, Error)]
pub enum TwoStepError {
    /// The six digits are not the ones that the authenticator app should show.
    #[error("wrong digits")]
    WrongDigits,
    /// Identity has not been confirmed recently.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// The authenticator's address could not be written.
    #[error("the address for the authenticator app could not be written")]
    Address(#[source] TotpError),
    /// The wallet could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// A set-up that waits for the first six digits.
pub struct Setup {
    secret: TotpSecret,
    totp: Totp,
    /// Until when it may be finished, as a time since boot.
    until: Duration,
}

impl Setup {
    /// Draws a secret of 20 bytes (RFC 4226 §4, R6). Asks for a fresh confirmation of identity,
    /// which holds for this set-up as long as one does.
    pub fn begin(world: &mut World<'_>, session: &Session) -> Result<Self, TwoStepError> {
        identity::fresh(world, session, Level::Full)?;
        let secret = TotpSecret::random(world.rng);
        let account = session.email().as_str().replace(':', "_");
        let totp = totp(&secret, &account).map_err(TwoStepError::Address)?;
        Ok(Self {
            secret,
            totp,
            until: world.clock.since_boot().saturating_add(identity::FRESH),
        })
    }

    /// The `otpauth://` address that the QR code carries, for the authenticator app to scan.
    pub fn address(&self) -> Result<Zeroizing<String>, TwoStepError> {
        self.totp
            .to_url()
            .map(Zeroizing::new)
            .map_err(TwoStepError::Address)
    }

    /// The secret in base32, to be typed into the authenticator app.
    pub fn key(&self) -> Zeroizing<String> {
        Zeroizing::new(self.totp.secret().to_base32())
    }
}

/// Turns two-step verification on once the six digits show that the authenticator app has the
/// secret. After an error the same set-up can be tried again.
pub fn confirm(
    world: &mut World<'_>,
    waits: &Waits,
    session: &mut Session,
    setup: &Setup,
    digits: &str,
) -> Result<(), TwoStepError> {
    if world.clock.since_boot() >= setup.until {
        return Err(IdentityNeeded.into());
    }
    let step = shown(&setup.totp, digits, world.clock.now()).ok_or(TwoStepError::WrongDigits)?;
    // Exposed to be kept in the wallet.
    let secret = TotpSecret::from_bytes(Zeroizing::new(*setup.secret.expose()));
    let changed = change(world, session, TwoStep::On(secret), Some(Event::TwoStepOn));
    // What is in place counts, verified or not: its digits open nothing once more.
    if !matches!(changed, Err(TwoStepError::Save(SaveError::NotSaved(_)))) {
        waits.used_digits.set_up(session.wallet(), step);
        waits.used_digits.keep(world, session);
    }
    changed
}

/// Turns two-step verification off; asks for a fresh confirmation of identity.
pub fn turn_off(world: &mut World<'_>, session: &mut Session) -> Result<(), TwoStepError> {
    identity::fresh(world, session, Level::Full)?;
    change(world, session, TwoStep::Later, Some(Event::TwoStepOff))
}

/// Remembers that two-step verification is to be offered later.
pub fn postpone(world: &mut World<'_>, session: &mut Session) -> Result<(), TwoStepError> {
    match session.two_step() {
        TwoStep::OffAfterRecovery => change(world, session, TwoStep::Later, None),
        TwoStep::On(_) | TwoStep::Later => Ok(()),
    }
}

fn change(
    world: &mut World<'_>,
    session: &mut Session,
    to: TwoStep,
    event: Option<Event>,
) -> Result<(), TwoStepError> {
    let now = world.clock.now();
    session.change(world, |opened, _| {
        opened.contents.two_step = to;
        if let Some(event) = event {
            note(opened, now, event);
        }
        Ok(())
    })
}
