//! Soft-decision decoding of a block: its likeliest codewords, given how dark each module is.
//!
//! Two methods are combined because each finds codewords that the other misses. Generalised minimum
//! distance (Forney) runs Reed–Solomon correction with more and more of the least certain codewords
//! erased; it tolerates codewords that are wrong and look certain. Ordered statistics (Fossorier
//! and Lin) treat the block as a linear binary code: the most certain independent bits are kept
//! except for up to three, and determine all others; this uses each module of a codeword that is
//! half covered.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::layout::CORRECTION;
use super::reed_solomon::{correct, parity};

/// Number of 64-bit words that hold a block's bits: at most 34 codewords.
const WORDS: usize = 5;

/// Bits of a block, the first one in the lowest position.
type Bits = [u64; WORDS];

/// Number of candidates that are kept per block.
const KEPT: usize = 12;

/// Number of the least certain independent bits of which three are flipped at a time.
const TRIPLE_FLIPS: usize = 36;

/// A candidate for a block: one of its codewords.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct BlockCandidate {
    /// The data codewords.
    pub(super) data: Vec<u8>,
    /// Sum of the certainties of all bits in which it contradicts the evidence.
    pub(super) cost: f32,
    bits: Bits,
}

/// Binary generator matrix of the code with `data` data codewords: one row per data bit.
pub(super) struct Generator {
    rows: Vec<Bits>,
    data: usize,
}

impl Generator {
    pub(super) fn new(data: usize) -> Generator {
        let rows = (0..data * 8)
            .map(|bit| {
                let mut block = vec![0u8; data];
                block[bit / 8] = 0x80 >> (bit % 8);
                bits_of(&whole(&block))
            })
            .collect();
        Generator { rows, data }
    }

    fn bits(&self) -> usize {
        (self.data + CORRECTION) * 8
    }

    /// Returns the likeliest codewords whose data `possible` accepts, best first. `evidence` is
    /// positive for a dark bit, and the larger the more certain.
    pub(super) fn likeliest(
        &self,
        evidence: &[f32],
        possible: &dyn Fn(&[u8]) -> bool,
    ) -> Vec<BlockCandidate> {
        let mut list = BestList::new(evidence, possible, self.data);
        self.minimum_distance(evidence, &mut list);
        self.ordered_statistics(evidence, &mut list);
        list.best
    }

    fn minimum_distance(&self, evidence: &[f32], list: &mut BestList<'_>) {
        let codewords = self.data + CORRECTION;
        let read: Zeroizing<Vec<u8>> = Zeroizing::new(
            evidence
                .chunks_exact(8)
                .map(|bits| {
                    bits.iter()
                        .fold(0, |sum, &bit| sum << 1 | u8::from(bit > 0.0))
                })
                .collect(),
        );
        // The certainty of a codeword is that of its least certain bit.
        let certainty = |codeword: &usize| {
            let bits = &evidence[codeword * 8..codeword * 8 + 8];
            bits.iter()
                .fold(f32::MAX, |least, bit| least.min(bit.abs()))
        };
        let mut order: Vec<usize> = (0..codewords).collect();
        order.sort_by(|a, b| certainty(a).total_cmp(&certainty(b)));
        for erased in (0..=CORRECTION).step_by(2) {
            let mut block = read.clone();
            if correct(&mut block, &order[..erased]) {
                list.take(bits_of(&block));
            }
        }
    }

    fn ordered_statistics(&self, evidence: &[f32], list: &mut BestList<'_>) {
        let mut order: Vec<usize> = (0..self.bits()).collect();
        order.sort_by(|&a, &b| evidence[b].abs().total_cmp(&evidence[a].abs()));
        let mut rows = Zeroizing::new(self.rows.clone());
        // The independent bits, most certain first; row i is the only one that has bit i of these.
        let mut pivots = Vec::with_capacity(rows.len());
        for bit in order {
            let rank = pivots.len();
            if rank == rows.len() {
                break;
            }
            let Some(at) = (rank..rows.len()).find(|&row| has(&rows[row], bit)) else {
                continue;
            };
            rows.swap(rank, at);
            let pivot = rows[rank];
            for (row, bits) in rows.iter_mut().enumerate() {
                if row != rank && has(bits, bit) {
                    add(bits, &pivot);
                }
            }
            pivots.push(bit);
        }
        let mut base: Bits = [0; WORDS];
        for (row, &bit) in rows.iter().zip(&pivots) {
            if evidence[bit] > 0.0 {
                add(&mut base, row);
            }
        }
        list.take(base);
        let cost: Vec<f32> = pivots.iter().map(|&bit| evidence[bit].abs()).collect();
        let last = rows.len();
        for i in (0..last).rev() {
            let mut one = base;
            add(&mut one, &rows[i]);
            list.take_if(one, cost[i]);
            for j in (i + 1..last).rev() {
                let two_cost = cost[i] + cost[j];
                if two_cost >= list.cost_limit() {
                    continue;
                }
                let mut two = one;
                add(&mut two, &rows[j]);
                list.take_if(two, two_cost);
                if i + TRIPLE_FLIPS < last {
                    continue;
                }
                for k in j + 1..last {
                    let mut three = two;
                    add(&mut three, &rows[k]);
                    list.take_if(three, two_cost + cost[k]);
                }
            }
        }
        base.zeroize();
    }
}

