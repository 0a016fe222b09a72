//! Errors of the e-mail, the copies and the earlier versions of a wallet, and of wallet files from
//! elsewhere.

use std::io;

use usecases::delete::DeleteError;
use usecases::earlier::BesideError;
use usecases::elsewhere::{CopyError, LookError, TakeError};
use usecases::email::EmailChangeError;
use usecases::session::SaveError;
use wallet::FormatError;
use wallet::store::LoadError;

use super::CommandError;

impl From<EmailChangeError> for CommandError {
    fn from(error: EmailChangeError) -> Self {
        match error {
            EmailChangeError::Identity(error) => error.into(),
            EmailChangeError::Taken => Self::EmailTaken,
            EmailChangeError::Folder(error) => error.into(),
            EmailChangeError::Save(error) => error.into(),
        }
    }
}

impl From<CopyError> for CommandError {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::Identity(error) => error.into(),
            CopyError::Load(error) => error.into(),
            CopyError::Open(error) => error.into(),
        }
    }
}

impl From<DeleteError> for CommandError {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::Identity(error) => error.into(),
            DeleteError::ReadOnly(error) => error.into(),
            DeleteError::NotRemoved { codes_ended, .. } => Self::NotDeleted { codes_ended },
            DeleteError::NotConfirmed { codes_ended, .. } => Self::DeleteInPlace { codes_ended },
        }
    }
}

impl From<BesideError> for CommandError {
    fn from(error: BesideError) -> Self {
        match error {
            BesideError::Identity(error) => error.into(),
            BesideError::Gone => Self::EarlierGone,
            BesideError::Kdf(error) => error.into(),
            BesideError::Lock(error) => error.into(),
            BesideError::Save(SaveError::NotSaved(error)) => error.into(),
            BesideError::Save(SaveError::InPlace(_)) => Self::SecondInPlace,
        }
    }
}

impl From<LookError> for CommandError {
    fn from(error: LookError) -> Self {
        match error {
            LookError::Load(LoadError::Missing) => io::Error::from(io::ErrorKind::NotFound).into(),
            LookError::Load(LoadError::Io(error)) => error.into(),
            LookError::Load(LoadError::Format(error)) => match error {
                FormatError::NewerVersion { .. } => Self::WalletNewerVersion,
                // None is as large, and an empty file is truncated.
                FormatError::TooLarge | FormatError::NotAWallet | FormatError::Truncated => {
                    Self::NotAWallet
                }
                FormatError::HeaderTooLong { .. }
                | FormatError::HeaderMalformed
                | FormatError::HeaderNotCanonical
                | FormatError::KdfOutOfRange
                | FormatError::TooManyCodeSlots
                | FormatError::DoubledSlot
                | FormatError::CodeSlotTooLong
                | FormatError::KeychainName => Self::FileDamaged,
            },
            LookError::Folder(error) => error.into(),
            LookError::Here => Self::WalletHere,
        }
    }
}

impl From<TakeError> for CommandError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Here => Self::WalletHere,
            TakeError::Folder(error) => error.into(),
            TakeError::Lock(error) => error.into(),
            TakeError::NotSaved(error) => error.into(),
            TakeError::InPlace(_) => Self::SecondInPlace,
        }
    }
}
