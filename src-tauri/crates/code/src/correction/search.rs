//! Chien's search: the places that the locator names.

use super::field::Element;
use super::locator::Locator;
use super::places::Places;
use super::polynomial::Polynomial;
use crate::checksum::Roots;

/// The places besides the erased ones; `None` unless the locator splits into as many of them as it claims,
/// each once.
///
/// The erased places are divided out first, so that what is left to be tried at every place of the word has
/// the degree of the wrong symbols alone; a single one is read off.
pub(super) fn wrong_places<Ck: Roots>(
    locator: &Locator,
    erased: &Locator,
    places: &Places<Ck>,
) -> Option<Vec<usize>> {
    let wrong = locator.places - erased.places;
    let rest = quotient(&locator.polynomial, &erased.polynomial, wrong);
    let mut all = places.all().iter();
    match wrong {
        0 => Some(Vec::new()),
        1 => all
            .position(|place| place.element == rest.0[1])
            .map(|place| vec![place]),
        _ => {
            let root = |place: &(usize, &super::places::Place)| {
                rest.evaluate(place.1.inverse, wrong) == Element::ZERO
            };
            let found: Vec<usize> = all.enumerate().filter(root).map(|(at, _)| at).collect();
            (found.len() == wrong).then_some(found)
        }
    }
}

/// `dividend / divisor` up to `x^degree`, as power series: both begin with 1.
fn quotient(dividend: &Polynomial, divisor: &Polynomial, degree: usize) -> Polynomial {
    let mut quotient = Polynomial::default();
    for power in 0..=degree {
        quotient.0[power] = (1..=power)
            .map(|low| divisor.0[low] * quotient.0[power - low])
            .fold(dividend.0[power], |sum, term| sum + term);
    }
    quotient
}
