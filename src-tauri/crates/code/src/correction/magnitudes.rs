//! Forney's formula: the error magnitude at a known location.

use zeroize::Zeroizing;

use super::REACH;
use super::field::Element;
use super::locations::Location;
use super::polynomial::Polynomial;
use crate::symbol::Symbol;

/// Computes the evaluator `Ω = S·Λ mod x⁸`. Its degree is below the number of bad locations.
pub(super) fn evaluator(
    locator: &Polynomial,
    syndromes: &Polynomial,
    count: usize,
) -> Zeroizing<Polynomial> {
    let mut product = Zeroizing::new(Polynomial::default());
    for power in 0..count.min(REACH) {
        product.0[power] = (0..=power)
            .map(|low| locator.0[low] * syndromes.0[power - low])
            .fold(Element::ZERO, |sum, term| sum + term);
    }
    product
}

/// Computes `e = X^(1 − first)·Ω(X⁻¹) / Λ′(X⁻¹)`, with `first` as in the syndromes. Returns `None`
/// if the locator has a double root or the value is not a symbol; neither occurs for a correctable
/// word.
pub(super) fn at(
    location: &Location,
    locator: &Polynomial,
    evaluator: &Polynomial,
) -> Option<Symbol> {
    let slope = locator.evaluate_derivative(location.inverse);
    if slope == Element::ZERO {
        return None;
    }
    let value = evaluator.evaluate(location.inverse, REACH - 1);
    (location.shift * value / slope).symbol()
}
