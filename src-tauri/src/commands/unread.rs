//! Files that gave nothing, as the page sees them.

use app::files::{FileProblem, Unread};
use serde::Serialize;
use ts_rs::TS;

/// A file that gave nothing.
#[derive(Clone, Serialize, TS)]
#[ts(rename = "Unread")]
pub(crate) struct UnreadView {
    /// None for a picture that was pasted.
    name: Option<String>,
    problem: FileProblemView,
}

/// Why it gave nothing.
#[derive(Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FileProblem")]
pub(crate) enum FileProblemView {
    Empty,
    Unsupported,
    Heic,
    TooLarge,
    TooManyPages,
    Broken,
    EncryptedPdf,
    NoCode,
    NotABackupCode,
    SeveralCodes,
    UnreadableFile,
    TooHeavy,
    NoScanner,
    Unprotected,
    NoKitInFolder,
    TooManyFiles,
    NotAKitFile,
    Kit,
    Pages,
}

impl From<Unread> for UnreadView {
    fn from(unread: Unread) -> Self {
        Self {
            name: unread.name,
            problem: unread.problem.into(),
        }
    }
}

impl From<FileProblem> for FileProblemView {
    fn from(problem: FileProblem) -> Self {
        match problem {
            FileProblem::Empty => Self::Empty,
            FileProblem::Unsupported => Self::Unsupported,
            FileProblem::Heic => Self::Heic,
            FileProblem::TooLarge => Self::TooLarge,
            FileProblem::TooManyPages => Self::TooManyPages,
            FileProblem::Broken => Self::Broken,
            FileProblem::EncryptedPdf => Self::EncryptedPdf,
            FileProblem::NoCode => Self::NoCode,
            FileProblem::NotABackupCode => Self::NotABackupCode,
            FileProblem::SeveralCodes => Self::SeveralCodes,
            FileProblem::UnreadableFile => Self::UnreadableFile,
            FileProblem::TooHeavy => Self::TooHeavy,
            FileProblem::NoScanner => Self::NoScanner,
            FileProblem::Unprotected => Self::Unprotected,
            FileProblem::NoKitInFolder => Self::NoKitInFolder,
            FileProblem::TooManyFiles => Self::TooManyFiles,
            FileProblem::NotAKitFile => Self::NotAKitFile,
            FileProblem::Kit => Self::Kit,
            FileProblem::Pages => Self::Pages,
        }
    }
}