/// The best candidates so far, best first.
struct BestList<'a> {
    best: Vec<BlockCandidate>,
    /// Cost of each value of each byte of a block's bits.
    table: Zeroizing<Vec<f32>>,
    bytes: usize,
    data: usize,
    possible: &'a dyn Fn(&[u8]) -> bool,
}

impl<'a> BestList<'a> {
    fn new(evidence: &[f32], possible: &'a dyn Fn(&[u8]) -> bool, data: usize) -> BestList<'a> {
        let bytes = evidence.len() / 8;
        let mut table = Zeroizing::new(vec![0.0; bytes * 256]);
        for (byte, eight) in evidence.chunks_exact(8).enumerate() {
            for value in 0..256usize {
                table[byte * 256 + value] = eight
                    .iter()
                    .enumerate()
                    .filter(|&(bit, &it)| (value >> bit & 1 == 1) != (it > 0.0))
                    .map(|(_, it)| it.abs())
                    .sum();
            }
        }
        BestList {
            best: Vec::with_capacity(KEPT + 1),
            table,
            bytes,
            data,
            possible,
        }
    }

    /// Cost that a candidate must stay below to be kept.
    fn cost_limit(&self) -> f32 {
        match self.best.get(KEPT - 1) {
            Some(worst) => worst.cost,
            None => f32::MAX,
        }
    }

    fn take_if(&mut self, bits: Bits, cost: f32) {
        if cost < self.cost_limit() {
            self.take(bits);
        }
    }

    fn take(&mut self, bits: Bits) {
        let limit = self.cost_limit();
        let mut cost = 0.0;
        for byte in 0..self.bytes {
            let value = (bits[byte / 8] >> (byte % 8 * 8)) as usize & 0xff;
            cost += self.table[byte * 256 + value];
        }
        if cost >= limit || self.best.iter().any(|it| it.bits == bits) {
            return;
        }
        let data = bytes_of(&bits, self.data);
        if !(self.possible)(&data) {
            return;
        }
        let at = self.best.partition_point(|it| it.cost <= cost);
        let candidate = BlockCandidate {
            data: data.to_vec(),
            cost,
            bits,
        };
        self.best.insert(at, candidate);
        self.best.truncate(KEPT);
    }
}

/// Appends the correction codewords to data codewords.
fn whole(data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut block = Zeroizing::new(Vec::with_capacity(data.len() + CORRECTION));
    block.extend_from_slice(data);
    block.extend_from_slice(&parity(data));
    block
}

fn bits_of(block: &[u8]) -> Bits {
    let mut bits = [0; WORDS];
    for (byte, &value) in block.iter().enumerate() {
        bits[byte / 8] |= u64::from(value.reverse_bits()) << (byte % 8 * 8);
    }
    bits
}

fn bytes_of(bits: &Bits, count: usize) -> Zeroizing<Vec<u8>> {
    let byte = |byte: usize| ((bits[byte / 8] >> (byte % 8 * 8)) as u8).reverse_bits();
    Zeroizing::new((0..count).map(byte).collect())
}

fn has(bits: &Bits, bit: usize) -> bool {
    bits[bit / 64] >> (bit % 64) & 1 == 1
}

fn add(to: &mut Bits, bits: &Bits) {
    for (to, word) in to.iter_mut().zip(bits) {
        *to ^= word;
    }
}

impl BlockCandidate {
    /// Whether a bit of the block (data, then correction) is dark.
    pub(super) fn dark(&self, bit: usize) -> bool {
        has(&self.bits, bit)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    fn evidence(
        block: &[u8],
        rng: &mut StdRng,
        mut of: impl FnMut(usize, &mut StdRng) -> f32,
    ) -> Vec<f32> {
        (0..block.len() * 8)
            .map(|bit| {
                let dark = block[bit / 8] >> (7 - bit % 8) & 1 == 1;
                of(bit, rng) * if dark { 1.0 } else { -1.0 }
            })
            .collect()
    }

    #[test]
    fn a_block_with_three_fifths_unknown_is_found() {
        let mut rng = StdRng::seed_from_u64(3);
        for data in [11, 12] {
            let generator = Generator::new(data);
            for _ in 0..5 {
                let bytes: Vec<u8> = (0..data).map(|_| rng.random()).collect();
                let seen = evidence(&whole(&bytes), &mut rng, |_, rng| {
                    if rng.random_ratio(3, 5) {
                        0.01 * rng.random_range(-1.0..1.0f32)
                    } else {
                        1.0
                    }
                });
                let found = generator.likeliest(&seen, &|_| true);
                assert_eq!(found[0].data, bytes);
            }
        }
    }

    #[test]
    fn a_block_with_eleven_errors_that_look_certain_is_found() {
        let mut rng = StdRng::seed_from_u64(4);
        let generator = Generator::new(11);
        let bytes: Vec<u8> = (0..11).map(|_| rng.random()).collect();
        let seen = evidence(&whole(&bytes), &mut rng, |bit, _| {
            if bit % 24 < 3 { -1.0 } else { 1.0 }
        });
        let found = generator.likeliest(&seen, &|_| true);
        assert_eq!(found[0].data, bytes);
    }

    #[test]
    fn rejected_data_is_not_among_the_candidates() {
        let generator = Generator::new(11);
        let seen = vec![-1.0; 33 * 8];
        assert!(
            generator
                .likeliest(&seen, &|data| data[0] != 0)
                .iter()
                .all(|it| it.data[0] != 0)
        );
    }
}
