//! Finds the codeword that was meant: errors-and-erasures decoding of a BCH code.
//!
//! With `w` wrong and `u` unreadable symbols the codeword is found whenever `2w + u ≤ 8`, because
//! the code's generator has eight consecutive powers of one element among its roots. One step of
//! the classic decoder a file, over the field of `bech32`:
//!
//! | step | from → to |
//! |---|---|
//! | [`syndromes`] | remainder → its values at the eight roots |
//! | [`locator`] | syndromes, unreadable places → a polynomial whose roots name the bad places |
//! | [`search`] | that polynomial → the places |
//! | [`magnitudes`] | places, syndromes → what to add at each |
//!
//! Two more reach past that bound: [`beyond`] guesses one or two of the wrong places, and [`erasures`]
//! solves for up to thirteen unreadable ones. What they find stands alone or not: that is for the
//! caller to see.
//!
//! A place is the power of `x` that a symbol is the coefficient of: the last symbol is at 0. Since
//! only eight of the checksum's symbols are used to find the codeword, the others are its guard: what
//! comes out is checked against the whole checksum.

mod beyond;
mod decoder;
mod erased;
mod erasures;
mod field;
mod flips;
mod locator;
mod magnitudes;
mod places;
mod polynomial;
mod search;
mod syndromes;

pub(crate) use decoder::{Decoder, Symbols, Word};
pub(crate) use field::Element;

/// Consecutive roots of the generator, and so the unreadable symbols that can be filled in. A wrong
/// symbol counts as two.
pub(crate) const REACH: usize = 8;
