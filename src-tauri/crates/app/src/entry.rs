//! The code that is being entered, or the sheets of a set one after the other: typed, pasted, read
//! from files, or shown to the camera. The texts stay on this side of the boundary.

mod field;
mod set;
#[cfg(test)]
mod tests;

use code::{
    BackupCode, Certainty, Corrected, ParseError, Proposal, Reading, Share, ShareIndex, Shares,
    TooFew, TypedCode,
};
use thiserror::Error;
use usecases::judge::Tried;

use crate::gather::FoundCode;
use crate::origin::Origin;
use set::Set;

pub use field::{CodeSource, Field, ShareProblem, Suggestion};
pub use set::{EnteredSet, EnteredSheet};

/// Why an entry does not give what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EntryError {
    /// Nothing was entered that could give a code.
    #[error("no whole code was entered")]
    NotEntered,
    /// Fewer sheets of the set than it needs.
    #[error(transparent)]
    SheetsMissing(#[from] TooFew),
    /// A whole code was entered where the sheets themselves are needed.
    #[error("the sheets themselves are needed")]
    SharesNeeded,
}

/// What has been entered so far.
#[derive(Default)]
pub struct Entry {
    whole: Option<Whole>,
    proposed: Option<Proposed>,
    set: Set,
}

/// A whole code. It takes precedence over the set.
struct Whole {
    code: BackupCode,
    origin: Origin,
    /// Whether no checksum vouches for it.
    guess: bool,
}

/// A correction that the person has not accepted yet.
struct Proposed {
    proposal: Proposal,
    origin: Origin,
}

impl Entry {
    /// Takes the text of the field; `finished` once the person paused or pressed Enter.
    pub fn typed(&mut self, text: &str, finished: bool) -> Field {
        self.clear_field();
        match TypedCode::parse(text) {
            Ok(typed) if typed.is_empty() => self.field(),
            Ok(typed) if finished => self.read(typed.read(), Origin::Typed),
            Ok(typed) => self.read(typed.read_while_typing(), Origin::Typed),
            Err(ParseError::Illegal {
                character,
                position,
            }) => Field::Illegal {
                character,
                position,
            },
            Err(ParseError::TooLong { .. }) => Field::TooLong {
                have: text.chars().count(),
            },
        }
    }

    /// Takes scanned codes: a whole one, or sheets one after the other. A refused sheet does not
    /// affect the others. Returns the most important result.
    pub fn scanned(&mut self, codes: Vec<FoundCode>) -> Field {
        let mut shown: Option<Field> = None;
        for FoundCode { typed, origin } in codes {
            self.clear_field();
            let field = self.read(typed.read(), origin);
            if shown.as_ref().is_none_or(|before| outranks(&field, before)) {
                shown = Some(field);
            }
        }
        shown.unwrap_or_else(|| self.field())
    }

    /// Accepts the suggested correction.
    ///
    /// # Errors
    /// [`EntryError::NotEntered`] where none was suggested.
    pub fn accept(&mut self) -> Result<Field, EntryError> {
        let proposed = self.proposed.take().ok_or(EntryError::NotEntered)?;
        let Proposed { proposal, origin } = proposed;
        let guess = proposal.certainty() == Certainty::Candidate;
        Ok(match proposal.accept() {
            Corrected::Code(code) => self.ready(code, origin, guess),
            Corrected::Share(share) => self.join(share, origin, guess),
        })
    }

    /// Removes a sheet from the set.
    pub fn remove(&mut self, index: ShareIndex) {
        self.set.remove(index);
    }

    /// The state of the field as far as it is known without its text.
    pub fn field(&self) -> Field {
        if let Some(Proposed { proposal, .. }) = &self.proposed {
            return Field::Suggested(proposal.into());
        }
        let (code, source) = match (&self.whole, self.set.code()) {
            (Some(Whole { code, origin, .. }), _) => (code, CodeSource::Whole(origin.clone())),
            (None, Some(code)) => (code, CodeSource::Set),
            (None, None) => return Field::Empty,
        };
        Field::Ready {
            identifier: code.identifier(),
            source,
        }
    }

    /// The sheets of the set, for display; none before the first.
    pub fn set(&self) -> Option<EnteredSet> {
        self.set.entered()
    }

    /// The whole code: entered as such, or given by the sheets of the set.
    ///
    /// # Errors
    /// [`EntryError::NotEntered`] or [`EntryError::SheetsMissing`].
    pub fn code(&self) -> Result<&BackupCode, EntryError> {
        match (&self.whole, self.set.code()) {
            (Some(Whole { code, .. }), _) | (None, Some(code)) => Ok(code),
            (None, None) => Err(match self.set.shares().combine() {
                Err(too_few) if too_few.have > 0 => too_few.into(),
                Ok(_) | Err(_) => EntryError::NotEntered,
            }),
        }
    }

