//! `cargo xtask sample-kit DIR`: a recovery kit to open, for maintainers.

use std::slice;

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Writes a kit with sample items and prints its random code.
pub(crate) fn sample_kit(to: &String) -> CommandResult {
    if example("sample-kit", slice::from_ref(to))? {
        Ok(())
    } else {
        Err(Failed::new("No kit was made."))
    }
}
