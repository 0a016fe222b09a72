//! Two-step verification: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 s, one step of tolerance either way:
//! what every authenticator app has.

use thiserror::Error;
use totp_rs::{Builder, Secret, Totp, TotpError};
use wallet::Event;
use wallet::{Timestamp, TotpSecret, TwoStep};
use zeroize::Zeroizing;

use crate::World;
use crate::identity::{self, IdentityNeeded};
use crate::session::{SaveError, Session};

const ISSUER: &str = "Backup Code";

/// Why two-step verification was not changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TwoStepError {
    /// The six digits are not those that the authenticator app should show.
    #[error("wrong digits")]
    WrongDigits,
    /// The person has not confirmed who they are in the last minutes.
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
}

impl Setup {
    /// A fresh secret of 20 bytes (RFC 4226 §4, R6).
    pub fn begin(world: &mut World<'_>, session: &Session) -> Result<Self, TwoStepError> {
        let secret = TotpSecret::random(world.rng);
        let account = session.email().as_str().replace(':', "_");
        let totp = totp(&secret, &account).map_err(TwoStepError::Address)?;
        Ok(Self { secret, totp })
    }

    /// The `otpauth://` address, which the QR code carries. Shown to be scanned by the authenticator app.
    pub fn address(&self) -> Result<Zeroizing<String>, TwoStepError> {
        self.totp
            .to_url()
            .map(Zeroizing::new)
            .map_err(TwoStepError::Address)
    }

    /// The secret in base32, for typing. Shown to be typed into the authenticator app.
    pub fn key(&self) -> Zeroizing<String> {
        Zeroizing::new(self.totp.secret().to_base32())
    }
}

/// Turns two-step verification on once the six digits show that the authenticator app has the secret. An error leaves
/// `setup` to be tried again.
pub fn confirm(
    world: &mut World<'_>,
    session: &mut Session,
    setup: &mut Option<Setup>,
    digits: &str,
) -> Result<(), TwoStepError> {
    let now = world.clock.now();
    let Some(begun) = setup.take_if(|setup| shows(&setup.totp, digits, now)) else {
        return Err(TwoStepError::WrongDigits);
    };
    // Exposed to be kept in the wallet.
    let secret = TotpSecret::from_bytes(Zeroizing::new(*begun.secret.expose()));
    let changed = change(world, session, TwoStep::On(secret), Event::TwoStepOn);
    if changed.is_err() {
        *setup = Some(begun);
    }
    changed
}

/// Turns two-step verification off; asks for a fresh confirmation of identity.
pub fn turn_off(world: &mut World<'_>, session: &mut Session) -> Result<(), TwoStepError> {
    identity::fresh(world, session)?;
    change(world, session, TwoStep::Later, Event::TwoStepOff)
}

/// Remembers that two-step verification is to be offered later.
pub fn postpone(world: &mut World<'_>, session: &mut Session) -> Result<(), TwoStepError> {
    if !matches!(session.two_step(), TwoStep::OffAfterRecovery) {
        return Ok(());
    }
    session.opened.contents.two_step = TwoStep::Later;
    Ok(session.save(world)?)
}

fn change(
    world: &mut World<'_>,
    session: &mut Session,
    to: TwoStep,
    event: Event,
) -> Result<(), TwoStepError> {
    let before = std::mem::replace(&mut session.opened.contents.two_step, to);
    session.note(world.clock.now(), event);
    if let Err(error) = session.save(world) {
        session.opened.contents.two_step = before;
        session.unnote();
        return Err(error.into());
    }
    Ok(())
}

/// Whether these are the six digits of this time, or of the step before or after.
pub(crate) fn accepts(secret: &TotpSecret, digits: &str, now: Timestamp) -> bool {
    totp(secret, "wallet").is_ok_and(|totp| shows(&totp, digits, now))
}

fn shows(totp: &Totp, digits: &str, now: Timestamp) -> bool {
    let plain: Zeroizing<String> =
        Zeroizing::new(digits.chars().filter(|c| !c.is_whitespace()).collect());
    u64::try_from(now.0).is_ok_and(|now| totp.check(&plain, now).is_some())
}

fn totp(secret: &TotpSecret, account: &str) -> Result<Totp, TotpError> {
    Builder::new()
        // Exposed to compute the digits.
        .with_secret(Secret::from(secret.expose().as_slice()))
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_are_those_of_rfc_6238_appendix_b() {
        let secret = TotpSecret::from_bytes(Zeroizing::new(*b"12345678901234567890"));
        assert!(accepts(&secret, "287082", Timestamp(59)));
        assert!(accepts(&secret, " 081 804 ", Timestamp(1_111_111_109)));
        assert!(!accepts(&secret, "287082", Timestamp(59 + 61)));
        assert!(!accepts(&secret, "28708", Timestamp(59)));
        assert!(!accepts(&secret, "", Timestamp(59)));
    }
}
