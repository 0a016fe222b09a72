//! `cargo xtask sample-kit DIR`: a recovery kit to open, for maintainers.

use std::slice;

use crate::failed::{Failed, Outcome};
use crate::program::example;

/// Writes a kit with sample items and a fresh random code, which is printed.
pub(crate) fn sample_kit(to: &String) -> Outcome {
    if example("sample-kit", slice::from_ref(to))? {
        Ok(())
    } else {
        Err(Failed::new("No kit was made."))
    }
}
