//! From the evidence for every module to a text whose own checksum holds.

use code::{ALPHABET, Reading, TypedCode};
use zeroize::Zeroizing;

use super::evidence::{Evidence, discount_uniform_areas};
use super::layout::{
    ALL_DATA, CODEWORDS, CORRECTION, DATA, MASKS, MODULES, Module, SIDE, blocks, format, masked,
    module, order,
};
use super::soft_decision::{BlockCandidate, Generator};
use crate::engine::Text;

/// The 45 characters of alphanumeric mode by their values.
const CHARACTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Number of characters of the text.
const LENGTH: usize = code::LENGTH;

/// Number of bits of the mode (0010) and of the character count.
const HEAD_BITS: usize = 13;

/// Number of bits of two characters.
const PAIR_BITS: usize = 11;

/// Certainty of bits that are the same in all symbols.
const KNOWN: f32 = 1.0e4;

/// Certainty of modules whose colour is known.
const CERTAIN: f32 = 3.0;

/// Maximum number of combinations of the blocks' candidates that are checked against the checksum.
const COMBINATIONS: usize = 4000;

/// Tables that are the same for all symbols.
pub(super) struct Decoder {
    order: Vec<usize>,
    blocks: [Vec<usize>; 4],
    generators: [Generator; 2],
    /// For each value of a pair of characters, whether it may occur in a code.
    pairs: Vec<bool>,
}

/// Result of decoding evidence.
pub(super) struct Decoded {
    /// The text if its checksum holds.
    pub(super) text: Option<Text>,
    /// If there is no text: the modules of the blocks that are nearly certain, and whether they are
    /// dark; by row × [`SIDE`] + column.
    pub(super) confident: Vec<(usize, bool)>,
}

impl Decoder {
    pub(super) fn new() -> Decoder {
        let allowed = |value: usize| ALPHABET.contains(&CHARACTERS[value]);
        Decoder {
            order: order(),
            blocks: blocks(),
            generators: [Generator::new(DATA[0]), Generator::new(DATA[3])],
            pairs: (0..1 << PAIR_BITS)
                .map(|pair| pair < 45 * 45 && allowed(pair / 45) && allowed(pair % 45))
                .collect(),
        }
    }

    /// Returns the likeliest mask by the format information and the known bits of the data.
    pub(super) fn mask(&self, evidence: &[f32]) -> usize {
        let known = known();
        let score = |mask: usize| -> f32 {
            let bits = format(mask);
            let from_format: f32 = (0..MODULES)
                .filter_map(|at| match module(at % SIDE, at / SIDE) {
                    Module::Format(bit) => Some(signed(evidence[at], bits >> bit & 1 == 1)),
                    Module::Fixed(_) | Module::Data => None,
                })
                .sum();
            let from_known: f32 = self
                .placed(&known)
                .map(|(at, dark)| signed(evidence[at], dark != masked(mask, at % SIDE, at / SIDE)))
                .sum();
            from_format + from_known
        };
        (0..MASKS)
            .max_by(|&a, &b| score(a).total_cmp(&score(b)))
            .unwrap_or(0)
    }

    /// Returns the modules of the data bits whose value is known, with that value.
    fn placed<'a>(&'a self, known: &'a [Option<bool>]) -> impl Iterator<Item = (usize, bool)> + 'a {
        let mut first = 0;
        DATA.iter()
            .zip(&self.blocks)
            .flat_map(move |(&data, block)| {
                let start = first;
                first += data;
                (0..data * 8).filter_map(move |bit| {
                    let dark = known[start * 8 + bit]?;
                    Some((self.order[block[bit / 8] * 8 + bit % 8], dark))
                })
            })
    }

    /// Decodes evidence in which the `expected` colours (1 dark, −1 light, 0 unknown) replace the
    /// sampled ones.
    pub(super) fn decode_with_known(&self, mut evidence: Evidence, expected: &[f32]) -> Decoded {
        let mask = self.mask(&evidence);
        discount_uniform_areas(&mut evidence);
        for (value, &expected) in evidence.iter_mut().zip(expected) {
            if expected != 0.0 {
                *value = CERTAIN * expected;
            }
        }
        self.decode(&evidence, mask)
    }

