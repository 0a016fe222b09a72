//! What a person is entering: a code, or the sheets of a set one after the other; typed, pasted, dropped, chosen, or shown to
//! the camera. It stays on this side of the boundary.

mod files;
mod set;
#[cfg(test)]
mod tests;
mod view;

use code::{
    BackupCode, Certainty, Corrected, ParseError, Proposal, Reading, Share, ShareIndex, Shares,
    TypedCode,
};
use usecases::redeem::Tried;

use crate::error::{CommandError, ErrorCode};
use crate::restoring::RestoringView;
use set::Set;

pub(crate) use files::{
    Attendant, Found, Gathered, KitFile, file_name, gather, gather_picture, gather_sight,
};
pub(crate) use view::{Entered, EntryView, FileProblem, Origin, ShareProblem, Source, Unread};

/// What has been entered so far.
#[derive(Default)]
pub(crate) struct Entry {
    whole: Option<Whole>,
    proposed: Option<Proposed>,
    set: Set,
}

/// A whole code. It wins over the set.
struct Whole {
    code: BackupCode,
    origin: Origin,
    /// No checksum vouches for it.
    guess: bool,
}

/// A correction that the person has not agreed to yet.
struct Proposed {
    proposal: Proposal,
    origin: Origin,
}

impl Entry {
    /// Takes what is in the field now; `finished` once the person stopped or pressed Enter.
    pub(crate) fn typed(&mut self, text: &str, finished: bool) -> EntryView {
        self.leave_field();
        match TypedCode::parse(text) {
            Ok(typed) if typed.is_empty() => self.field(),
            Ok(typed) if finished => self.take(typed.read(), Origin::Typed),
            Ok(typed) => self.take(typed.read_while_typing(), Origin::Typed),
            Err(ParseError::Illegal {
                character,
                position,
            }) => EntryView::Illegal {
                character,
                position,
            },
            Err(_) => EntryView::TooLong {
                have: text.chars().count(),
            },
        }
    }

    /// Takes what was scanned: a code, or sheets one after the other. A sheet that is refused does not keep the
    /// others out, and one that is not needed is no news beside one that is.
    pub(crate) fn scanned(&mut self, found: Vec<Found>) -> EntryView {
        let mut shown: Option<EntryView> = None;
        for Found { typed, origin } in found {
            self.leave_field();
            let view = self.take(typed.read(), origin);
            if shown.as_ref().is_none_or(|before| outranks(&view, before)) {
                shown = Some(view);
            }
        }
        shown.unwrap_or_else(|| self.field())
    }

    /// The person agrees to the correction.
    pub(crate) fn accept(&mut self) -> Result<EntryView, CommandError> {
        let Proposed { proposal, origin } = self.proposed.take().ok_or_else(not_entered)?;
        let guess = proposal.certainty() == Certainty::Candidate;
        Ok(match proposal.accept() {
            Corrected::Code(code) => self.ready(code, origin, guess),
            Corrected::Share(share) => self.join(share, origin, guess),
        })
    }

    /// Puts a sheet of the set away.
    pub(crate) fn remove(&mut self, index: ShareIndex) {
        self.set.remove(index);
    }

    /// What is known of the field without its text.
    pub(crate) fn field(&self) -> EntryView {
        if let Some(Proposed { proposal, .. }) = &self.proposed {
            return EntryView::Proposal(proposal.into());
        }
        let (code, source, name) = match (&self.whole, self.set.code()) {
            (Some(Whole { code, origin, .. }), _) => (code, origin.source(), origin.name()),
            (None, Some(code)) => (code, Source::Set, None),
            (None, None) => return EntryView::Empty,
        };
        EntryView::Ready {
            identifier: code.identifier().to_string(),
            source,
            name,
        }
    }

    /// The field, the set beside it, and what there is to restore from.
    pub(crate) fn beside(&self, field: EntryView, restoring: Option<RestoringView>) -> Entered {
        Entered {
            field,
            set: self.set.view(),
            restoring,
            unread: Vec::new(),
        }
    }

