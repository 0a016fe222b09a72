//! Syndromes: the remainder evaluated at the consecutive roots of the generator.

use zeroize::Zeroizing;

use super::REACH;
use super::field::Element;
use super::polynomial::Polynomial;
use crate::checksum::Roots;
use crate::symbol::Symbol;

/// Computes `Sⱼ = Σ eₖ·Xₖ^(first + j)` for `j < 8`, where `eₖ` is the error at location `Xₖ` and
/// `first` the first exponent of the consecutive roots. All are zero for a codeword.
///
/// They are stored as the polynomial `Σ Sⱼ·xʲ`. With unreadable locations they reveal symbols of
/// the code.
pub(super) fn of<Ck: Roots>(remainder: &[Symbol]) -> Zeroizing<Polynomial> {
    let mut syndromes = Zeroizing::new(Polynomial::default());
    let roots = Ck::ROOT_EXPONENTS.map(|exponent| Ck::ROOT.power(exponent));
    for (syndrome, root) in syndromes.0.iter_mut().take(REACH).zip(roots) {
        *syndrome = remainder.iter().rev().fold(Element::ZERO, |value, symbol| {
            value * root + Element::from(*symbol)
        });
    }
    syndromes
}
