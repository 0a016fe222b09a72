//! The result of many power losses.

use std::collections::BTreeMap;

/// Losses that are told at most.
const TOLD: usize = 10;

/// How often what was found.
#[derive(Default)]
pub(crate) struct Tally {
    /// The old state, whole.
    pub(crate) old: u64,
    /// The new state, whole.
    pub(crate) new: u64,
    /// What was lost, by the number of the cut.
    pub(crate) lost: BTreeMap<u64, String>,
}

impl Tally {
    /// Prints the losses and the closing line. Returns whether nothing was lost.
    pub(crate) fn close(&self, cuts: u64) -> bool {
        for (cut, lost) in self.lost.iter().take(TOLD) {
            println!("cut {cut}: {lost}");
        }
        let Self { old, new, lost } = self;
        println!(
            "{cuts} cuts, {old} old whole, {new} new whole, {} lost",
            lost.len()
        );
        lost.is_empty() && old + new == cuts
    }
}