    /// The whole code: entered as such, or from the sheets of the set.
    pub(crate) fn code(&self) -> Result<&BackupCode, CommandError> {
        match (&self.whole, self.set.code()) {
            (Some(Whole { code, .. }), _) | (None, Some(code)) => Ok(code),
            (None, None) => Err(match self.set.shares().combine() {
                Err(too_few) if too_few.have > 0 => too_few.into(),
                _ => not_entered(),
            }),
        }
    }

    /// Whether a wrong code counts as a try.
    pub(crate) fn tried(&self) -> Tried {
        let guess = match &self.whole {
            Some(whole) => whole.guess,
            None => self.set.is_a_guess(),
        };
        if guess {
            Tried::Candidate
        } else {
            Tried::Counts
        }
    }

    /// Whether a whole code was entered as such.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole.is_some()
    }

    /// The sheets of the set, for what cannot be done with the code alone.
    pub(crate) fn shares(&self) -> Result<&Shares, CommandError> {
        let shares = self.set.shares();
        match (shares.is_empty(), self.is_whole()) {
            (false, _) => Ok(shares),
            (true, false) => Err(not_entered()),
            (true, true) => Err(CommandError::new(
                ErrorCode::SharesNeeded,
                "the sheets themselves are needed",
            )),
        }
    }

    /// The sheets of the set that were not needed to give the code.
    pub(crate) fn surplus(&self) -> Vec<Share> {
        self.set.surplus()
    }

    /// The sheets, where there are some and they are too few.
    pub(crate) fn too_few(&self) -> Option<&Shares> {
        let shares = self.set.shares();
        (!self.is_whole() && shares.missing() > 0).then_some(shares)
    }

    fn leave_field(&mut self) {
        self.whole = None;
        self.proposed = None;
    }

    fn take(&mut self, reading: Reading, origin: Origin) -> EntryView {
        match reading {
            Reading::Code(code) => self.ready(code, origin, false),
            Reading::Share(share) => self.join(share, origin, false),
            Reading::Proposal(proposal) => {
                self.proposed = Some(Proposed { proposal, origin });
                self.field()
            }
            Reading::Unfinished { have } => EntryView::Typing { have },
            Reading::TooLong { have } => EntryView::TooLong { have },
            Reading::Reread(reread) => EntryView::Reread(reread.into()),
            Reading::NewerVersion => EntryView::NewerVersion,
        }
    }

    fn ready(&mut self, code: BackupCode, origin: Origin, guess: bool) -> EntryView {
        self.whole = Some(Whole {
            code,
            origin,
            guess,
        });
        self.field()
    }

    fn join(&mut self, share: Share, origin: Origin, guess: bool) -> EntryView {
        let (identifier, index) = (share.identifier().to_string(), share.index().as_char());
        match self.set.add(share, origin, guess) {
            Ok(()) if self.set.code().is_some() => self.field(),
            Ok(()) => EntryView::Added {
                identifier,
                index,
                missing: self.set.shares().missing(),
            },
            Err(error) => EntryView::ShareRefused {
                identifier,
                index,
                problem: error.into(),
            },
        }
    }
}

fn not_entered() -> CommandError {
    CommandError::new(ErrorCode::CodeNotEntered, "no whole code was entered")
}

/// Of what several sheets came to, one is shown: a question before a refusal, the first refusal before a sheet that joined,
/// the last that joined before one that was not needed.
fn outranks(view: &EntryView, shown: &EntryView) -> bool {
    let rank = |view: &EntryView| match view {
        EntryView::ShareRefused { problem, .. } => match problem {
            ShareProblem::Repeated | ShareProblem::Surplus => 0,
            _ => 2,
        },
        EntryView::Added { .. } | EntryView::Ready { .. } => 1,
        _ => 3,
    };
    rank(view) > rank(shown) || (rank(view), rank(shown)) == (1, 1)
}
