//! Errors of restoring from a kit or from pages.

use app::restoring::RestoringError;
use usecases::restore::RestoreError;

use super::CommandError;
use crate::outcome::CodeOutcome;

impl From<RestoringError> for CommandError {
    fn from(error: RestoringError) -> Self {
        match error {
            RestoringError::NothingWhole => Self::RestoreIncomplete,
            RestoringError::WrongCode { identifier } => Self::Code {
                outcome: CodeOutcome::OpensNoCopy {
                    identifier: identifier.to_string(),
                },
            },
            RestoringError::Open(error) => error.into(),
            RestoringError::Costly { bytes } => Self::RestoreCostly {
                gibibytes: bytes.div_ceil(1 << 30),
            },
        }
    }
}

impl From<kit::OpenError> for CommandError {
    fn from(error: kit::OpenError) -> Self {
        match error {
            kit::OpenError::NotAKit | kit::OpenError::WrongCode => Self::RestoreNotAKit,
            kit::OpenError::TooCostly { .. } => Self::RestoreTooCostly,
            kit::OpenError::OutOfMemory => Self::OutOfMemory,
            kit::OpenError::NotTogether => Self::RestoreNotTogether,
            kit::OpenError::Damaged => Self::RestoreDamaged,
            kit::OpenError::NewerVersion => Self::RestoreNewerVersion,
        }
    }
}

impl From<RestoreError> for CommandError {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::InTheWay(_) => Self::RestoreInTheWay,
            RestoreError::NothingToReplace => Self::RestoreNothingToReplace,
            RestoreError::Folder(error) => error.into(),
            RestoreError::Lock(error) => error.into(),
            RestoreError::Record(error) => error.into(),
            RestoreError::Kdf(error) => error.into(),
            RestoreError::NotSaved(error) => error.into(),
            RestoreError::InPlace(_) => Self::RestoreInPlace,
            // A copy can be opened anywhere, so its tries need no wait.
            RestoreError::FirstPassword => Self::FirstPassword { wait_seconds: 0 },
        }
    }
}
