//! Locations whose symbol is ignored: unreadable ones, and ones guessed to be wrong.

use super::locations::Location;
use super::locator::Locator;

/// A few locations and the locator polynomial that has them as roots.
#[derive(Clone, Default)]
pub(super) struct Erased {
    pub(super) locations: Vec<usize>,
    pub(super) locator: Locator,
}

impl Erased {
    pub(super) fn add(&mut self, number: usize, location: &Location) {
        self.locations.push(number);
        self.locator.add(location);
    }
}
