//! Finds the codeword that was meant: errors-and-erasures decoding of a BCH code.
//!
//! With `w` wrong and `u` unreadable symbols the codeword is found whenever `2w + u ≤ 8`, because
//! the code's generator has eight consecutive powers of one element among its roots. One step of
//! the classic decoder a file, over the field arithmetic of `bech32`:
//!
//! | step | from → to |
//! |---|---|
//! | [`syndromes`] | remainder → its values at the eight roots |
//! | [`locator`] | syndromes, unreadable places → a polynomial whose roots name the bad places |
//! | [`roots`] | that polynomial → the places |
//! | [`magnitudes`] | places, syndromes → what to add at each |
//!
//! A place is the power of `x` that a symbol is the coefficient of: the last symbol is at 0. Since
//! only eight of the checksum's symbols are used to find the codeword, the others are its guard: what
//! comes out is checked against the whole checksum.

mod locator;
mod magnitudes;
mod polynomial;
mod roots;
mod syndromes;

use bech32::primitives::Field;
use bech32::{Checksum, Fe1024, Hrp};
use zeroize::Zeroizing;

use crate::checksum;
use crate::symbol::Symbol;

/// Consecutive roots of the generator, and so the unreadable symbols that can be filled in. A wrong
/// symbol counts as two.
pub(crate) const REACH: usize = 8;

/// The codeword within [`REACH`] of `received`, where `None` is an unreadable symbol; `None` if there
/// is no such codeword, or `received` is longer than the code.
pub(crate) fn correct<Ck: Checksum<CorrectionField = Fe1024>>(
    hrp: Hrp,
    received: &[Option<Symbol>],
) -> Option<Zeroizing<Vec<Symbol>>> {
    let length = received.len();
    if length > Ck::CODE_LENGTH {
        return None;
    }
    let unreadable: Vec<usize> = (0..length)
        .filter(|&place| received[length - 1 - place].is_none())
        .collect();
    if unreadable.len() > REACH {
        return None;
    }
    // Any value would do for the unreadable ones; with zero, the magnitude is the symbol meant.
    let mut symbols: Zeroizing<Vec<Symbol>> = Zeroizing::new(
        received
            .iter()
            .map(|symbol| symbol.unwrap_or_default())
            .collect(),
    );

    let remainder = checksum::remainder::<Ck>(hrp, symbols.iter().copied());
    let syndromes = syndromes::of::<Ck>(&remainder);
    let locator = locator::find::<Ck>(&syndromes, &unreadable)?;
    let places = roots::find::<Ck>(&locator, length)?;
    let evaluator = magnitudes::evaluator(&locator.polynomial, &syndromes);
    for place in &places {
        let magnitude = magnitudes::at::<Ck>(place, &locator.polynomial, &evaluator)?;
        symbols[length - 1 - place.power].0 += magnitude;
    }
    checksum::holds::<Ck>(hrp, &symbols).then_some(symbols)
}

/// `base` to the power of `exponent`, a place or an exponent of a root: both below 2¹⁰.
fn power(base: Fe1024, exponent: usize) -> Fe1024 {
    base.powi(exponent as i64)
}
