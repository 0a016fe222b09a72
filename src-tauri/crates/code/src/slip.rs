//! Slips of the hand that are one mistake to a person and many to the algebra.

use zeroize::Zeroizing;

use crate::symbol::Symbol;
use crate::{GROUP_LENGTH, GROUPS, LENGTH};

/// What happened while the code was typed. Positions count from 1 over the 60 characters meant, groups from
/// 1 to 12.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// One character was left out.
    Missing {
        /// Where it belongs.
        position: usize,
    },
    /// One character too many.
    Extra {
        /// Which of the 61 typed.
        position: usize,
    },
    /// Two neighbours were typed in each other's place.
    NeighboursSwapped {
        /// The first of the two.
        position: usize,
    },
    /// Two neighbouring groups were typed in each other's place.
    GroupsSwapped {
        /// The first of the two.
        group: usize,
    },
    /// A group was typed twice.
    GroupTwice {
        /// Which one.
        group: usize,
    },
    /// A group was left out.
    GroupMissing {
        /// Which one.
        group: usize,
    },
}

/// What was typed with the slip undone: 60 symbols. Secret.
pub(crate) type Straight = Zeroizing<Vec<Option<Symbol>>>;

/// Calls `each` with every slip that the number of symbols allows, and what was meant if it was that one.
pub(crate) fn undo_each(typed: &[Option<Symbol>], each: &mut dyn FnMut(Slip, Straight)) {
    match typed.len() {
        LENGTH => swapped(typed, each),
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
        LONG_GROUP => twice(typed, each),
        _ => {}
    }
}

const SHORT_ONE: usize = LENGTH - 1;
const LONG_ONE: usize = LENGTH + 1;
const SHORT_GROUP: usize = LENGTH - GROUP_LENGTH;
const LONG_GROUP: usize = LENGTH + GROUP_LENGTH;

fn swapped(typed: &[Option<Symbol>], each: &mut dyn FnMut(Slip, Straight)) {
    for group in 1..GROUPS {
        let mut straight = copy(typed);
        let (one, other) = straight.split_at_mut(group * GROUP_LENGTH);
        let start = one.len() - GROUP_LENGTH;
        one[start..].swap_with_slice(&mut other[..GROUP_LENGTH]);
        each(Slip::GroupsSwapped { group }, straight);
    }
    for position in 1..LENGTH {
        if typed[position - 1] != typed[position] {
            let mut straight = copy(typed);
            straight.swap(position - 1, position);
            each(Slip::NeighboursSwapped { position }, straight);
        }
    }
}

/// A group counts as typed twice if another one resembles it in most of its symbols: the two were typed
/// from the same five, and either may hold a mistake.
fn twice(typed: &[Option<Symbol>], each: &mut dyn FnMut(Slip, Straight)) {
    let groups: Vec<&[Option<Symbol>]> = typed.chunks(GROUP_LENGTH).collect();
    for (at, group) in groups.iter().enumerate() {
        let resembles = |other: &usize| {
            let same = groups[*other].iter().zip(*group).filter(|(a, b)| a == b);
            *other != at && 2 * same.count() > GROUP_LENGTH
        };
        if let Some(kept) = (0..groups.len()).find(resembles) {
            let group = if kept < at { kept + 1 } else { kept };
            let straight = without(typed, at * GROUP_LENGTH, GROUP_LENGTH);
            each(Slip::GroupTwice { group }, straight);
        }
    }
}

fn copy(typed: &[Option<Symbol>]) -> Straight {
    Zeroizing::new(typed.to_vec())
}

fn with_unreadable(typed: &[Option<Symbol>], at: usize, count: usize) -> Straight {
    let (before, after) = typed.split_at(at);
    // Joined in one allocation: a vector that grows leaves unwiped copies behind.
    Zeroizing::new([before, &[None; GROUP_LENGTH][..count], after].concat())
}

fn without(typed: &[Option<Symbol>], at: usize, count: usize) -> Straight {
    Zeroizing::new([&typed[..at], &typed[at + count..]].concat())
}
