//! `cargo xtask sample-sheet OUT.pdf`: a sheet to look at, for maintainers.

use std::slice;

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Writes a sheet and prints its random code.
pub(crate) fn sample_sheet(to: &String) -> CommandResult {
    if example("sample-sheet", slice::from_ref(to))? {
        Ok(())
    } else {
        Err(Failed::new("No sheet was written."))
    }
}
