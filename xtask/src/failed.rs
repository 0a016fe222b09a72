//! The reason why a command failed, in words for the terminal.

use std::fmt;

/// An error message that says what to do about the error, if anything can be done.
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

/// The result of a command.
pub(crate) type CommandResult = Result<(), Failed>;
