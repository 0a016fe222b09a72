//! The one deadline rule for everything secret that is open.
//!
//! | open | ends |
//! |---|---|
//! | a typed code, an acceptance, a wallet that waits for its digits, opened kits or pages | after [`WAITING`], and at an [`Absence`] |
//! | a wallet | after a time without use, and at an [`Absence`]: [`Rules`], which are settings |
//! | a shown code | never; it is covered after [`UNCOVERED`] |
//! | the wallet of a shown code | after [`WAITING`] covered, and at an [`Absence`] |

use std::time::Duration;

use crate::stage::{Stage, State};

/// How long an entry, an acceptance, or a wallet without its digits may wait.
pub const WAITING: Duration = Duration::from_secs(15 * 60);
pub use crate::stage::Rules;
pub use usecases::shown::UNCOVERED;

/// Why everything was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// A wallet was not used.
    Idle,
    /// The computer slept.
    Slept,
    /// The screen was locked.
    ScreenLocked,
    /// What was entered or opened waited too long.
    Waited,
    /// A code was covered for too long. It stays on the screen.
    Covered,
}

/// What tells that nobody is at the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// The computer has just woken up.
    Sleep,
    /// The screen has just been locked.
    ScreenLock,
}

impl Absence {
    fn ends(self, rules: &Rules) -> bool {
        match self {
            Self::Sleep => rules.at_sleep,
            Self::ScreenLock => rules.at_screen_lock,
        }
    }
}

impl From<Absence> for Ended {
    fn from(absence: Absence) -> Self {
        match absence {
            Absence::Sleep => Self::Slept,
            Absence::ScreenLock => Self::ScreenLocked,
        }
    }
}

/// What the rule says now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Everything may stay.
    Stay,
    /// A code is shown, which keeps the wallet open.
    StayShown,
    /// A code is shown, and everything else is to be locked.
    Cover(Ended),
    /// Everything is to be locked.
    Lock(Ended),
}

/// Whether the person has done nothing for longer than an open wallet may be without use.
pub(crate) fn is_idle(state: &State, now: Duration) -> bool {
    now.saturating_sub(state.touched) >= state.rules.idle
}

/// Judges what is open at this time since boot. An absence ends what waits in any case, and an open
/// wallet as its person wants it.
pub(crate) fn verdict(state: &State, now: Duration, absence: Option<Absence>) -> Verdict {
    let lock_if = |over: bool, why: Ended, absence: Option<Absence>| match (absence, over) {
        (Some(absence), _) => Verdict::Lock(absence.into()),
        (None, true) => Verdict::Lock(why),
        (None, false) => Verdict::Stay,
    };
    let waited = now.saturating_sub(state.waiting_since) >= WAITING;
    match &state.stage {
        Stage::SignedIn(open) => match (open.session.shown(), absence) {
            (Some(_), Some(absence)) => Verdict::Cover(absence.into()),
            (Some(shown), None) if shown.covered_for(now) >= WAITING => {
                Verdict::Cover(Ended::Covered)
            }
            (Some(_), None) => Verdict::StayShown,
            (None, absence) => {
                let absence = absence.filter(|it| it.ends(&state.rules));
                lock_if(is_idle(state, now), Ended::Idle, absence)
            }
        },
        Stage::Covered(_) => Verdict::Stay,
        Stage::AwaitingDigits(_) | Stage::Accepted(_) => lock_if(waited, Ended::Waited, absence),
        // A collection that is being opened is secret, and so is what it gave.
        Stage::Restoring(restoring) => match restoring.try_lock() {
            Ok(collected) if collected.opened().is_none() && state.entry.is_empty() => {
                Verdict::Stay
            }
            Ok(_) | Err(_) => lock_if(waited, Ended::Waited, absence),
        },
        Stage::SignedOut if state.entry.is_empty() => Verdict::Stay,
        Stage::SignedOut => lock_if(waited, Ended::Waited, absence),
    }
}
