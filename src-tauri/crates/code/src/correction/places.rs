//! The places of a word, as elements of the field.

use core::marker::PhantomData;

use super::field::Element;
use crate::checksum::Roots;

/// For each place of a word: its element `X = β^place` and what the decoder's steps need of it.
pub(super) struct Places<Ck> {
    places: Vec<Place>,
    code: PhantomData<Ck>,
}

/// One place.
#[derive(Copy, Clone)]
pub(super) struct Place {
    /// `X`.
    pub(super) element: Element,
    /// `X⁻¹`: a root of the locator if the place is bad.
    pub(super) inverse: Element,
    /// `X^(1 − first)`, with `first` the first exponent of the consecutive roots: Forney's factor.
    pub(super) shift: Element,
    /// `X^first`: what one unit of error here adds to the first syndrome.
    pub(super) first: Element,
}

impl<Ck: Roots> Places<Ck> {
    /// The places of a word of `length` symbols.
    pub(super) fn of(length: usize) -> Places<Ck> {
        let first = *Ck::ROOT_EXPONENTS.start();
        let places = (0..length)
            .map(|place| {
                let element = Ck::ROOT.power(place);
                let inverse = element.inverse();
                Place {
                    element,
                    inverse,
                    shift: inverse.power(first - 1),
                    first: element.power(first),
                }
            })
            .collect();
        Places {
            places,
            code: PhantomData,
        }
    }

    pub(super) fn at(&self, place: usize) -> &Place {
        &self.places[place]
    }

    pub(super) fn all(&self) -> &[Place] {
        &self.places
    }
}
