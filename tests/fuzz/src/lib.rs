//! What the targets share, and parsers of crates that are too large to build for them.

pub mod cups;
mod heap;
mod json;
pub mod sample;

/// The app's settings, from their own source: the crate draws sheets and would double the build.
#[path = "../../../src-tauri/crates/app/src/settings.rs"]
pub mod settings;

use std::error::Error;

pub use heap::Heap;
pub use json::{has_doubled_key, version};

/// Accepts errors that cannot hold a piece of the input: those that are copied as they are, with no
/// text of their own.
pub fn holds_no_text<E: Error + Copy + 'static>(_: E) {}
