//! Forney's formula: what is wrong at a known place.

use bech32::primitives::Field;
use bech32::{Fe32, Fe1024};
use zeroize::Zeroizing;

use super::REACH;
use super::places::Place;
use super::polynomial::Polynomial;

/// The evaluator `Ω = S·Λ mod x⁸`; its degree is below the number of bad places.
pub(super) fn evaluator(
    locator: &Polynomial,
    syndromes: &Polynomial,
    places: usize,
) -> Zeroizing<Polynomial> {
    let mut product = Zeroizing::new(Polynomial::default());
    for power in 0..places.min(REACH) {
        product.0[power] = (0..=power)
            .map(|low| locator.0[low] * syndromes.0[power - low])
            .fold(Fe1024::ZERO, |sum, term| sum + term);
    }
    product
}

/// `e = X^(1 − first)·Ω(X⁻¹) / Λ′(X⁻¹)`, with `first` as in the syndromes; `None` where the locator
/// has a double root or the value is not a symbol, neither of which a correctable word has.
pub(super) fn at(place: &Place, locator: &Polynomial, evaluator: &Polynomial) -> Option<Fe32> {
    let slope = locator.evaluate_derivative(place.inverse);
    if slope == Fe1024::ZERO {
        return None;
    }
    let value = evaluator.evaluate(place.inverse, REACH - 1);
    Fe32::try_from(place.shift * value / slope).ok()
}
