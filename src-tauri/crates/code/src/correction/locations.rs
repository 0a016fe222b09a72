//! The locations of a word as elements of the field.

use core::marker::PhantomData;

use super::field::Element;
use crate::checksum::Roots;

/// The element `X = β^location` of each location of a word, with the derived values that the
/// decoder needs.
pub(super) struct Locations<Ck> {
    locations: Vec<Location>,
    code: PhantomData<Ck>,
}

/// A single location.
#[derive(Copy, Clone)]
pub(super) struct Location {
    /// `X`.
    pub(super) element: Element,
    /// `X⁻¹`: a root of the locator if the location is bad.
    pub(super) inverse: Element,
    /// `X^(1 − first)`, with `first` the first exponent of the consecutive roots: Forney's factor.
    pub(super) shift: Element,
    /// `X^first`: what an error of one unit at this location adds to the first syndrome.
    pub(super) first: Element,
}

impl<Ck: Roots> Locations<Ck> {
    /// Computes the locations of a word of `length` symbols.
    pub(super) fn of(length: usize) -> Locations<Ck> {
        let first = *Ck::ROOT_EXPONENTS.start();
        let locations = (0..length)
            .map(|location| {
                let element = Ck::ROOT.power(location);
                let inverse = element.inverse();
                Location {
                    element,
                    inverse,
                    shift: inverse.power(first - 1),
                    first: element.power(first),
                }
            })
            .collect();
        Locations {
            locations,
            code: PhantomData,
        }
    }

    pub(super) fn at(&self, location: usize) -> &Location {
        &self.locations[location]
    }

    pub(super) fn all(&self) -> &[Location] {
        &self.locations
    }
}
