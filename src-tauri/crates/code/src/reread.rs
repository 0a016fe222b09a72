//! Where nothing stands alone: what has to be read again.

use crate::correction::REACH;
use crate::look_alikes;
use crate::symbol::Symbol;
use crate::{GROUP_LENGTH, LENGTH};

/// More mistakes than can be corrected. Says how many, and where to look again first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reread {
    /// Characters marked as unreadable.
    pub unreadable: usize,
    /// At least so many of the others are wrong.
    pub wrong: usize,
    /// At least so many characters more than can be corrected: so many of them read aright would help.
    pub too_many: usize,
    /// Groups from 1 to 12 to look at first, at most three: those with the most unreadable characters, then
    /// those with the most that are easily mistaken for another.
    pub groups: Vec<usize>,
}

/// Unreadable symbols that thirteen equations solve for.
const SOLVABLE: usize = 13;
/// Groups that are named.
const NAMED: usize = 3;

impl Reread {
    /// Judges 60 symbols for which no codeword stands alone.
    pub(crate) fn of(typed: &[Option<Symbol>]) -> Reread {
        debug_assert_eq!(typed.len(), LENGTH);
        let unreadable = typed.iter().filter(|symbol| symbol.is_none()).count();
        // Only what is within the reach is always found. Beyond it, two codes may fit what was typed equally well, without a
        // mistake more.
        let (wrong, too_many) = if unreadable <= REACH {
            ((REACH - unreadable) / 2 + 1, 1)
        } else if unreadable <= SOLVABLE {
            (0, unreadable - REACH)
        } else {
            (0, unreadable - SOLVABLE)
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
    let doubt = |group: &[Option<Symbol>]| {
        let unreadable = group.iter().filter(|symbol| symbol.is_none()).count();
        let doubtful = group.iter().flatten();
        let doubtful = doubtful.filter(|symbol| look_alikes::partner(**symbol).is_some());
        (unreadable, doubtful.count())
    };
    let mut ranked: Vec<_> = typed.chunks(GROUP_LENGTH).map(doubt).zip(1..).collect();
    ranked.retain(|(doubt, _)| *doubt != (0, 0));
    ranked.sort_by_key(|(doubt, group)| (std::cmp::Reverse(*doubt), *group));
    let mut named: Vec<usize> = ranked
        .into_iter()
        .take(NAMED)
        .map(|(_, group)| group)
        .collect();
    named.sort_unstable();
    named
}
