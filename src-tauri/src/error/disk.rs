//! Errors of the disk and of the wallet files on it.

use std::io;

use usecases::find::FindError;
use usecases::older::OlderError;
use usecases::session::{NotSaved, ReadOnly, SaveError};
use wallet::store::{FolderError, LoadError, LockError, NotReplaced};
use wallet::{FormatError, KdfError, OpenError, SealError, SetPasswordError};

use super::CommandError;

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::DiskReadOnly,
            io::ErrorKind::PermissionDenied => Self::DiskDenied,
            io::ErrorKind::OutOfMemory => Self::OutOfMemory,
            _ => Self::DiskFailed,
        }
    }
}

impl From<FolderError> for CommandError {
    fn from(FolderError(error): FolderError) -> Self {
        error.into()
    }
}

impl From<LockError> for CommandError {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Busy => Self::WalletBusy,
            LockError::ReadOnly(_) => Self::WalletReadOnly,
            LockError::Io(error) => error.into(),
        }
    }
}

impl From<LoadError> for CommandError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Missing => Self::WalletNotFound,
            LoadError::Io(error) => error.into(),
            LoadError::Format(error) => error.into(),
        }
    }
}

impl From<FormatError> for CommandError {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::NewerVersion { .. } => Self::WalletNewerVersion,
            FormatError::TooLarge
            | FormatError::NotAWallet
            | FormatError::Truncated
            | FormatError::HeaderTooLong { .. }
            | FormatError::HeaderMalformed
            | FormatError::HeaderNotCanonical
            | FormatError::KdfOutOfRange
            | FormatError::TooManyCodeSlots
            | FormatError::DoubledSlot
            | FormatError::CodeSlotTooLong
            | FormatError::KeychainName => Self::WalletDamaged,
        }
    }
}

impl From<FindError> for CommandError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::Load(error) => error.into(),
            FindError::Folder(error) => error.into(),
        }
    }
}

/// The wallet was not opened for a reason other than a wrong password, which each operation reports
/// with its wait.
impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::WrongPassword
            | OpenError::WrongCode
            | OpenError::NoSuchSlot
            | OpenError::Damaged => Self::WalletDamaged,
            OpenError::NewerVersion => Self::WalletNewerVersion,
            OpenError::OutOfMemory => Self::OutOfMemory,
        }
    }
}

impl From<KdfError> for CommandError {
    fn from(error: KdfError) -> Self {
        match error {
            KdfError::OutOfMemory { .. } => Self::OutOfMemory,
            KdfError::OutOfRange => Self::Internal,
        }
    }
}

impl From<SetPasswordError> for CommandError {
    fn from(error: SetPasswordError) -> Self {
        match error {
            SetPasswordError::Kdf(error) => error.into(),
            SetPasswordError::Seal(error) => error.into(),
        }
    }
}

impl From<SealError> for CommandError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLarge { .. } => Self::WalletFull,
            SealError::OutOfMemory => Self::OutOfMemory,
            SealError::TooManyCodeSlots
            | SealError::Header(_)
            | SealError::CodeSlot(_)
            | SealError::File => Self::Internal,
        }
    }
}

impl From<NotReplaced> for CommandError {
    fn from(error: NotReplaced) -> Self {
        match error {
            NotReplaced::TooLarge => Self::WalletFull,
            NotReplaced::Io(error) => error.into(),
            NotReplaced::NotKept => Self::DiskFailed,
        }
    }
}

impl From<ReadOnly> for CommandError {
    fn from(ReadOnly: ReadOnly) -> Self {
        Self::WalletReadOnly
    }
}

impl From<OlderError> for CommandError {
    fn from(error: OlderError) -> Self {
        match error {
            OlderError::Gone => Self::OlderCopyGone,
            OlderError::Find(error) => error.into(),
            OlderError::Lock(error) => error.into(),
            OlderError::NotSaved(error) => error.into(),
            OlderError::InPlace(_) => Self::OlderCopyInPlace,
        }
    }
}

impl From<NotSaved> for CommandError {
    fn from(error: NotSaved) -> Self {
        match error {
            NotSaved::ReadOnly(error) => error.into(),
            NotSaved::Seal(error) => error.into(),
            NotSaved::Replace(error) => error.into(),
        }
    }
}

/// A save of an open wallet. Where another change is in place, the operation has a code of its own.
impl From<SaveError> for CommandError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NotSaved(error) => error.into(),
            SaveError::InPlace(_) => Self::InPlace,
        }
    }
}
