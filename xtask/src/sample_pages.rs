//! `cargo xtask sample-pages OUT.pdf [--items N]`: recovery pages to restore from, for maintainers.

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Writes pages with sample items and prints their random code.
pub(crate) fn sample_pages(arguments: &[String]) -> CommandResult {
    if example("sample-pages", arguments)? {
        Ok(())
    } else {
        Err(Failed::new("No pages were made."))
    }
}
