//! The one deadline rule for everything secret that is open.
//!
//! | open | ends |
//! |---|---|
//! | a typed code, an acceptance, a wallet that waits for its digits, opened kits or pages | after [`WAITING`], and at sleep |
//! | a wallet | after [`IDLE`] without use, and at sleep |
//! | a shown code | never; it is covered after [`UNCOVERED`] |
//! | the wallet of a shown code | after [`WAITING`] covered, and at sleep |

use std::time::Duration;

use crate::stage::{Stage, State};

/// How long an entry, an acceptance, or a wallet without its digits may wait.
pub const WAITING: Duration = Duration::from_secs(15 * 60);
/// How long a wallet stays open without use.
pub const IDLE: Duration = Duration::from_secs(5 * 60);
pub use usecases::shown::UNCOVERED;

/// What the rule says now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Everything may stay.
    Stay,
    /// A code is shown, which keeps the wallet open.
    StayShown,
    /// A code is shown, and everything else is to be locked.
    Cover,
    /// Everything is to be locked.
    Lock,
}

/// Judges what is open at this time since boot. `slept`: the computer has just woken up.
pub(crate) fn verdict(state: &State, now: Duration, slept: bool) -> Verdict {
    let lock_if = |over: bool| match over || slept {
        true => Verdict::Lock,
        false => Verdict::Stay,
    };
    let waited = now.saturating_sub(state.waiting_since) >= WAITING;
    match &state.stage {
        Stage::SignedIn(open) => match open.session.shown() {
            Some(shown) if slept || shown.covered_for(now) >= WAITING => Verdict::Cover,
            Some(_) => Verdict::StayShown,
            None => lock_if(now.saturating_sub(state.touched) >= IDLE),
        },
        Stage::Covered(_) => Verdict::Stay,
        Stage::AwaitingDigits(_) | Stage::Accepted(_) => lock_if(waited),
        // A collection that is being opened is secret, and so is what it gave.
        Stage::Restoring(restoring) => match restoring.try_lock() {
            Ok(collected) if collected.opened().is_none() && state.entry.is_empty() => {
                Verdict::Stay
            }
            Ok(_) | Err(_) => lock_if(waited),
        },
        Stage::SignedOut if state.entry.is_empty() => Verdict::Stay,
        Stage::SignedOut => lock_if(waited),
    }
}
