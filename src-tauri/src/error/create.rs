//! Errors of creating a wallet.

use usecases::create::CreateError;
use usecases::session::SaveError;
use wallet::{EmailError, PasswordError};

use super::CommandError;

impl From<EmailError> for CommandError {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Empty | EmailError::TooLong | EmailError::Malformed => Self::EmailInvalid,
        }
    }
}

impl From<PasswordError> for CommandError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::TooShort { have } => Self::PasswordTooShort {
                have,
                need: wallet::SHORTEST_PASSWORD,
            },
            PasswordError::TooLong => Self::PasswordTooLong,
        }
    }
}

impl From<CreateError> for CommandError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::EmailTaken => Self::EmailTaken,
            CreateError::Kdf(error) => error.into(),
            CreateError::Folder(error) => error.into(),
            CreateError::Lock(error) => error.into(),
            CreateError::Save(SaveError::NotSaved(error)) => error.into(),
            CreateError::Save(SaveError::InPlace(_)) => Self::CreateInPlace,
        }
    }
}
