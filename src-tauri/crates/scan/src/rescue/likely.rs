//! The likeliest codewords of a block, from how dark each of its modules is.
//!
//! Two ways to them, since each finds what the other does not. Reed–Solomon's own correction, with more and more of
//! the least certain codewords erased (Forney's generalised minimum distance), bears codewords that are wrong and look
//! certain. Ordered statistics (Fossorier and Lin) take the block for the linear code over bits that it is: the most
//! certain independent bits are believed but for up to three, and make all others; they use each module of a
//! codeword that is half covered.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::layout::CORRECTION;
use super::reed_solomon::{correct, parity};

/// Words of 64 bits that hold a block's bits: at most 34 codewords.
const WORDS: usize = 5;

/// Bits of a block, the first one lowest.
type Bits = [u64; WORDS];

/// Candidates of a block that are kept.
const KEPT: usize = 12;

/// Least certain of the believed bits of which three at a time are doubted.
const DOUBTED: usize = 36;

/// A codeword of a block.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct Candidate {
    /// The data codewords.
    pub(super) data: Vec<u8>,
    /// What speaks against it: the certainty of all bits that it says otherwise.
    pub(super) against: f32,
    bits: Bits,
}

/// The binary form of the code with so many data codewords: what each bit of data alone makes.
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

    /// The likeliest codewords, best first, of those that `possible` admits by their data. `evidence` is positive for
    /// a dark bit, and the larger the more certain.
    pub(super) fn likeliest(
        &self,
        evidence: &[f32],
        possible: &dyn Fn(&[u8]) -> bool,
    ) -> Vec<Candidate> {
        let mut list = List::new(evidence, possible, self.data);
        self.erase_and_correct(evidence, &mut list);
        self.order_and_doubt(evidence, &mut list);
        list.best
    }

    fn erase_and_correct(&self, evidence: &[f32], list: &mut List<'_>) {
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
        // A codeword is as certain as its least certain bit.
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

    fn order_and_doubt(&self, evidence: &[f32], list: &mut List<'_>) {
        let mut order: Vec<usize> = (0..self.bits()).collect();
        order.sort_by(|&a, &b| evidence[b].abs().total_cmp(&evidence[a].abs()));
        let mut rows = Zeroizing::new(self.rows.clone());
        // Each believed bit, in the order of certainty, with the row that alone has it.
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
        let mut believed: Bits = [0; WORDS];
        for (row, &bit) in rows.iter().zip(&pivots) {
            if evidence[bit] > 0.0 {
                add(&mut believed, row);
            }
        }
        list.take(believed);
        let cost: Vec<f32> = pivots.iter().map(|&bit| evidence[bit].abs()).collect();
        let last = rows.len();
        for i in (0..last).rev() {
            let mut one = believed;
            add(&mut one, &rows[i]);
            list.take_if(one, cost[i]);
            for j in (i + 1..last).rev() {
                let two_cost = cost[i] + cost[j];
                if two_cost >= list.worst() {
                    continue;
                }
                let mut two = one;
                add(&mut two, &rows[j]);
                list.take_if(two, two_cost);
                if i + DOUBTED < last {
                    continue;
                }
                for k in j + 1..last {
                    let mut three = two;
                    add(&mut three, &rows[k]);
                    list.take_if(three, two_cost + cost[k]);
                }
            }
        }
        believed.zeroize();
    }
}

/// Candidates, best first, while they are looked for.
struct List<'a> {
    best: Vec<Candidate>,
    /// What each value of each byte of a block's bits has against it.
    table: Zeroizing<Vec<f32>>,
    bytes: usize,
    data: usize,
    possible: &'a dyn Fn(&[u8]) -> bool,
}

impl<'a> List<'a> {
    fn new(evidence: &[f32], possible: &'a dyn Fn(&[u8]) -> bool, data: usize) -> List<'a> {
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
        List {
            best: Vec::with_capacity(KEPT + 1),
            table,
            bytes,
            data,
            possible,
        }
    }

    /// What a candidate may not reach to be kept.
    fn worst(&self) -> f32 {
        match self.best.get(KEPT - 1) {
            Some(worst) => worst.against,
            None => f32::MAX,
        }
    }

    fn take_if(&mut self, bits: Bits, cost: f32) {
        if cost < self.worst() {
            self.take(bits);
        }
    }

    fn take(&mut self, bits: Bits) {
        let worst = self.worst();
        let mut against = 0.0;
        for byte in 0..self.bytes {
            let value = (bits[byte / 8] >> (byte % 8 * 8)) as usize & 0xff;
            against += self.table[byte * 256 + value];
        }
        if against >= worst || self.best.iter().any(|it| it.bits == bits) {
            return;
        }
        let data = bytes_of(&bits, self.data);
        if !(self.possible)(&data) {
            return;
        }
        let at = self.best.partition_point(|it| it.against <= against);
        let candidate = Candidate {
            data: data.to_vec(),
            against,
            bits,
        };
        self.best.insert(at, candidate);
        self.best.truncate(KEPT);
    }
}

/// Data codewords with their correction codewords.
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

impl Candidate {
    /// Whether a bit of the block, data and correction, is dark.
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
    fn a_block_of_which_three_fifths_are_unknown_is_found() {
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
    fn a_block_with_eleven_certain_mistakes_is_found() {
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
    fn what_is_impossible_is_not_among_them() {
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
