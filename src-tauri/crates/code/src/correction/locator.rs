//! The error locator: Berlekamp–Massey, started from the unreadable places.

use super::REACH;
use super::field::Element;
use super::places::Place;
use super::polynomial::Polynomial;

/// `Λ(x) = Π (1 − Xₖ·x)` over all bad places `Xₖ`: its roots are their inverses.
#[derive(Copy, Clone)]
pub(super) struct Locator {
    pub(super) polynomial: Polynomial,
    /// Bad places, unreadable ones included.
    pub(super) places: usize,
}

impl Default for Locator {
    /// No place.
    fn default() -> Self {
        Self {
            polynomial: Polynomial::one(),
            places: 0,
        }
    }
}

impl Locator {
    /// Makes `place` a root.
    pub(super) fn add(&mut self, place: &Place) {
        let shifted = self.polynomial.shifted().scaled(place.element);
        self.polynomial = self.polynomial.plus(&shifted);
        self.places += 1;
    }
}

/// The shortest recurrence that explains the syndromes and has the unreadable places among its
/// roots; `None` if it asks for more wrong symbols than eight syndromes can tell.
///
/// Blahut, "Algebraic Codes for Data Transmission", §7.5: the ordinary algorithm, begun with the
/// erasure locator and at its length.
pub(super) fn find(syndromes: &Polynomial, unreadable: &Locator) -> Option<Locator> {
    let erasures = unreadable.places;
    let mut locator = unreadable.polynomial;
    let mut previous = locator;
    let mut length = erasures;

    for step in erasures..REACH {
        let discrepancy = (0..=length.min(step))
            .map(|back| locator.0[back] * syndromes.0[step - back])
            .fold(Element::ZERO, |sum, term| sum + term);
        previous = previous.shifted();
        if discrepancy == Element::ZERO {
            continue;
        }
        let next = locator.plus(&previous.scaled(discrepancy));
        if 2 * length <= step + erasures {
            previous = locator.scaled(discrepancy.inverse());
            length = step + 1 + erasures - length;
        }
        locator = next;
    }

    let wrong = length.checked_sub(erasures)?;
    let within_reach = 2 * wrong + erasures <= REACH && locator.degree() == length;
    within_reach.then_some(Locator {
        polynomial: locator,
        places: length,
    })
}
