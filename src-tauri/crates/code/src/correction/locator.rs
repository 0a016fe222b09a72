//! The error locator: Berlekamp–Massey, initialized with the unreadable locations.

use super::REACH;
use super::field::Element;
use super::locations::Location;
use super::polynomial::Polynomial;

/// `Λ(x) = Π (1 − Xₖ·x)` over all bad locations `Xₖ`, whose inverses are its roots.
#[derive(Copy, Clone)]
pub(super) struct Locator {
    pub(super) polynomial: Polynomial,
    /// Number of bad locations, including unreadable ones.
    pub(super) count: usize,
}

impl Default for Locator {
    /// The locator of no location.
    fn default() -> Self {
        Self {
            polynomial: Polynomial::one(),
            count: 0,
        }
    }
}

impl Locator {
    /// Adds the inverse of `location` as a root.
    pub(super) fn add(&mut self, location: &Location) {
        let shifted = self.polynomial.shifted().scaled(location.element);
        self.polynomial = self.polynomial.plus(&shifted);
        self.count += 1;
    }
}

/// Finds the shortest recurrence that explains the syndromes and has the unreadable locations among
/// its roots; `None` if it implies more wrong symbols than eight syndromes can determine.
///
/// Blahut, "Algebraic Codes for Data Transmission", §7.5: the standard algorithm, started from the
/// erasure locator and its length.
pub(super) fn find(syndromes: &Polynomial, unreadable: &Locator) -> Option<Locator> {
    let erasures = unreadable.count;
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
        count: length,
    })
}
