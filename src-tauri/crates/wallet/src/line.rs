//! The line of a wallet file: how often it was saved, and as which commits. It tells an older state
//! of the file from one that went another way, as after an older copy took the file's place.

use serde::{Deserialize, Serialize};

use crate::{CommitId, encoding};

/// Number of commits that are remembered.
const REMEMBERED: usize = 1024;
/// Number of bytes of an id that are remembered. They are compared at one place of the line only.
const PREFIX: usize = 4;

/// The past of a wallet file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    number: u64,
    /// The beginnings of the ids of the last commits, the oldest first.
    #[serde(with = "encoding::bytes")]
    past: Vec<u8>,
}

impl Line {
    /// Whether the file was never saved before.
    pub(crate) fn is_new(&self) -> bool {
        self.number == 0
    }

    /// Number of saves before the present one.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns whether the file had this number when it was this commit. A number from before what
    /// is remembered counts as its own.
    pub fn has(&self, number: u64, commit: CommitId) -> bool {
        number < self.number
            && self
                .beginning(number)
                .is_none_or(|known| commit.as_bytes().starts_with(known))
    }

    /// Returns the line of the save after this one, which was `commit`.
    pub(crate) fn after(&self, commit: CommitId) -> Self {
        let mut past = self.past.clone();
        past.extend(&commit.as_bytes()[..PREFIX]);
        let surplus = past.len().saturating_sub(REMEMBERED * PREFIX);
        past.drain(..surplus);
        Self {
            number: self.number.saturating_add(1),
            past,
        }
    }

    fn beginning(&self, number: u64) -> Option<&[u8]> {
        let back = usize::try_from(self.number.checked_sub(number)?).ok()?;
        let start = self.past.len().checked_sub(back.checked_mul(PREFIX)?)?;
        self.past.get(start..start + PREFIX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(number: u64) -> CommitId {
        let mut bytes = [7; 16];
        bytes[..8].copy_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        CommitId::from_bytes(bytes)
    }

    fn line(saves: u64) -> Line {
        (0..saves).fold(Line::default(), |line, number| line.after(commit(number)))
    }

    #[test]
    fn a_line_knows_its_own_commits_by_their_numbers_and_no_others() {
        let line = line(20);
        assert_eq!(line.number(), 20);
        for number in 0..20 {
            assert!(line.has(number, commit(number)));
            assert!(!line.has(number, commit(number + 1)));
        }
        assert!(!line.has(20, commit(20)) && !line.has(u64::MAX, commit(1)));
    }

    #[test]
    fn what_is_older_than_its_memory_counts_as_its_own() {
        let remembered = u64::try_from(REMEMBERED).unwrap_or(u64::MAX);
        let line = line(remembered + 5);
        assert_eq!(line.past.len(), REMEMBERED * PREFIX);
        assert!(line.has(5, commit(5)) && !line.has(5, commit(6)));
        assert!(line.has(4, commit(4)) && line.has(4, commit(6)));
    }
}
