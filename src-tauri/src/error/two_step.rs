//! Errors of two-step verification.

use usecases::two_step::TwoStepError;

use super::CommandError;

impl From<TwoStepError> for CommandError {
    fn from(error: TwoStepError) -> Self {
        match error {
            // A set-up guards nothing yet, so its tries need no wait.
            TwoStepError::WrongDigits => Self::WrongDigits { wait_seconds: 0 },
            TwoStepError::Identity(error) => error.into(),
            TwoStepError::Address(_) => Self::Internal,
            TwoStepError::Save(error) => error.into(),
        }
    }
}
