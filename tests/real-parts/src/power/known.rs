//! What the person knows: lines that the recorded program writes before and after each operation.
//! They are in the record beside the system calls, so each cut knows what had been said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What became of a code that the person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fate {
    Live,
    Used,
    Revoked,
    Replaced,
    Recovered,
}

/// A complete state of the wallet and its codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The password; none before there is a wallet.
    pub(crate) password: Option<String>,
    /// The titles of the notes.
    pub(crate) notes: Vec<String>,
    /// The codes that the person ever had, by their characters.
    pub(crate) codes: BTreeMap<String, Fate>,
    /// For each live code with a kit, the notes that the kit holds at least.
    pub(crate) kits: BTreeMap<String, Vec<String>>,
}

/// One line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Line {
    /// The program is about to bring this state about.
    Trying(State),
    /// The program has said that it is done.
    Done(State),
}

/// What the person knows at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The state that was reported last.
    pub(crate) sure: State,
    /// The state that is being brought about.
    pub(crate) trying: Option<State>,
}

impl Known {
    /// Reads the next line.
    pub(crate) fn take(&mut self, line: Line) {
        match line {
            Line::Trying(state) => self.trying = Some(state),
            Line::Done(state) => (self.sure, self.trying) = (state, None),
        }
    }

    /// The states that a restart may find, the old one first.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = &State> {
        std::iter::once(&self.sure).chain(&self.trying)
    }
}
