//! `cargo xtask paper …`: pictures and figures of simulated damage to paper.

use crate::failed::{CommandResult, Failed};
use crate::program::example;

/// Runs `pictures DIR [SEED]`, which writes pictures and contact sheets, or `table [SEEDS]`, which
/// prints how many pictures of each recipe are read.
pub(crate) fn paper(words: &[String]) -> CommandResult {
    if example("paper", words)? {
        Ok(())
    } else {
        Err(Failed::new("Some pictures were not made or not read."))
    }
}
