//! Errors of judging and redeeming a code.

use usecases::judge::Refusal;
use usecases::redeem::{AcceptError, RedeemError};

use super::{CommandError, seconds};
use crate::outcome::refused;

/// A code that was judged is an outcome, for commands that reply with none.
impl From<Refusal> for CommandError {
    fn from(error: Refusal) -> Self {
        match refused(error) {
            Ok(outcome) => Self::Code { outcome },
            Err(error) => error,
        }
    }
}

impl From<AcceptError> for CommandError {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::Refused(refusal) => refusal.into(),
            AcceptError::Lock(error) => error.into(),
        }
    }
}

impl From<RedeemError> for CommandError {
    fn from(error: RedeemError) -> Self {
        match error {
            RedeemError::Over => Self::AcceptanceOver,
            RedeemError::Refused(refusal) => refusal.into(),
            RedeemError::WrongPassword { wait } => {
                let wait_seconds = seconds(wait);
                Self::PasswordNotPresent { wait_seconds }
            }
            RedeemError::Wait(error) => error.into(),
            RedeemError::Record(error) => error.into(),
            RedeemError::Kdf(error) => error.into(),
            RedeemError::SetPassword(error) => error.into(),
            RedeemError::NotSaved(error) => error.into(),
            RedeemError::InPlace(_) => Self::RedeemInPlace,
            RedeemError::FirstPassword { wait } => {
                let wait_seconds = seconds(wait);
                Self::FirstPassword { wait_seconds }
            }
        }
    }
}
