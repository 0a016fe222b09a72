//! `cargo xtask sample-sheet OUT.pdf`: a sheet to look at, for maintainers.

use std::slice;

use crate::failed::{Failed, Outcome};
use crate::program::example;

/// Writes a sheet with a fresh random code, which is printed.
pub(crate) fn sample_sheet(to: &String) -> Outcome {
    if example("sample-sheet", slice::from_ref(to))? {
        Ok(())
    } else {
        Err(Failed::new("No sheet was written."))
    }
}
