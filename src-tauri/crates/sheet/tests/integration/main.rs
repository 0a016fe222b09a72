//! Sheets and pages through the public interface of the crate.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod outside;
mod pictures;
mod recovery_pages;
mod recovery_sheet;
mod service_codes;
mod variants;
