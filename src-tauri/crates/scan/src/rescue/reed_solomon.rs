//! Reed–Solomon codes of QR symbols: parity, and correction of errors and erasures.

use super::galois_field::{inverse, power, product, times, value};
use super::layout::CORRECTION;

/// Returns the correction codewords for a block's data codewords.
pub(super) fn parity(data: &[u8]) -> [u8; CORRECTION] {
    let mut generator = vec![1];
    for exponent in 0..CORRECTION {
        generator = product(&generator, &[power(exponent), 1]);
    }
    let mut rest = [0; CORRECTION];
    for &codeword in data {
        let factor = codeword ^ rest[0];
        rest.rotate_left(1);
        rest[CORRECTION - 1] = 0;
        for (i, to) in rest.iter_mut().enumerate() {
            *to ^= times(factor, generator[CORRECTION - 1 - i]);
        }
    }
    rest
}

/// Corrects `block` (data, then correction codewords), given the indices of `erased` codewords.
/// Always succeeds if 2 · errors + erasures ≤ [`CORRECTION`]. Returns whether `block` is a codeword
/// now; if not, it is unchanged.
pub(super) fn correct(block: &mut [u8], erased: &[usize]) -> bool {
    if erased.len() > CORRECTION {
        return false;
    }
    let syndromes = syndromes(block);
    if syndromes.iter().all(|&syndrome| syndrome == 0) {
        return true;
    }
    let locator_of = |index: usize| power(block.len() - 1 - index);
    let mut erasures = vec![1];
    for &index in erased {
        erasures = product(&erasures, &[1, locator_of(index)]);
    }
    let locator = locator(&syndromes, &erasures, erased.len());
    let count = locator.iter().rposition(|&it| it != 0).unwrap_or(0);
    let roots: Vec<usize> = (0..block.len())
        .filter(|&index| value(&locator, inverse(locator_of(index))) == 0)
        .collect();
    if roots.len() != count || 2 * count > CORRECTION + erased.len() {
        return false;
    }
    // Forney's formula, for a generator whose first root is the zeroth power.
    let mut evaluator = product(&syndromes, &locator);
    evaluator.truncate(CORRECTION);
    let derivative: Vec<u8> = (1..locator.len())
        .map(|i| if i % 2 == 1 { locator[i] } else { 0 })
        .collect();
    let mut corrected = zeroize::Zeroizing::new(block.to_vec());
    for index in roots {
        let x = locator_of(index);
        let slope = value(&derivative, inverse(x));
        if slope == 0 {
            return false;
        }
        let magnitude = times(x, times(value(&evaluator, inverse(x)), inverse(slope)));
        corrected[index] ^= magnitude;
    }
    let whole = self::syndromes(&corrected).iter().all(|&it| it == 0);
    if whole {
        block.copy_from_slice(&corrected);
    }
    whole
}

fn syndromes(block: &[u8]) -> [u8; CORRECTION] {
    std::array::from_fn(|exponent| {
        let root = power(exponent);
        block.iter().fold(0, |sum, &it| times(sum, root) ^ it)
    })
}

/// Berlekamp–Massey algorithm, started with the known erasures.
fn locator(syndromes: &[u8; CORRECTION], erasures: &[u8], erased: usize) -> Vec<u8> {
    let mut locator = erasures.to_vec();
    let mut before = erasures.to_vec();
    let mut length = erased;
    for step in erased..CORRECTION {
        before.insert(0, 0);
        let discrepancy = locator
            .iter()
            .take(step + 1)
            .enumerate()
            .fold(0, |sum, (i, &it)| sum ^ times(it, syndromes[step - i]));
        if discrepancy == 0 {
            continue;
        }
        let mut next = locator.clone();
        next.resize(locator.len().max(before.len()), 0);
        for (to, &it) in next.iter_mut().zip(&before) {
            *to ^= times(discrepancy, it);
        }
        if 2 * length <= step + erased {
            length = step + 1 + erased - length;
            let scale = inverse(discrepancy);
            before = locator.iter().map(|&it| times(it, scale)).collect();
        }
        locator = next;
    }
    locator
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    fn block(rng: &mut StdRng, data: usize) -> Vec<u8> {
        let mut block: Vec<u8> = (0..data).map(|_| rng.random()).collect();
        let parity = parity(&block);
        block.extend(parity);
        block
    }

    #[test]
    fn errors_and_erasures_within_the_bound_are_always_corrected() {
        let mut rng = StdRng::seed_from_u64(1);
        for data in [11, 12] {
            for wrong in 0..=11 {
                for erased in 0..=CORRECTION - 2 * wrong {
                    let whole = block(&mut rng, data);
                    let mut spoilt = whole.clone();
                    let mut places: Vec<usize> = (0..whole.len()).collect();
                    for i in 0..wrong + erased {
                        let j = rng.random_range(i..places.len());
                        places.swap(i, j);
                        spoilt[places[i]] ^= rng.random_range(1..=255u8);
                    }
                    assert!(correct(&mut spoilt, &places[wrong..wrong + erased]));
                    assert_eq!(spoilt, whole, "{wrong} {erased}");
                }
            }
        }
    }

    #[test]
    fn an_uncorrectable_block_is_unchanged() {
        let mut rng = StdRng::seed_from_u64(2);
        let noise: Vec<u8> = (0..33).map(|_| rng.random()).collect();
        let mut tried = noise.clone();
        assert!(!correct(&mut tried, &[]));
        assert_eq!(tried, noise);
    }
}
