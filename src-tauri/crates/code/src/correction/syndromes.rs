//! Syndromes: the remainder evaluated at the consecutive roots of the generator.

use bech32::primitives::Field;
use bech32::{Checksum, Fe1024};
use zeroize::Zeroizing;

use super::REACH;
use super::polynomial::Polynomial;
use crate::symbol::Symbol;

/// `Sⱼ = Σ eₖ·Xₖ^(first + j)` for `j < 8`, where `eₖ` is what is wrong at the place `Xₖ` and `first`
/// the first exponent of the consecutive roots. All zero for a codeword.
///
/// Held as the polynomial `Σ Sⱼ·xʲ`. With unreadable places they say symbols of the code.
pub(super) fn of<Ck: Checksum<CorrectionField = Fe1024>>(
    remainder: &[Symbol],
) -> Zeroizing<Polynomial> {
    let mut syndromes = Zeroizing::new(Polynomial::default());
    let roots = Ck::ROOT_GENERATOR.powers_range(Ck::ROOT_EXPONENTS);
    for (syndrome, root) in syndromes.0.iter_mut().take(REACH).zip(roots) {
        *syndrome = remainder.iter().rev().fold(Fe1024::ZERO, |value, symbol| {
            value * root + Fe1024::from(symbol.0)
        });
    }
    syndromes
}
