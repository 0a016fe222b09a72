//! `cargo xtask scan FILE…`: prints the codes in files, for maintainers.

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Prints a line for each code found (path, tab, 60 characters) and for each file with an error.
pub(crate) fn scan(files: &[String]) -> CommandResult {
    if example("scan", files)? {
        Ok(())
    } else {
        Err(Failed::new("Some files were not read."))
    }
}
