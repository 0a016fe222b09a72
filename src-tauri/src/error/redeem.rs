//! Errors of judging and redeeming a code.

use usecases::judge::Refusal;
use usecases::redeem::{AcceptError, RedeemError};

use super::{CommandError, seconds};

/// A judged code crosses as its outcome.
impl From<Refusal> for CommandError {
    fn from(error: Refusal) -> Self {
        match error {
            Refusal::Code(refused) => Self::Code {
                outcome: refused.into(),
            },
            Refusal::Wait(error) => error.into(),
            Refusal::Record(error) => error.into(),
            Refusal::Find(error) => error.into(),
            Refusal::Slot(error) => error.into(),
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
