//! Shamir's secret sharing over GF(32) as BIP-93 has it: whole strings are interpolated, symbol by symbol.

use bech32::Fe32;
use bech32::primitives::Field;
use zeroize::Zeroizing;

use crate::symbol::Symbol;

/// The string at index `at` of the polynomials through `points` (BIP-93, "Recovering Master Seed"): index and
/// symbols of each, all equally long, the indices all different.
///
/// `Σ yᵢ·Π (at − xⱼ) / (xᵢ − xⱼ)`, over `j ≠ i`. The factors add up to 1, so what all strings agree in comes
/// out as it is; and the checksum is affine, so codewords give a codeword.
pub(crate) fn interpolate(points: &[(Fe32, &[Symbol])], at: Fe32) -> Zeroizing<Vec<Symbol>> {
    let length = points.first().map_or(0, |(_, symbols)| symbols.len());
    let mut sum = Zeroizing::new(vec![Symbol::default(); length]);
    for (x, symbols) in points {
        let others = points
            .iter()
            .map(|(other, _)| *other)
            .filter(|other| other != x);
        // In characteristic 2 a difference is a sum.
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

    /// Shamir's promise, over the whole field: whatever the shares `held` say, which are one fewer than are needed,
    /// every secret is as likely.
    fn say_nothing(held: &[Fe32]) {
        let all: Vec<[Symbol; 1]> = (0..32).map(|bits| [Symbol::from_low_bits(bits)]).collect();
        let needed = held.len() as u32 + 1;
        // Every set of one-symbol payloads: the secret and k − 1 random shares, each of 32 values.
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

    /// Every index of a share.
    fn indices() -> Vec<Fe32> {
        ShareIndex::in_order()
            .map(|index| index.symbol().0)
            .collect()
    }

    #[test]
    fn one_of_two_shares_fits_every_secret_equally_often() {
        for index in indices() {
            say_nothing(&[index]);
        }
    }

    #[test]
    fn two_of_three_shares_fit_every_secret_equally_often() {
        // Both drawn, one drawn, and none.
        for at in [0, 1, 2, 29] {
            say_nothing(&indices()[at..at + 2]);
        }
    }
}
