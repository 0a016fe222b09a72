//! The code through its public interface.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod correction;
mod reference;
mod shares;
mod slips;
mod typing;
mod vectors;
