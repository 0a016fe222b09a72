//! Errors of issuing a code, of making sheets of a set again, and of revoking.

use app::NoKitFolder;
use usecases::issue::IssueError;
use usecases::remake::RemakeError;
use usecases::revoke::RevokeError;
use usecases::session::SaveError;

use super::CommandError;

impl From<NoKitFolder> for CommandError {
    fn from(NoKitFolder: NoKitFolder) -> Self {
        Self::KitFolder
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
            } => Self::DiesSooner {
                identifier: identifier.to_string(),
                old_expires: old.map(|at| at.0),
                new_expires: new.map(|at| at.0),
            },
            IssueError::Record(error) => error.into(),
            // Hashing a code fails only where there is no memory for it.
            IssueError::Verifier(_) => Self::OutOfMemory,
            IssueError::Save(SaveError::NotSaved(error)) => error.into(),
            IssueError::Save(SaveError::InPlace(_)) => Self::IssueInPlace,
            IssueError::CopyOutlives => Self::CopyOutlives,
            IssueError::Kit(error) => error.into(),
            IssueError::Folder(error) => error.into(),
        }
    }
}

impl From<RemakeError> for CommandError {
    fn from(error: RemakeError) -> Self {
        match error {
            RemakeError::Identity(error) => error.into(),
            RemakeError::Sheets => Self::SetSize,
            RemakeError::TooFew(error) => error.into(),
            RemakeError::Refused(refusal) => refusal.into(),
            RemakeError::Record(error) => error.into(),
            RemakeError::Save(error) => error.into(),
        }
    }
}

impl From<RevokeError> for CommandError {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::Identity(error) => error.into(),
            RevokeError::NotLive => Self::CodeNotLive,
            RevokeError::ReadOnly(error) => error.into(),
            RevokeError::Record(error) => error.into(),
        }
    }
}
