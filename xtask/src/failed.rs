//! Why a command stopped, in words for the terminal.

use std::fmt;

/// What went wrong and, where there is something to do, what to do.
pub(crate) struct Failed(String);

impl Failed {
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The end of a command: nothing, or why it failed.
pub(crate) type Outcome = Result<(), Failed>;
