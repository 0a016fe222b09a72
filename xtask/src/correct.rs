//! `cargo xtask correct`: corrects typed codes, for maintainers.

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Reads typed codes from standard input, one a line, and prints a line for each.
pub(crate) fn correct() -> CommandResult {
    if example("correct", &[])? {
        Ok(())
    } else {
        Err(Failed::new("Some lines were not read."))
    }
}
