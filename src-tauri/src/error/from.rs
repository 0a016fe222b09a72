//! Each operation's errors, as the UI is told of them.

use std::io;
use std::time::Duration;

use code::TooFew;
use kit::pages::MakeError;
use scan::ScanError;
use usecases::confirm::ConfirmError;
use usecases::create::CreateError;
use usecases::find::FindError;
use usecases::identity::{IdentityError, IdentityNeeded};
use usecases::issue::IssueError;
use usecases::items::ItemError;
use usecases::kits::{KitError, MoveError};
use usecases::pages::PagesError;
use usecases::password_change::PasswordChangeError;
use usecases::ports::KeychainError;
use usecases::ports::printer::PrintError;
use usecases::record::{End, RecordError};
use usecases::redeem::{RedeemError, Refusal};
use usecases::remake::RemakeError;
use usecases::restore::RestoreError;
use usecases::revoke::RevokeError;
use usecases::session::SaveError;
use usecases::sign_in::SignInError;
use usecases::two_step::TwoStepError;
use usecases::waits::Wait;
use wallet::store::{LoadError, LockError, StoreError};
use wallet::{
    EmailError, FormatError, KdfError, OpenError, PasswordError, SealError, SetPasswordError,
    Timestamp,
};

use super::{CommandError, ErrorCode, seconds};
use crate::commands::PrintTrouble;

/// What a disk error is to a person.
fn disk(error: &io::Error) -> ErrorCode {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem => ErrorCode::DiskReadOnly,
        io::ErrorKind::PermissionDenied => ErrorCode::DiskDenied,
        io::ErrorKind::OutOfMemory => ErrorCode::OutOfMemory,
        _ => ErrorCode::DiskFailed,
    }
}

/// What a keychain record's error is to a person.
pub(crate) fn record_code(error: RecordError) -> ErrorCode {
    match error {
        RecordError::Keychain(KeychainError::Unreachable) => ErrorCode::KeychainUnreachable,
        RecordError::Keychain(KeychainError::Locked) => ErrorCode::KeychainLocked,
        RecordError::Keychain(KeychainError::TimedOut) => ErrorCode::KeychainTimedOut,
        RecordError::Keychain(KeychainError::Denied) => ErrorCode::KeychainDenied,
        RecordError::Keychain(KeychainError::TooLarge) => ErrorCode::KeychainFull,
        RecordError::Damaged => ErrorCode::KeychainRecordDamaged,
        RecordError::NewerVersion => ErrorCode::KeychainRecordNewer,
        _ => ErrorCode::KeychainFailed,
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::new(disk(&error), error.kind())
    }
}

impl From<RecordError> for CommandError {
    fn from(error: RecordError) -> Self {
        Self::new(record_code(error), error)
    }
}

impl From<KitError> for CommandError {
    fn from(error: KitError) -> Self {
        let code = match &error {
            KitError::Folder => ErrorCode::KitFolder,
            KitError::Disk(error) => disk(error),
            KitError::Write(kit::WriteError::TooLarge { .. }) => ErrorCode::WalletFull,
            KitError::Write(kit::WriteError::OutOfMemory) => ErrorCode::OutOfMemory,
            KitError::Write(_) => ErrorCode::Internal,
            _ => ErrorCode::KitNotKept,
        };
        Self::new(code, error)
    }
}

impl From<PrintError> for CommandError {
    fn from(error: PrintError) -> Self {
        let code = match &error {
            PrintError::NoService => ErrorCode::PrintNoService,
            PrintError::RemoteService { .. } => ErrorCode::PrintRemoteService,
            PrintError::NoAnswer => ErrorCode::PrintNoAnswer,
            PrintError::NoPrinter => ErrorCode::PrintNoPrinter,
            PrintError::UnknownPrinter => ErrorCode::PrintUnknownPrinter,
            PrintError::NotAccepting => ErrorCode::PrintNotAccepting,
            PrintError::NotAllowed => ErrorCode::PrintNotAllowed,
            PrintError::FormatRefused => ErrorCode::PrintFormatRefused,
            PrintError::NoRoom => ErrorCode::PrintNoRoom,
            PrintError::CancelledElsewhere { .. } => ErrorCode::PrintCancelled,
            PrintError::GivenUp { .. } => ErrorCode::PrintGivenUp,
            PrintError::NotInTime { withdrawn, .. } => match withdrawn {
                true => ErrorCode::PrintNotInTime,
                false => ErrorCode::PrintStillThere,
            },
            PrintError::Lost => ErrorCode::PrintLost,
            _ => ErrorCode::PrintFailed,
        };
        let (problem, name) = match &error {
            PrintError::GivenUp { problem, .. } | PrintError::NotInTime { problem, .. } => {
                (problem.map(PrintTrouble::from), None)
            }
            PrintError::RemoteService { server } => (None, Some(server.clone())),
            _ => (None, None),
        };
        Self::new(code, error).with(|details| (details.problem, details.name) = (problem, name))
    }
}