    /// Decodes a symbol with this mask. `evidence` has one value per module, row by row: positive
    /// for a dark module, and the larger the more certain.
    pub(super) fn decode(&self, evidence: &[f32], mask: usize) -> Decoded {
        let known = known();
        let mut found: Vec<Vec<BlockCandidate>> = Vec::with_capacity(4);
        let mut confident = Vec::new();
        let mut first = 0;
        for (data, block) in DATA.into_iter().zip(&self.blocks) {
            let modules: Vec<usize> = block
                .iter()
                .flat_map(|codeword| &self.order[codeword * 8..codeword * 8 + 8])
                .copied()
                .collect();
            let inverted = |at: usize| masked(mask, at % SIDE, at / SIDE);
            let mut block_evidence: Zeroizing<Vec<f32>> = Zeroizing::new(
                modules
                    .iter()
                    .map(|&at| {
                        if inverted(at) {
                            -evidence[at]
                        } else {
                            evidence[at]
                        }
                    })
                    .collect(),
            );
            let sum: f32 = block_evidence.iter().map(|it| it.abs()).sum();
            for (to, known) in block_evidence
                .iter_mut()
                .zip(&known[first * 8..(first + data) * 8])
            {
                if let Some(dark) = known {
                    *to = if *dark { KNOWN } else { -KNOWN };
                }
            }
            let possible = |bytes: &[u8]| self.possible(first, bytes);
            let generator = &self.generators[usize::from(data != DATA[0])];
            let candidates = generator.likeliest(&block_evidence, &possible);
            let Some(best) = candidates.first() else {
                return Decoded {
                    text: None,
                    confident: Vec::new(),
                };
            };
            let next = candidates.get(1).map_or(f32::MAX, |next| next.cost);
            if best.cost < 0.16 * sum && next - best.cost > 0.04 * sum {
                confident.extend(
                    modules
                        .iter()
                        .enumerate()
                        .map(|(bit, &at)| (at, best.dark(bit) != inverted(at))),
                );
            }
            found.push(candidates);
            first += data;
        }
        Decoded {
            text: self.join(&found),
            confident,
        }
    }

    /// Whether data codewords that start at the symbol's codeword `first` may be part of a code.
    fn possible(&self, first: usize, bytes: &[u8]) -> bool {
        let (start, end) = (first * 8, (first + bytes.len()) * 8);
        (0..LENGTH / 2)
            .map(|pair| HEAD_BITS + pair * PAIR_BITS)
            .filter(|&at| at >= start && at + PAIR_BITS <= end)
            .all(|at| self.pairs[pair_at(bytes, at - start)])
    }

    /// Returns the text of the likeliest combination of candidates whose checksum holds.
    fn join(&self, found: &[Vec<BlockCandidate>]) -> Option<Text> {
        let mut combinations: Vec<(f32, [usize; 4])> = vec![(0.0, [0; 4])];
        for (block, candidates) in found.iter().enumerate() {
            let mut longer = Vec::with_capacity(combinations.len() * candidates.len());
            for (cost, chosen) in &combinations {
                for (index, candidate) in candidates.iter().enumerate() {
                    let mut chosen = *chosen;
                    chosen[block] = index;
                    longer.push((cost + candidate.cost, chosen));
                }
            }
            longer.sort_by(|a, b| a.0.total_cmp(&b.0));
            longer.truncate(COMBINATIONS);
            combinations = longer;
        }
        combinations.iter().find_map(|(_, chosen)| {
            let mut data = Zeroizing::new(Vec::with_capacity(ALL_DATA));
            for (candidates, &index) in found.iter().zip(chosen) {
                data.extend_from_slice(&candidates[index].data);
            }
            self.text(&data)
        })
    }

    /// Returns the text of the symbol's data if it is a code or a share whose checksum holds
    /// without corrections.
    fn text(&self, data: &[u8]) -> Option<Text> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH));
        for pair in 0..LENGTH / 2 {
            let pair = pair_at(data, HEAD_BITS + pair * PAIR_BITS);
            if !self.pairs[pair] {
                return None;
            }
            text.push(char::from(CHARACTERS[pair / 45]));
            text.push(char::from(CHARACTERS[pair % 45]));
        }
        let code = TypedCode::parse(&text).ok()?;
        if !code.is_codeword() {
            return None;
        }
        matches!(code.read(), Reading::Code(_) | Reading::Share(_)).then_some(text)
    }
}

/// Reads eleven bits, starting at bit `at`.
fn pair_at(bytes: &[u8], at: usize) -> usize {
    (at..at + PAIR_BITS).fold(0, |sum, bit| {
        sum << 1 | usize::from(bytes[bit / 8] >> (7 - bit % 8) & 1)
    })
}

/// Data bits that are the same for all codes: the mode, the character count and the padding.
fn known() -> Vec<Option<bool>> {
    const END: usize = HEAD_BITS + LENGTH / 2 * PAIR_BITS;
    let mut known = vec![None; ALL_DATA * 8];
    let head = 0b0010 << 9 | LENGTH;
    for (bit, to) in known.iter_mut().take(HEAD_BITS).enumerate() {
        *to = Some(head >> (HEAD_BITS - 1 - bit) & 1 == 1);
    }
    // A terminator of four bits, zeros up to a whole codeword, then these two bytes alternately.
    let whole = (END + 4).div_ceil(8);
    known[END..whole * 8].fill(Some(false));
    for (codeword, filler) in (whole..ALL_DATA).zip([0xec_u8, 0x11].into_iter().cycle()) {
        for bit in 0..8 {
            known[codeword * 8 + bit] = Some(filler >> (7 - bit) & 1 == 1);
        }
    }
    known
}

