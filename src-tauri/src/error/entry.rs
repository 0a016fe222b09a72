//! Errors of entering a code or the sheets of a set.

use app::entry::EntryError;
use code::TooFew;

use super::CommandError;

impl From<EntryError> for CommandError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::NotEntered => Self::CodeNotEntered,
            EntryError::SheetsMissing(error) => error.into(),
            EntryError::SharesNeeded => Self::SharesNeeded,
        }
    }
}

impl From<TooFew> for CommandError {
    fn from(TooFew { have, need }: TooFew) -> Self {
        Self::SheetsMissing { have, need }
    }
}
