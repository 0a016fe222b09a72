//! The simulation of paper through its public interface.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod legible;
mod pages;
mod same;
mod sheets;
mod support;
