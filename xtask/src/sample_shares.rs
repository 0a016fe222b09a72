//! `cargo xtask sample-shares K N`: a fresh set of sheets, for maintainers.

use crate::failed::{Failed, Outcome};
use crate::program::example;

/// Prints the shares of a fresh set, one a line, then its secret code.
pub(crate) fn sample_shares(size: &[String]) -> Outcome {
    if example("sample-shares", size)? {
        Ok(())
    } else {
        Err(Failed::new("No set was made."))
    }
}