/// Evidence for the bit being dark, or light.
fn signed(evidence: f32, dark: bool) -> f32 {
    if dark { evidence } else { -evidence }
}

const _: () = assert!(DATA[0] + DATA[1] + DATA[2] + DATA[3] == ALL_DATA);
const _: () = assert!(ALL_DATA + 4 * CORRECTION == CODEWORDS);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use qrcode::bits::Bits;
    use qrcode::{Color, EcLevel, QrCode, Version};
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    fn code(seed: u64) -> String {
        let code = code::BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false);
        code.expose().to_owned()
    }

    /// Evidence from a perfect picture of a symbol.
    fn evidence(text: &str) -> Vec<f32> {
        let mut bits = Bits::new(Version::Normal(5));
        bits.push_alphanumeric_data(text.as_bytes()).unwrap();
        bits.push_terminator(EcLevel::H).unwrap();
        let qr = QrCode::with_bits(bits, EcLevel::H).unwrap();
        let value = |at: usize| {
            if qr[(at % SIDE, at / SIDE)] == Color::Dark {
                1.0
            } else {
                -1.0
            }
        };
        (0..MODULES).map(value).collect()
    }

    fn read(evidence: &[f32]) -> Option<String> {
        let decoder = Decoder::new();
        let decoded = decoder.decode(evidence, decoder.mask(evidence));
        decoded.text.map(|text| text.to_string())
    }

    #[test]
    fn a_perfect_symbol_is_decoded() {
        for seed in 0..8 {
            let text = code(seed);
            assert_eq!(read(&evidence(&text)), Some(text));
        }
    }

    #[test]
    fn a_symbol_with_two_fifths_missing_is_decoded() {
        let mut rng = StdRng::seed_from_u64(5);
        let text = code(9);
        let mut seen = evidence(&text);
        // Missing from the middle, as under a cover; the rest is not quite certain either.
        for (at, value) in seen.iter_mut().enumerate() {
            let covered = (11..26).contains(&(at / SIDE));
            *value = if covered {
                0.0
            } else {
                *value * rng.random_range(0.2..1.0)
            };
        }
        assert_eq!(read(&seen), Some(text));
    }

    #[test]
    fn a_symbol_under_equally_strong_noise_is_decoded() {
        let mut rng = StdRng::seed_from_u64(6);
        let text = code(10);
        let mut seen = evidence(&text);
        for value in &mut seen {
            // The sum of four is nearly Gaussian, with a standard deviation of 0.69.
            *value += (0..4).map(|_| rng.random_range(-0.6..0.6f32)).sum::<f32>();
        }
        let wrong = seen
            .iter()
            .zip(evidence(&text))
            .filter(|(a, b)| *a * b < 0.0)
            .count();
        assert!(wrong > 60, "{wrong}");
        assert_eq!(read(&seen), Some(text));
    }

    #[test]
    fn a_text_that_is_not_a_code_is_not_decoded() {
        let valid = code(11);
        let swapped = [&valid[..30], &valid[40..], &valid[30..40]].concat();
        let twice = [&valid[..59], &valid[..1]].concat();
        let other = "HTTPS://EXAMPLE.ORG/SOME/PAGE/WITH/SIXTY/CHARACTERS/IN/IT/01";
        assert_eq!(other.len(), LENGTH);
        for text in [other, &twice, &swapped, &"Q".repeat(LENGTH)] {
            assert_eq!(read(&evidence(text)), None);
        }
    }

    #[test]
    fn noise_is_not_decoded() {
        let mut rng = StdRng::seed_from_u64(7);
        for _ in 0..20 {
            let noise: Vec<f32> = (0..MODULES).map(|_| rng.random_range(-1.0..1.0)).collect();
            assert_eq!(read(&noise), None);
        }
    }

    #[test]
    fn halves_of_two_codes_give_one_of_them_or_nothing() {
        for seed in 20..30 {
            let (a, b) = (code(seed), code(seed + 100));
            let (left, right) = (evidence(&a), evidence(&b));
            let mixed: Vec<f32> = (0..MODULES)
                .map(|at| {
                    if at % SIDE < SIDE / 2 {
                        left[at]
                    } else {
                        right[at]
                    }
                })
                .collect();
            assert!(
                read(&mixed).is_none_or(|text| text == a || text == b),
                "{seed}"
            );
        }
    }
}
