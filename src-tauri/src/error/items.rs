//! Errors of keeping items.

use usecases::items::ItemError;

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
            ItemError::Ambiguous | ItemError::UnknownFile => Self::Internal,
            ItemError::Save(error) => error.into(),
        }
    }
}
