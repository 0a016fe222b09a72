//! Errors of keeping items and drafts of them.

use usecases::drafts::{DraftError, Unread};
use usecases::items::ItemError;
use wallet::drafts::DraftsError;

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
