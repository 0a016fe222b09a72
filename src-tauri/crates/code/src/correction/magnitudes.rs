//! Forney's formula: what is wrong at a known place.

use zeroize::Zeroizing;

use super::REACH;
use super::field::Element;
use super::places::Place;
use super::polynomial::Polynomial;
use crate::symbol::Symbol;

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
            .fold(Element::ZERO, |sum, term| sum + term);
    }
    product
}

/// `e = X^(1 − first)·Ω(X⁻¹) / Λ′(X⁻¹)`, with `first` as in the syndromes; `None` where the locator
/// has a double root or the value is not a symbol, neither of which a correctable word has.
pub(super) fn at(place: &Place, locator: &Polynomial, evaluator: &Polynomial) -> Option<Symbol> {
    let slope = locator.evaluate_derivative(place.inverse);
    if slope == Element::ZERO {
        return None;
    }
    let value = evaluator.evaluate(place.inverse, REACH - 1);
    (place.shift * value / slope).symbol()
}
