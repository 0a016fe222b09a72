//! Errors-and-erasures decoding of a BCH code.
//!
//! With `w` wrong and `u` unreadable symbols, the intended codeword is found whenever `2w + u ≤ 8`,
//! because the generator has eight consecutive powers of one element among its roots. Each file
//! holds one step of the standard decoder:
//!
//! | step | from → to |
//! |---|---|
//! | [`syndromes`] | remainder → its values at the eight roots |
//! | [`locator`] | syndromes, unreadable locations → polynomial whose roots are the bad locations |
//! | [`search`] | that polynomial → the locations |
//! | [`magnitudes`] | locations, syndromes → the correction at each location |
//!
//! Two more modules go beyond that bound: [`beyond`] guesses one or two of the wrong locations, and
//! [`erasures`] solves for up to thirteen unreadable ones. Their results may be ambiguous; the
//! caller decides.
//!
//! A location is the exponent of `x` whose coefficient the symbol is: the last symbol has location
//! zero. Only eight symbols of the checksum are used to find the codeword. The result is verified
//! against the whole checksum, so the others guard against false corrections.

mod beyond;
mod decoder;
mod erased;
mod erasures;
mod field;
mod flips;
mod locations;
mod locator;
mod magnitudes;
mod polynomial;
mod search;
mod syndromes;

pub(crate) use decoder::{Decoder, Symbols, Word};
pub(crate) use field::Element;

/// Number of consecutive roots of the generator, and thus of unreadable symbols that can be filled
/// in. A wrong symbol counts as two.
pub(crate) const REACH: usize = 8;
