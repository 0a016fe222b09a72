//! Typing slips that are one mistake to the user but many to the decoder.

use zeroize::Zeroizing;

use crate::symbol::Symbol;
use crate::{GROUP_LENGTH, GROUPS, LENGTH};

/// A slip made while typing. Positions count from 1 over the 60 intended characters, groups from 1
/// to 12.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A character was left out.
    Missing {
        /// Position at which it belongs.
        position: usize,
    },
    /// An extra character was typed.
    Extra {
        /// Position among the 61 typed characters.
        position: usize,
    },
    /// Two adjacent characters were swapped.
    NeighboursSwapped {
        /// Position of the first of the two.
        position: usize,
    },
    /// Two adjacent groups were swapped.
    GroupsSwapped {
        /// Number of the first of the two.
        group: usize,
    },
    /// A group was typed twice.
    GroupTwice {
        /// Number of the group.
        group: usize,
    },
    /// A group was left out.
    GroupMissing {
        /// Number of the group.
        group: usize,
    },
}

/// 60 symbols with the slip undone. Secret.
pub(crate) type Repaired = Zeroizing<Vec<Option<Symbol>>>;

/// Calls `each` for every slip possible with this number of symbols, with the symbols after undoing
/// it.
pub(crate) fn undo_each(typed: &[Option<Symbol>], each: &mut dyn FnMut(Slip, Repaired)) {
    match typed.len() {
        LENGTH => undo_swaps(typed, each),
        SHORT_ONE => {
            for at in 0..LENGTH {
                let slip = Slip::Missing { position: at + 1 };
                each(slip, with_unreadable(typed, at, 1));
            }
        }
        LONG_ONE => {
            for at in 0..LONG_ONE {
                let slip = Slip::Extra { position: at + 1 };
                each(slip, without(typed, at, 1));
            }
        }
        SHORT_GROUP => {
            for group in 0..GROUPS {
                let slip = Slip::GroupMissing { group: group + 1 };
                each(
                    slip,
                    with_unreadable(typed, group * GROUP_LENGTH, GROUP_LENGTH),
                );
            }
        }
        LONG_GROUP => undo_repetition(typed, each),
        _ => {}
    }
}

const SHORT_ONE: usize = LENGTH - 1;
const LONG_ONE: usize = LENGTH + 1;
const SHORT_GROUP: usize = LENGTH - GROUP_LENGTH;
const LONG_GROUP: usize = LENGTH + GROUP_LENGTH;

fn undo_swaps(typed: &[Option<Symbol>], each: &mut dyn FnMut(Slip, Repaired)) {
    for group in 1..GROUPS {
        let mut repaired = copy(typed);
        let (one, other) = repaired.split_at_mut(group * GROUP_LENGTH);
        let start = one.len() - GROUP_LENGTH;
        one[start..].swap_with_slice(&mut other[..GROUP_LENGTH]);
        each(Slip::GroupsSwapped { group }, repaired);
    }
    for position in 1..LENGTH {
        if typed[position - 1] != typed[position] {
            let mut repaired = copy(typed);
            repaired.swap(position - 1, position);
            each(Slip::NeighboursSwapped { position }, repaired);
        }
    }
}

/// Treats a group as repeated if most of its symbols equal those of another group. The comparison
/// is not exact because either copy may contain a mistake.
fn undo_repetition(typed: &[Option<Symbol>], each: &mut dyn FnMut(Slip, Repaired)) {
    let groups: Vec<&[Option<Symbol>]> = typed.chunks(GROUP_LENGTH).collect();
    for (at, group) in groups.iter().enumerate() {
        let resembles = |other: &usize| {
            let same = groups[*other].iter().zip(*group).filter(|(a, b)| a == b);
            *other != at && 2 * same.count() > GROUP_LENGTH
        };
        if let Some(kept) = (0..groups.len()).find(resembles) {
            let group = if kept < at { kept + 1 } else { kept };
            let repaired = without(typed, at * GROUP_LENGTH, GROUP_LENGTH);
            each(Slip::GroupTwice { group }, repaired);
        }
    }
}

fn copy(typed: &[Option<Symbol>]) -> Repaired {
    Zeroizing::new(typed.to_vec())
}

fn with_unreadable(typed: &[Option<Symbol>], at: usize, count: usize) -> Repaired {
    let (before, after) = typed.split_at(at);
    // Concatenated in one allocation: a vector that grows leaves copies that are not zeroized.
    Zeroizing::new([before, &[None; GROUP_LENGTH][..count], after].concat())
}

fn without(typed: &[Option<Symbol>], at: usize, count: usize) -> Repaired {
    Zeroizing::new([&typed[..at], &typed[at + count..]].concat())
}