impl From<PagesError> for CommandError {
    fn from(error: PagesError) -> Self {
        match error {
            PagesError::NotShown => Self::new(ErrorCode::NoCodeShown, error),
            PagesError::Make(MakeError::TooLarge { size, most }) => {
                Self::new(ErrorCode::PagesTooLarge, "the pages would hold too much")
                    .with(|details| (details.have, details.need) = (Some(size), Some(most)))
            }
            PagesError::Make(MakeError::OutOfMemory) => Self::new(ErrorCode::OutOfMemory, error),
            PagesError::Reopen(_) | PagesError::NotKept => {
                Self::new(ErrorCode::PagesUnreadable, error)
            }
            PagesError::Save(error) => error.into(),
            _ => Self::new(ErrorCode::Internal, error),
        }
    }
}

impl From<MoveError> for CommandError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NotThere => Self::new(ErrorCode::KitNotThere, error),
            MoveError::Folder => Self::new(ErrorCode::KitFolder, error),
            MoveError::Save(error) => error.into(),
            _ => Self::new(ErrorCode::CodeUnknown, error),
        }
    }
}

impl From<kit::OpenError> for CommandError {
    fn from(error: kit::OpenError) -> Self {
        let code = match error {
            kit::OpenError::WrongCode => ErrorCode::RestoreWrongCode,
            kit::OpenError::NotAKit => ErrorCode::RestoreNotAKit,
            kit::OpenError::NotTogether => ErrorCode::RestoreNotTogether,
            kit::OpenError::NewerVersion => ErrorCode::RestoreNewerVersion,
            kit::OpenError::TooCostly { .. } | kit::OpenError::OutOfMemory => {
                ErrorCode::OutOfMemory
            }
            _ => ErrorCode::RestoreDamaged,
        };
        Self::new(code, error)
    }
}

impl From<RestoreError> for CommandError {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::InTheWay(_) => Self::new(ErrorCode::RestoreInTheWay, error),
            RestoreError::NothingToReplace => Self::new(ErrorCode::WalletNotFound, error),
            RestoreError::Store(error) => error.into(),
            RestoreError::Lock(error) => error.into(),
            RestoreError::Record(error) => error.into(),
            RestoreError::Kdf(error) => error.into(),
            RestoreError::Save(error) => error.into(),
            RestoreError::Load(error) => error.into(),
            _ => Self::new(ErrorCode::DiskFailed, error),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::TooLarge => ErrorCode::WalletFull,
            StoreError::Io(error) => disk(error),
            StoreError::Unconfirmed(_) => ErrorCode::DiskUnconfirmed,
            _ => ErrorCode::DiskFailed,
        };
        Self::new(code, error)
    }
}

impl From<LoadError> for CommandError {
    fn from(error: LoadError) -> Self {
        let code = match &error {
            LoadError::Missing => ErrorCode::WalletNotFound,
            LoadError::Io(error) => disk(error),
            LoadError::Format(FormatError::NewerVersion { .. }) => ErrorCode::WalletNewerVersion,
            _ => ErrorCode::WalletDamaged,
        };
        Self::new(code, error)
    }
}

impl From<LockError> for CommandError {
    fn from(error: LockError) -> Self {
        let code = match &error {
            LockError::Io(error) => disk(error),
            _ => ErrorCode::WalletBusy,
        };
        Self::new(code, error)
    }
}

impl From<KdfError> for CommandError {
    fn from(error: KdfError) -> Self {
        Self::new(ErrorCode::OutOfMemory, error)
    }
}

impl From<SealError> for CommandError {
    fn from(error: SealError) -> Self {
        let code = match &error {
            SealError::TooLarge { .. } => ErrorCode::WalletFull,
            SealError::OutOfMemory => ErrorCode::OutOfMemory,
            _ => ErrorCode::Internal,
        };
        Self::new(code, error)
    }
}