    /// The same as a value of its own, for an acceptance to keep.
    ///
    /// # Errors
    /// As [`Entry::code`].
    pub fn own_code(&self) -> Result<BackupCode, EntryError> {
        // Exposed to be read again: a code cannot be copied.
        let typed = TypedCode::parse(self.code()?.expose());
        match typed.map(|typed| typed.read()) {
            Ok(Reading::Code(code)) => Ok(code),
            Ok(_) | Err(_) => Err(EntryError::NotEntered),
        }
    }

    /// Whether there is anything secret in it.
    pub fn is_empty(&self) -> bool {
        self.whole.is_none() && self.proposed.is_none() && self.set.shares().is_empty()
    }

    /// Whether a wrong code counts as a try.
    pub fn tried(&self) -> Tried {
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
    pub fn is_whole(&self) -> bool {
        self.whole.is_some()
    }

    /// The sheets of the set, for operations that the code alone does not allow.
    ///
    /// # Errors
    /// [`EntryError::NotEntered`] or [`EntryError::SharesNeeded`].
    pub fn shares(&self) -> Result<&Shares, EntryError> {
        let shares = self.set.shares();
        match (shares.is_empty(), self.is_whole()) {
            (false, _) => Ok(shares),
            (true, false) => Err(EntryError::NotEntered),
            (true, true) => Err(EntryError::SharesNeeded),
        }
    }

    /// The same as a value of its own, to work with while more is entered.
    ///
    /// # Errors
    /// As [`Entry::shares`].
    pub fn own_shares(&self) -> Result<Shares, EntryError> {
        let mut own = Shares::default();
        for share in self.shares()?.iter() {
            // Exposed to be read again: a share cannot be copied. What is in a set fits a set.
            let typed = TypedCode::parse(share.expose());
            if let Ok(Reading::Share(share)) = typed.map(|typed| typed.read()) {
                let _ = own.add(share);
            }
        }
        Ok(own)
    }

    /// The sheets of the set that were not needed to give the code.
    pub fn surplus(&self) -> Vec<Share> {
        self.set.surplus()
    }

    /// The sheets, where some were entered and they are too few.
    pub fn too_few(&self) -> Option<&Shares> {
        let shares = self.set.shares();
        (!self.is_whole() && shares.missing() > 0).then_some(shares)
    }

    fn clear_field(&mut self) {
        self.whole = None;
        self.proposed = None;
    }

    fn read(&mut self, reading: Reading, origin: Origin) -> Field {
        match reading {
            Reading::Code(code) => self.ready(code, origin, false),
            Reading::Share(share) => self.join(share, origin, false),
            Reading::Proposal(proposal) => {
                self.proposed = Some(Proposed { proposal, origin });
                self.field()
            }
            Reading::Unfinished { have } => Field::Typing { have },
            Reading::TooLong { have } => Field::TooLong { have },
            Reading::Reread(reread) => Field::Reread(reread),
            Reading::NewerVersion => Field::NewerVersion,
        }
    }

    fn ready(&mut self, code: BackupCode, origin: Origin, guess: bool) -> Field {
        self.whole = Some(Whole {
            code,
            origin,
            guess,
        });
        self.field()
    }

    fn join(&mut self, share: Share, origin: Origin, guess: bool) -> Field {
        let (identifier, index) = (share.identifier(), share.index());
        match self.set.add(share, origin, guess) {
            Ok(()) if self.set.code().is_some() => self.field(),
            Ok(()) => Field::Added {
                identifier,
                index,
                missing: self.set.shares().missing(),
            },
            Err(error) => Field::ShareRefused {
                identifier,
                index,
                problem: error.into(),
            },
        }
    }
}

/// Decides which result of several sheets is shown: a question before a refusal, the first refusal
/// before a sheet that joined, the last that joined before one that was not needed.
fn outranks(field: &Field, shown: &Field) -> bool {
    let rank = |field: &Field| match field {
        Field::ShareRefused { problem, .. } => match problem {
            ShareProblem::Repeated | ShareProblem::Surplus => 0,
            ShareProblem::Foreign | ShareProblem::OtherThreshold | ShareProblem::Contradicts => 2,
        },
        Field::Added { .. } | Field::Ready { .. } => 1,
        Field::Empty
        | Field::Typing { .. }
        | Field::Illegal { .. }
        | Field::TooLong { .. }
        | Field::Suggested(_)
        | Field::Reread(_)
        | Field::NewerVersion
        | Field::SeveralCodes(_)
        | Field::Unread(_) => 3,
    };
    rank(field) > rank(shown) || (rank(field), rank(shown)) == (1, 1)
}
