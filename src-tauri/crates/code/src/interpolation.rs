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

    /// Shamir's promise, over the whole field: whatever `k − 1` shares say, every secret is as likely.
    fn say_nothing(needed: u32) {
        let all: Vec<Symbol> = (0..32).map(Symbol::from_low_bits).collect();
        let others: Vec<Symbol> = all
            .iter()
            .copied()
            .filter(|symbol| symbol.0 != Fe32::S)
            .collect();
        // The shares in a finder's hands, and one more that the set is made from.
        let held = &others[3..3 + needed as usize - 1];
        // Every set of one-symbol payloads: the secret and k − 1 random shares, each of 32 values.
        let mut seen = std::collections::HashMap::<Vec<u8>, [u32; 32]>::new();
        for mut draw in 0..32u32.pow(needed) {
            let mut values = Vec::new();
            for _ in 0..needed {
                values.push([all[(draw % 32) as usize]]);
                draw /= 32;
            }
            let indices = [Fe32::S, others[0].0, others[1].0];
            let made: Vec<(Fe32, &[Symbol])> = indices
                .into_iter()
                .zip(&values)
                .map(|(x, y)| (x, &y[..]))
                .collect();
            let known = held
                .iter()
                .map(|index| interpolate(&made, index.0)[0].0.to_u8());
            let secret = usize::from(values[0][0].0.to_u8());
            seen.entry(known.collect()).or_default()[secret] += 1;
        }
        assert_eq!(seen.len(), 32usize.pow(needed - 1), "every holding occurs");
        for secrets in seen.values() {
            assert_eq!(secrets, &[1; 32], "and fits every secret once");
        }
    }

    #[test]
    fn one_of_two_shares_fits_every_secret_equally_often() {
        say_nothing(2);
    }

    #[test]
    fn two_of_three_shares_fit_every_secret_equally_often() {
        say_nothing(3);
    }
}
