//! Errors of making, checking and finding kits.

use kit::WriteError;
use usecases::kits::{KitError, MoveError};

use super::CommandError;

impl From<KitError> for CommandError {
    fn from(error: KitError) -> Self {
        match error {
            KitError::Folder => Self::KitFolder,
            KitError::Disk(error) => error.into(),
            KitError::Write(WriteError::TooLarge { .. }) => Self::WalletFull,
            KitError::Write(WriteError::OutOfMemory) => Self::OutOfMemory,
            KitError::Write(WriteError::Age(_)) => Self::Internal,
            KitError::Reopen(_) | KitError::NotKept => Self::KitNotKept,
        }
    }
}

impl From<MoveError> for CommandError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NotLive => Self::KitNotLive,
            MoveError::NotThere => Self::KitNotThere,
            MoveError::Folder => Self::KitFolder,
            MoveError::Save(error) => error.into(),
        }
    }
}
