//! Rules about the text of the repository that neither a compiler nor a linter checks.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod circles;
mod dependencies;
mod features;
mod files;
mod graph;
mod offline;
mod rust_imports;
mod text;
mod ui_imports;
