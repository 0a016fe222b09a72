//! Chien's search: the places that the locator names.

use bech32::primitives::Field;
use bech32::{Checksum, Fe1024};

use super::locator::Locator;

/// A place where a symbol is wrong or unreadable.
pub(super) struct Place {
    /// The power of `x` that the symbol is the coefficient of.
    pub(super) power: usize,
    /// The root of the locator there, the inverse of `X`.
    pub(super) inverse: Fe1024,
}

/// Tries every place of a word of `length` symbols; `None` unless the locator splits into as many
/// of them as it claims, each once.
pub(super) fn find<Ck: Checksum<CorrectionField = Fe1024>>(
    locator: &Locator,
    length: usize,
) -> Option<Vec<Place>> {
    let inverses = Ck::ROOT_GENERATOR.multiplicative_inverse().powers();
    let places: Vec<Place> = inverses
        .take(length)
        .enumerate()
        .filter(|(_, inverse)| locator.polynomial.evaluate(*inverse) == Fe1024::ZERO)
        .map(|(power, inverse)| Place { power, inverse })
        .collect();
    (places.len() == locator.places).then_some(places)
}
