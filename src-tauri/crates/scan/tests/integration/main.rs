//! Pictures and PDFs through the public interface of the crate.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod damage;
mod foreign;
mod frames;
mod hostile;
mod pdfs;
mod pictures;
mod remote;
mod rescue;
mod support;
