//! Errors of keeping items and drafts of them.

use usecases::drafts::{DraftError, Unread};
use usecases::files::AddError;
use usecases::items::ItemError;
use wallet::drafts::DraftsError;
use wallet::{AddFileError, FILE_BYTES};

use super::CommandError;

impl From<ItemError> for CommandError {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::NotFound => Self::ItemNotFound,
            ItemError::NoSuchVersion => Self::VersionNotFound,
            ItemError::TooLong => Self::ItemTooLarge,
            ItemError::NoSuchLine => Self::LineNotFound,
            ItemError::NoSuchDay => Self::NoSuchDay,
            // The page numbers them.
            ItemError::Ambiguous => Self::Internal,
            ItemError::UnknownFile => Self::FileGone,
            ItemError::Save(error) => error.into(),
        }
    }
}

impl From<DraftError> for CommandError {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::ReadOnly(error) => error.into(),
            DraftError::Unread(error) => error.into(),
            // The page numbers them.
            DraftError::Ambiguous => Self::Internal,
            DraftError::Seal(error) => error.into(),
            DraftError::Io(error) => error.into(),
        }
    }
}

impl From<Unread> for CommandError {
    fn from(error: Unread) -> Self {
        match error {
            Unread::Io(error) => error.into(),
            Unread::Drafts(DraftsError::Damaged) => Self::DraftsDamaged,
            Unread::Drafts(DraftsError::NewerVersion) => Self::DraftsNewer,
        }
    }
}

impl From<AddError> for CommandError {
    fn from(error: AddError) -> Self {
        match error {
            AddError::ReadOnly(error) => error.into(),
            AddError::Add(AddFileError::TooLarge { .. }) => Self::FileTooLarge {
                most: FILE_BYTES.into(),
            },
            AddError::Add(AddFileError::Full { free }) => Self::FilesFull { free },
            AddError::Add(AddFileError::Other) => Self::Internal,
            AddError::Add(AddFileError::OutOfMemory) => Self::OutOfMemory,
        }
    }
}
