//! Shamir's secret sharing over GF(32) as in BIP-93: whole strings are interpolated symbol by
//! symbol.

use bech32::Fe32;
use bech32::primitives::Field;
use zeroize::Zeroizing;

use crate::symbol::Symbol;

/// Evaluates the polynomials through `points` at the index `at` (BIP-93, "Recovering Master Seed").
/// Each point is the index and the symbols of a string. All strings have the same length, and no
/// two have the same index.
///
/// Computes `Σ yᵢ·Π (at − xⱼ) / (xᵢ − xⱼ)` over `j ≠ i`. The factors add up to 1, so symbols on
/// which all strings agree are preserved. The checksum is affine, so codewords interpolate to a
/// codeword.
pub(crate) fn interpolate(points: &[(Fe32, &[Symbol])], at: Fe32) -> Zeroizing<Vec<Symbol>> {
    let length = points.first().map_or(0, |(_, symbols)| symbols.len());
    let mut sum = Zeroizing::new(vec![Symbol::default(); length]);
    for (x, symbols) in points {
        let others = points
            .iter()
            .map(|(other, _)| *other)
            .filter(|other| other != x);
        // In characteristic 2, subtraction is addition.
        let factor = others.fold(Fe32::ONE, |product, other| {
            product * (at + other) / (*x + other)
        });
        for (term, symbol) in sum.iter_mut().zip(*symbols) {
            term.0 += factor * symbol.0;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ShareIndex;

    /// Checks Shamir's guarantee over the whole field: any values of the shares `held`, one fewer
    /// than needed, are consistent with every secret equally often.
    fn assert_no_information(held: &[Fe32]) {
        let all: Vec<[Symbol; 1]> = (0..32).map(|bits| [Symbol::from_low_bits(bits)]).collect();
        let needed = held.len() as u32 + 1;
        // Enumerates all sets of one-symbol payloads: the secret and k − 1 random shares of 32
        // values each.
        let mut seen = std::collections::HashMap::<Vec<u8>, [u32; 32]>::new();
        for draw in 0..32usize.pow(needed) {
            let made: Vec<(Fe32, &[Symbol])> = [Fe32::S, Fe32::A, Fe32::C]
                .into_iter()
                .zip(0..needed)
                .map(|(x, nth)| (x, &all[draw >> (5 * nth) & 31][..]))
                .collect();
            let known = held
                .iter()
                .map(|&index| interpolate(&made, index)[0].0.to_u8());
            seen.entry(known.collect()).or_default()[draw & 31] += 1;
        }
        assert_eq!(seen.len(), 32usize.pow(needed - 1), "every holding occurs");
        for secrets in seen.values() {
            assert_eq!(secrets, &[1; 32], "and fits every secret once");
        }
    }

    /// Returns the index of every possible share.
    fn indices() -> Vec<Fe32> {
        ShareIndex::in_order()
            .map(|index| index.symbol().0)
            .collect()
    }

    #[test]
    fn one_of_two_shares_fits_every_secret_equally_often() {
        for index in indices() {
            assert_no_information(&[index]);
        }
    }

    #[test]
    fn two_of_three_shares_fit_every_secret_equally_often() {
        // Pairs in which both shares, one, or none are random.
        for at in [0, 1, 2, 29] {
            assert_no_information(&indices()[at..at + 2]);
        }
    }
}
