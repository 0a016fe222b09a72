//! The wallet file through the public interface of the crate.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

#[path = "../common/mod.rs"]
mod common;
mod drafts;
mod files;
mod hostile;
mod lifecycle;
mod store;
