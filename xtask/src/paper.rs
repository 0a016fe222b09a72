//! `cargo xtask paper …`: what happens to paper, to look at and to count.

use crate::failed::{Failed, Outcome};
use crate::program::example;

/// `pictures DIR [SEED]` writes pictures and contact sheets; `table [SEEDS]` prints how many pictures of each
/// recipe are read.
pub(crate) fn paper(words: &[String]) -> Outcome {
    if example("paper", words)? {
        Ok(())
    } else {
        Err(Failed::new("Not all was made or read as it should."))
    }
}
