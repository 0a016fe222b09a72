//! `cargo xtask correct`: what is made of typed codes, for maintainers.

use crate::failed::{Failed, Outcome};
use crate::program::example;

/// Reads typed codes from standard input, one a line, and prints a line for each.
pub(crate) fn correct() -> Outcome {
    if example("correct", &[])? {
        Ok(())
    } else {
        Err(Failed::new("Not every line was read."))
    }
}
