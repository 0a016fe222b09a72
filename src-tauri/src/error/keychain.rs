//! Errors of the keychain and its records.

use std::io;

use usecases::mend::MendError;
use usecases::ports::KeychainError;
use usecases::record::RecordError;

use super::CommandError;

impl From<KeychainError> for CommandError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Unreachable => Self::KeychainUnreachable,
            KeychainError::Locked => Self::KeychainLocked,
            KeychainError::TimedOut => Self::KeychainTimedOut,
            KeychainError::Denied => Self::KeychainDenied,
            KeychainError::TooLarge => Self::KeychainFull,
            KeychainError::Several => Self::KeychainSeveral,
            KeychainError::NotKept | KeychainError::Failed => Self::KeychainFailed,
        }
    }
}

impl From<MendError> for CommandError {
    fn from(error: MendError) -> Self {
        match error {
            MendError::Find(error) => error.into(),
            MendError::Lock(error) => error.into(),
            MendError::Record(error) => error.into(),
        }
    }
}

impl From<RecordError> for CommandError {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Keychain(error) => error.into(),
            RecordError::Damaged => Self::KeychainRecordDamaged,
            RecordError::NewerVersion => Self::KeychainRecordNewer,
            RecordError::Disk(kind) => io::Error::from(kind).into(),
        }
    }
}
