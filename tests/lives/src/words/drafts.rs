//! What is said about what is typed and not saved.

use usecases::drafts::{DraftError, Unread};
use wallet::drafts::DraftsError;

use super::{holds, never};
use crate::around::Around;
use crate::oracle::Verdict;

/// `Task::Drafts`. `damaged`: the file may be.
pub fn unread(it: &Around<'_>, damaged: bool, error: &Unread) -> Verdict {
    match error {
        Unread::Io(_) => holds(it.disk, "the drafts cannot be read"),
        Unread::Drafts(DraftsError::Damaged) => holds(damaged, "the drafts are damaged"),
        Unread::Drafts(DraftsError::NewerVersion) => holds(damaged, "the drafts are newer"),
    }
}

/// `Task::Draft` and `Task::DiscardDraft`.
pub fn draft(it: &Around<'_>, damaged: bool, error: &DraftError) -> Verdict {
    match error {
        DraftError::ReadOnly(_) => {
            let read_only = it.open().is_some_and(|open| open.read_only);
            holds(read_only, "the wallet is open for reading only")
        }
        DraftError::Unread(Unread::Drafts(DraftsError::Damaged)) => {
            never("damaged drafts are not replaced")
        }
        DraftError::Unread(error) => unread(it, damaged, error),
        DraftError::Ambiguous => never("two fields have one number"),
        DraftError::Seal(_) => never("the drafts are too large"),
        DraftError::Io(_) => holds(it.disk, "the drafts cannot be written"),
    }
}
