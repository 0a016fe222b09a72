//! The application without a window: what is open, and the paper that it makes.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod paper;
mod stage;
