//! Chien search: finds the locations that the locator identifies.

use super::field::Element;
use super::locations::{Location, Locations};
use super::locator::Locator;
use super::polynomial::Polynomial;
use crate::checksum::Roots;

/// Returns the locations other than the erased ones; `None` unless the locator has as many distinct
/// roots among them as it claims.
///
/// The erased locations are divided out first, so the polynomial to evaluate at every location has
/// only the degree of the number of wrong symbols. A linear one is solved directly.
pub(super) fn wrong_locations<Ck: Roots>(
    locator: &Locator,
    erased: &Locator,
    locations: &Locations<Ck>,
) -> Option<Vec<usize>> {
    let wrong = locator.count - erased.count;
    let remaining = quotient(&locator.polynomial, &erased.polynomial, wrong);
    let mut all = locations.all().iter();
    match wrong {
        0 => Some(Vec::new()),
        1 => all
            .position(|location| location.element == remaining.0[1])
            .map(|location| vec![location]),
        _ => {
            let root = |location: &(usize, &Location)| {
                remaining.evaluate(location.1.inverse, wrong) == Element::ZERO
            };
            let found: Vec<usize> = all.enumerate().filter(root).map(|(at, _)| at).collect();
            (found.len() == wrong).then_some(found)
        }
    }
}

/// Computes `dividend / divisor` up to `x^degree` as power series whose constant terms are 1.
fn quotient(dividend: &Polynomial, divisor: &Polynomial, degree: usize) -> Polynomial {
    let mut quotient = Polynomial::default();
    for power in 0..=degree {
        quotient.0[power] = (1..=power)
            .map(|low| divisor.0[low] * quotient.0[power - low])
            .fold(dividend.0[power], |sum, term| sum + term);
    }
    quotient
}
