//! Errors of keeping items.

use usecases::items::ItemError;

use super::CommandError;

impl From<ItemError> for CommandError {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::NotFound => Self::ItemNotFound,
            ItemError::TooLong => Self::NoteTooLong,
            ItemError::Save(error) => error.into(),
        }
    }
}
