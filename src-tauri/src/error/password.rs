//! Errors of changing the password.

use usecases::password_change::PasswordChangeError;
use usecases::session::SaveError;

use super::CommandError;

impl From<PasswordChangeError> for CommandError {
    fn from(error: PasswordChangeError) -> Self {
        match error {
            PasswordChangeError::Identity(error) => error.into(),
            PasswordChangeError::SetPassword(error) => error.into(),
            PasswordChangeError::Save(SaveError::NotSaved(error)) => error.into(),
            PasswordChangeError::Save(SaveError::InPlace(_)) => Self::PasswordInPlace,
        }
    }
}
