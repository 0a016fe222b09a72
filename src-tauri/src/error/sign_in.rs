//! Errors of signing in and of confirming identity.

use app::Locked;
use usecases::identity::{IdentityError, IdentityNeeded};
use usecases::sign_in::SignInError;
use usecases::waits::Wait;

use super::{CommandError, seconds};

impl From<Locked> for CommandError {
    fn from(Locked: Locked) -> Self {
        Self::Locked
    }
}

impl From<Wait> for CommandError {
    fn from(Wait { left }: Wait) -> Self {
        let wait_seconds = seconds(left);
        Self::Wait { wait_seconds }
    }
}

impl From<SignInError> for CommandError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wait(error) => error.into(),
            SignInError::WrongPassword { wait } => {
                let wait_seconds = seconds(wait);
                Self::WrongPassword { wait_seconds }
            }
            SignInError::WrongDigits { wait } => {
                let wait_seconds = seconds(wait);
                Self::WrongDigits { wait_seconds }
            }
            SignInError::DigitsNeeded => Self::DigitsNeeded,
            SignInError::DigitsUsed => Self::DigitsUsed,
            SignInError::Find(error) => error.into(),
            SignInError::Lock(error) => error.into(),
            SignInError::Open(error) => error.into(),
        }
    }
}

impl From<IdentityNeeded> for CommandError {
    fn from(IdentityNeeded: IdentityNeeded) -> Self {
        Self::IdentityNeeded
    }
}

impl From<IdentityError> for CommandError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Wait(error) => error.into(),
            IdentityError::WrongPassword { wait } => {
                let wait_seconds = seconds(wait);
                Self::WrongPassword { wait_seconds }
            }
            IdentityError::DigitsNeeded => Self::DigitsNeeded,
            IdentityError::WrongDigits { wait } => {
                let wait_seconds = seconds(wait);
                Self::WrongDigits { wait_seconds }
            }
            IdentityError::DigitsUsed => Self::DigitsUsed,
            IdentityError::Kdf(error) => error.into(),
        }
    }
}
