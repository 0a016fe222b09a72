//! Rules about the text of the repository that neither a compiler nor a linter checks.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod circles;
mod dependencies;
mod files;
mod graph;
mod rust_imports;
mod text;
mod ui_imports;
