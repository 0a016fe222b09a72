//! Copies of copies.

use crate::flatbed::Flatbed;
use crate::noise::cloud;
use crate::picture::Picture;
use crate::print::Print;

/// Repeated printing and scanning.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Generations {
    /// Number of times that the page is printed and scanned.
    pub prints: u32,
    /// The printer of each generation.
    pub print: Print,
    /// The scanner of each generation.
    pub flatbed: Flatbed,
}

impl Generations {
    /// Returns the scan of the last print.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let mut page = page.clone();
        for generation in 0..u64::from(self.prints) {
            let seed = seed.wrapping_add(generation * 2);
            let mut flatbed = self.flatbed;
            // Placed on the glass by hand each time.
            flatbed.degrees *= cloud(seed, 0.0, 0.0) * 4.0 - 2.0;
            page = flatbed.on(&self.print.on(&page, seed), seed.wrapping_add(1));
        }
        page
    }
}