impl From<SetPasswordError> for CommandError {
    fn from(error: SetPasswordError) -> Self {
        match error {
            SetPasswordError::Kdf(error) => error.into(),
            SetPasswordError::Seal(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        let code = match &error {
            OpenError::WrongPassword => ErrorCode::WrongPassword,
            OpenError::NewerVersion => ErrorCode::WalletNewerVersion,
            OpenError::OutOfMemory => ErrorCode::OutOfMemory,
            _ => ErrorCode::WalletDamaged,
        };
        Self::new(code, error)
    }
}

impl From<FindError> for CommandError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::Load(error) => error.into(),
            FindError::Store(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<SaveError> for CommandError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Seal(error) => error.into(),
            SaveError::Store(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<EmailError> for CommandError {
    fn from(error: EmailError) -> Self {
        Self::new(ErrorCode::EmailInvalid, error)
    }
}

impl From<PasswordError> for CommandError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::TooShort { have } => {
                Self::new(ErrorCode::PasswordTooShort, error).with(|details| {
                    (details.have, details.need) = (Some(have), Some(wallet::SHORTEST_PASSWORD));
                })
            }
            other => Self::new(ErrorCode::PasswordTooLong, other),
        }
    }
}

impl From<Wait> for CommandError {
    fn from(error: Wait) -> Self {
        Self::waiting(ErrorCode::Wait, error, error.left)
    }
}

impl From<IdentityNeeded> for CommandError {
    fn from(error: IdentityNeeded) -> Self {
        Self::new(ErrorCode::IdentityNeeded, error)
    }
}

impl From<CreateError> for CommandError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::EmailTaken => Self::new(ErrorCode::EmailTaken, error),
            CreateError::Kdf(error) => error.into(),
            CreateError::Store(error) => error.into(),
            CreateError::Lock(error) => error.into(),
            CreateError::Save(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<SignInError> for CommandError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wait(error) => error.into(),
            SignInError::WrongPassword { wait } => {
                Self::waiting(ErrorCode::WrongPassword, error, wait)
            }
            SignInError::WrongDigits { wait } => Self::waiting(ErrorCode::WrongDigits, error, wait),
            SignInError::Find(error) => error.into(),
            SignInError::Lock(error) => error.into(),
            SignInError::Open(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<IdentityError> for CommandError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Wait(error) => error.into(),
            IdentityError::WrongPassword { wait } => {
                Self::waiting(ErrorCode::WrongPassword, error, wait)
            }
            IdentityError::DigitsNeeded => Self::new(ErrorCode::DigitsNeeded, error),
            IdentityError::WrongDigits { wait } => {
                Self::waiting(ErrorCode::WrongDigits, error, wait)
            }
            IdentityError::Kdf(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<TwoStepError> for CommandError {
    fn from(error: TwoStepError) -> Self {
        match error {
            TwoStepError::WrongDigits => {
                Self::waiting(ErrorCode::WrongDigits, error, Duration::ZERO)
            }
            TwoStepError::Identity(error) => error.into(),
            TwoStepError::Save(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<ItemError> for CommandError {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::NotFound => Self::new(ErrorCode::ItemNotFound, error),
            ItemError::TooLong => Self::new(ErrorCode::NoteTooLong, error),
            ItemError::Save(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<PasswordChangeError> for CommandError {
    fn from(error: PasswordChangeError) -> Self {
        match error {
            PasswordChangeError::Identity(error) => error.into(),
            PasswordChangeError::SetPassword(error) => error.into(),
            PasswordChangeError::Save(error) => error.into(),
            PasswordChangeError::Load(error) => error.into(),
            PasswordChangeError::Reopen(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<IssueError> for CommandError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Identity(error) => error.into(),
            IssueError::DiesSooner {
                identifier,
                old,
                new,
            } => Self::of_code(ErrorCode::DiesSooner, error, identifier).with(|details| {
                details.old_expires = old.map(|Timestamp(at)| at);
                details.new_expires = new.map(|Timestamp(at)| at);
            }),
            IssueError::Record(error) => error.into(),
            IssueError::Verifier(error) => Self::new(ErrorCode::OutOfMemory, error),
            IssueError::Save(error) => error.into(),
            IssueError::Load(error) => error.into(),
            IssueError::Reopen(error) => error.into(),
            IssueError::Store(error) => error.into(),
            IssueError::Kit(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<ConfirmError> for CommandError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::NothingShown => Self::new(ErrorCode::NoCodeShown, error),
            ConfirmError::WrongGroup => Self::new(ErrorCode::GroupWrong, error),
            ConfirmError::WrongCode => Self::new(ErrorCode::SheetWrong, error),
            ConfirmError::EachSheet => Self::new(ErrorCode::EachSheet, error),
            ConfirmError::Over { identifier, since } => {
                Self::of_code(ErrorCode::CodeExpired, "the code has expired", identifier)
                    .with(|details| details.at = Some(since.0))
            }
            ConfirmError::Record(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<RevokeError> for CommandError {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::NotLive => Self::new(ErrorCode::CodeUnknown, error),
            RevokeError::Record(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<Refusal> for CommandError {
    fn from(error: Refusal) -> Self {
        let message = error.to_string();
        match error {
            Refusal::Wait(error) => error.into(),
            Refusal::Ended {
                identifier,
                state,
                at,
            } => {
                let code = match state {
                    End::Used => ErrorCode::CodeUsed,
                    End::Expired => ErrorCode::CodeExpired,
                    End::Revoked => ErrorCode::CodeRevoked,
                };
                Self::of_code(code, message, identifier).with(|details| details.at = Some(at.0))
            }
            Refusal::OtherWallet { identifier, .. } => {
                Self::of_code(ErrorCode::CodeUnknown, message, identifier)
            }
            Refusal::Unknown { identifier, wait } => {
                Self::of_code(ErrorCode::CodeUnknown, message, identifier)
                    .with(|details| details.wait_seconds = Some(seconds(wait)))
            }
            Refusal::CandidateWrong { identifier } => {
                Self::of_code(ErrorCode::CandidateWrong, message, identifier)
            }
            Refusal::WithoutKeychain { identifier } => {
                Self::of_code(ErrorCode::CodeWithoutKeychain, message, identifier)
            }
            Refusal::WithoutSlot { identifier } => {
                Self::of_code(ErrorCode::CodeWithoutSlot, message, identifier)
            }
            Refusal::ClockBehind { last } => Self::new(ErrorCode::ClockBehind, message)
                .with(|details| details.last = Some(last.0)),
            Refusal::Record(error) => error.into(),
            Refusal::Find(error) => error.into(),
            Refusal::Open(error) => error.into(),
            _ => Self::new(ErrorCode::Internal, message),
        }
    }
}

impl From<RedeemError> for CommandError {
    fn from(error: RedeemError) -> Self {
        match error {
            RedeemError::Refused(refusal) => refusal.into(),
            RedeemError::Lock(error) => error.into(),
            RedeemError::Over => Self::new(ErrorCode::AcceptanceOver, error),
            RedeemError::NotAccepted => Self::new(ErrorCode::CodeNotEntered, error),
            RedeemError::NotThePresentPassword { wait } => {
                Self::waiting(ErrorCode::PasswordNotPresent, error, wait)
            }
            RedeemError::Wait(error) => error.into(),
            RedeemError::Record(error) => error.into(),
            RedeemError::Kdf(error) => error.into(),
            RedeemError::SetPassword(error) => error.into(),
            RedeemError::Save(error) => error.into(),
            RedeemError::Load(error) => error.into(),
            RedeemError::Reopen(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

impl From<TooFew> for CommandError {
    fn from(error: TooFew) -> Self {
        Self::new(ErrorCode::SheetsMissing, error).with(|details| {
            (details.have, details.need) = (Some(error.have), Some(error.need));
        })
    }
}

impl From<RemakeError> for CommandError {
    fn from(error: RemakeError) -> Self {
        match error {
            RemakeError::Identity(error) => error.into(),
            RemakeError::Sheets => Self::new(ErrorCode::SetSize, error),
            RemakeError::TooFew(error) => error.into(),
            RemakeError::Refused(refusal) => refusal.into(),
            RemakeError::Record(error) => error.into(),
            RemakeError::Save(error) => error.into(),
            other => Self::new(ErrorCode::Internal, other),
        }
    }
}

/// The self-test of a written sheet failed.
impl From<ScanError> for CommandError {
    fn from(error: ScanError) -> Self {
        let code = match error {
            ScanError::Unavailable | ScanError::TooHeavy => ErrorCode::ScannerFailed,
            _ => ErrorCode::SheetUnreadable,
        };
        Self::new(code, error)
    }
}
