//! `cargo xtask sample-shares K N`: a new set of sheets, for maintainers.

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Prints the shares of a new set, one a line, then its secret code.
pub(crate) fn sample_shares(size: &[String]) -> CommandResult {
    if example("sample-shares", size)? {
        Ok(())
    } else {
        Err(Failed::new("No set was made."))
    }
}
