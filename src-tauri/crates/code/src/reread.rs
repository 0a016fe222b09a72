//! Hints for an entry that cannot be corrected: which groups to read again.

use crate::correction::REACH;
use crate::look_alikes;
use crate::symbol::Symbol;
use crate::{GROUP_LENGTH, LENGTH};

/// States how far 60 symbols are from being correctable, and which groups to check first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reread {
    /// Number of characters marked as unreadable.
    pub unreadable: usize,
    /// Lower bound on the number of wrong characters among the others.
    pub wrong: usize,
    /// Lower bound on the number of characters that must be corrected before the rest can be.
    pub too_many: usize,
    /// Groups from 1 to 12 to check first, at most three: those with the most unreadable
    /// characters, then those with the most look-alikes.
    pub groups: Vec<usize>,
}

/// Number of unreadable symbols that the thirteen equations of the checksum can solve for.
const MAX_SOLVABLE: usize = 13;
/// Maximum number of groups to report.
const MAX_GROUPS: usize = 3;

impl Reread {
    /// Judges 60 symbols that no unambiguous codeword matches.
    pub(crate) fn of(typed: &[Option<Symbol>]) -> Reread {
        debug_assert_eq!(typed.len(), LENGTH);
        let unreadable = typed.iter().filter(|symbol| symbol.is_none()).count();
        // Only mistakes within the reach are always corrected. Beyond it, two codes may match
        // equally well without any further mistake.
        let (wrong, too_many) = if unreadable <= REACH {
            ((REACH - unreadable) / 2 + 1, 1)
        } else if unreadable <= MAX_SOLVABLE {
            (0, unreadable - REACH)
        } else {
            (0, unreadable - MAX_SOLVABLE)
        };
        Reread {
            unreadable,
            wrong,
            too_many,
            groups: groups(typed),
        }
    }
}

fn groups(typed: &[Option<Symbol>]) -> Vec<usize> {
    let doubts = |group: &[Option<Symbol>]| {
        let unreadable = group.iter().filter(|symbol| symbol.is_none()).count();
        let doubtful = group.iter().flatten();
        let doubtful = doubtful.filter(|symbol| look_alikes::partner(**symbol).is_some());
        (unreadable, doubtful.count())
    };
    let mut ranked: Vec<_> = typed.chunks(GROUP_LENGTH).map(doubts).zip(1..).collect();
    ranked.retain(|(doubts, _)| *doubts != (0, 0));
    ranked.sort_by_key(|(doubts, group)| (std::cmp::Reverse(*doubts), *group));
    let mut reported: Vec<usize> = ranked
        .into_iter()
        .take(MAX_GROUPS)
        .map(|(_, group)| group)
        .collect();
    reported.sort_unstable();
    reported
}
