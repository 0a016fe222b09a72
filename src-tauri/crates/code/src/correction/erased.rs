//! Places whose symbol is not relied on: unreadable ones, and ones guessed to be wrong.

use super::locator::Locator;
use super::places::Place;

/// A few places, and the locator that has them for roots.
#[derive(Clone, Default)]
pub(super) struct Erased {
    pub(super) places: Vec<usize>,
    pub(super) locator: Locator,
}

impl Erased {
    pub(super) fn add(&mut self, number: usize, place: &Place) {
        self.places.push(number);
        self.locator.add(place);
    }
}
