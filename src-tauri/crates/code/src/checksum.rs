//! BIP-93's checksum, for any human-readable part.

use bech32::primitives::checksum::{Engine, PackedFe32};
use bech32::{Checksum, Fe32, Fe1024, Hrp};
use zeroize::Zeroizing;

use crate::correction::Element;
use crate::symbol::Symbol;

/// The human-readable part of a backup code. The checksum covers it, but it is never printed.
pub(crate) const HRP: Hrp = Hrp::parse_unchecked("backup");

/// A checksum whose generator has consecutive powers of one element among its roots, as the decoder
/// requires.
pub(crate) trait Roots: Checksum {
    /// `ROOT_GENERATOR` as an element of the decoder's field.
    const ROOT: Element;
}

/// The 13-symbol checksum of BIP-93 ("Checksum"), for up to 93 symbols.
///
/// Eight consecutive powers of an element of order 93 are among the 13 roots of the generator
/// polynomial, so two codewords differ in at least nine symbols. BIP-93 calls the element `β = G·ζ`
/// and uses the exponents 77–84. `ROOT_GENERATOR` is `β⁻¹`, whose exponents 16–9 denote the same
/// roots.
pub(crate) enum Codex32 {}

impl Checksum for Codex32 {
    type MidstateRepr = u128;
    type CorrectionField = Fe1024;

    const ROOT_GENERATOR: Fe1024 = Fe1024::new([Fe32::_9, Fe32::_9]);
    const ROOT_EXPONENTS: core::ops::RangeInclusive<usize> = 9..=16;
    const CODE_LENGTH: usize = 93;
    const CHECKSUM_LENGTH: usize = 13;
    const GENERATOR_SH: [u128; 5] = [
        0x19dc500ce73fde210,
        0x1bfae00def77fe529,
        0x1fbd920fffe7bee52,
        0x1739640bdeee3fdad,
        0x07729a039cfc75f5a,
    ];
    const TARGET_RESIDUE: u128 = 0x10ce0795c2fd1e62a;
}

impl Roots for Codex32 {
    // The value of the symbol `9` is 5.
    const ROOT: Element = Element::new(5, 5);
}

/// Returns the difference between `symbols` and a codeword as a polynomial, with the coefficient of
/// `xⁿ` at index `n`.
///
/// It is zero for a codeword. It depends on the mistakes only, not on the codeword that contains
/// them.
pub(crate) fn remainder<Ck: Checksum>(
    hrp: Hrp,
    symbols: impl IntoIterator<Item = Symbol>,
) -> Zeroizing<Vec<Symbol>> {
    let mut engine = Engine::<Ck>::new();
    engine.input_hrp(hrp);
    for symbol in symbols {
        engine.input_fe(symbol.0);
    }
    let remainder = *engine.residue() ^ Ck::TARGET_RESIDUE;
    Zeroizing::new(
        (0..Ck::CHECKSUM_LENGTH)
            .map(|power| Symbol::from_low_bits(remainder.unpack(power)))
            .collect(),
    )
}

/// Returns whether `symbols`, including the checksum, are a codeword.
pub(crate) fn holds<Ck: Checksum>(hrp: Hrp, symbols: &[Symbol]) -> bool {
    remainder::<Ck>(hrp, symbols.iter().copied())
        .iter()
        .all(|&symbol| symbol == Symbol::default())
}

/// Returns the checksum that completes `data` to a codeword, first symbol first.
pub(crate) fn create<Ck: Checksum>(hrp: Hrp, data: &[Symbol]) -> Zeroizing<Vec<Symbol>> {
    let unsealed = data.iter().copied();
    let blank = core::iter::repeat_n(Symbol::default(), Ck::CHECKSUM_LENGTH);
    let mut checksum = remainder::<Ck>(hrp, unsealed.chain(blank));
    checksum.reverse();
    checksum
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use bech32::primitives::Field;

    use super::*;

    #[test]
    fn the_constants_are_consistent() {
        Codex32::sanity_check();
        assert_eq!(Codex32::ROOT_GENERATOR.multiplicative_order(), 93);
    }

    #[test]
    fn both_fields_agree_on_the_root() {
        assert!(Fe1024::from(Codex32::ROOT) == Codex32::ROOT_GENERATOR);
    }

    /// BIP-93, "Mathematical Companion": `x^13 + E x^12 + M x^11 + 3 x^10 + … + S x + S`.
    #[test]
    fn the_generator_is_the_one_in_bip_93() {
        let letters: String = (0..13)
            .rev()
            .map(|power| Symbol::from_low_bits(Codex32::GENERATOR_SH[0].unpack(power)).to_char())
            .collect();
        assert_eq!(letters, "EM3GQEEELMCSS");
    }

    #[test]
    fn the_generator_has_its_eight_consecutive_roots_and_the_thirteen_of_bip_93() {
        let generator_at = |x: Fe1024| {
            (0..13).rev().fold(Fe1024::ONE, |value, power| {
                value * x
                    + Fe1024::from(Symbol::from_low_bits(Codex32::GENERATOR_SH[0].unpack(power)).0)
            })
        };
        for exponent in Codex32::ROOT_EXPONENTS {
            let root = Codex32::ROOT_GENERATOR.powi(i64::try_from(exponent).unwrap());
            assert_eq!(generator_at(root), Fe1024::ZERO, "exponent {exponent}");
        }
        let beta = Fe1024::new([Fe32::Q, Fe32::G]);
        let roots: Vec<i64> = (0..93)
            .filter(|&n| generator_at(beta.powi(n)) == Fe1024::ZERO)
            .collect();
        assert_eq!(roots, [17, 20, 46, 49, 52, 77, 78, 79, 80, 81, 82, 83, 84]);
    }

    /// `docs/code-format.md` gives these values to implementers.
    #[test]
    fn the_residue_after_the_human_readable_part_is_as_documented() {
        let mut engine = Engine::<Codex32>::new();
        engine.input_hrp(Hrp::parse_unchecked("ms"));
        assert_eq!(
            *engine.residue(),
            0x23181b3,
            "BIP-93's starting value for `ms`"
        );
        let mut engine = Engine::<Codex32>::new();
        engine.input_hrp(HRP);
        assert_eq!(*engine.residue(), 0x1ac4963d677ec4ca0);
    }
}
