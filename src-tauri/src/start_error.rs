//! Why the program cannot start.

use platform::folders::{FolderProblem, NotCreated};
use serde::Serialize;
use ts_rs::TS;

/// Why the program cannot start.
#[derive(Debug)]
pub(crate) enum StartError {
    /// The system names no home folder.
    NoHome,
    /// A folder cannot be used.
    Folder(NotCreated),
    /// The system's generator delivers nothing.
    NoRandom,
}

impl From<NotCreated> for StartError {
    fn from(error: NotCreated) -> Self {
        Self::Folder(error)
    }
}

/// Why the program cannot start, as the page sees it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StartProblem {
    NoHome,
    Slow,
    FileInPlace,
    DeadLink,
    ReadOnly,
    Denied,
    Full,
    Failed,
    NoRandom,
}

impl From<FolderProblem> for StartProblem {
    fn from(problem: FolderProblem) -> Self {
        match problem {
            FolderProblem::FileInPlace => Self::FileInPlace,
            FolderProblem::DeadLink => Self::DeadLink,
            FolderProblem::ReadOnly => Self::ReadOnly,
            FolderProblem::Denied => Self::Denied,
            FolderProblem::Full => Self::Full,
            FolderProblem::Other => Self::Failed,
        }
    }
}
