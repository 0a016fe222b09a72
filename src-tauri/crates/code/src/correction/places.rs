//! The places of a word, as elements of the field.

use core::marker::PhantomData;

use bech32::primitives::Field;
use bech32::{Checksum, Fe1024};

/// For each place of a word: its element `X = β^place` and what the decoder's steps need of it.
pub(super) struct Places<Ck> {
    places: Vec<Place>,
    code: PhantomData<Ck>,
}

/// One place.
#[derive(Copy, Clone)]
pub(super) struct Place {
    /// `X`.
    pub(super) element: Fe1024,
    /// `X⁻¹`: a root of the locator if the place is bad.
    pub(super) inverse: Fe1024,
    /// `X^(1 − first)`, with `first` the first exponent of the consecutive roots: Forney's factor.
    pub(super) shift: Fe1024,
    /// `X^first`: what one unit of error here adds to the first syndrome.
    pub(super) first: Fe1024,
}

impl<Ck: Checksum<CorrectionField = Fe1024>> Places<Ck> {
    /// The places of a word of `length` symbols.
    pub(super) fn of(length: usize) -> Places<Ck> {
        let root = Ck::ROOT_GENERATOR;
        let inverse = root.multiplicative_inverse();
        let first = *Ck::ROOT_EXPONENTS.start();
        // Both exponents are below 2¹¹.
        let shift = inverse.powi(first as i64 - 1);
        let places = (root.powers().zip(inverse.powers()))
            .zip(shift.powers().zip(root.powi(first as i64).powers()))
            .take(length)
            .map(|((element, inverse), (shift, first))| Place {
                element,
                inverse,
                shift,
                first,
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
