//! `cargo xtask sample-pages OUT.pdf [--items N]`: recovery pages to restore from, for maintainers.

use crate::failed::{Failed, Outcome};
use crate::program::example;

/// Writes pages with sample items and a fresh random code, which is printed.
pub(crate) fn sample_pages(arguments: &[String]) -> Outcome {
    if example("sample-pages", arguments)? {
        Ok(())
    } else {
        Err(Failed::new("No pages were made."))
    }
}
