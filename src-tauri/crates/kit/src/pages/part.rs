//! A part: the text of one symbol and the fragments combined in it.
//!
//! `UR:BYTES/23-18/LP…` (BCR-2020-005): part number and number of fragments, then CBOR in minimal
//! bytewords. The CBOR is an array of these two numbers, the length of the message, its CRC-32, and
//! the sum of the fragments that the part number, the number of fragments and the CRC-32 select
//! (BCR-2024-001).

use minicbor::Decoder;
use minicbor::Encoder;
use ur::bytewords::{self, Style};

/// Maximum number of characters in a part: the capacity of the largest QR symbol in alphanumeric
/// mode.
const MAX_CHARACTERS: usize = 4_296;

/// Maximum number of fragments in a set.
pub(crate) const MAX_FRAGMENTS: usize = 1_024;

/// Maximum size in bytes of the message of a set, 256 KiB.
pub(crate) const MAX_MESSAGE: usize = 1 << 18;

/// The fields common to all parts of a set, which distinguish it from other sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Number of fragments in the message, 1 to [`MAX_FRAGMENTS`].
    pub(crate) fragments: usize,
    /// Size of the message in bytes, 1 to [`MAX_MESSAGE`].
    pub(crate) length: usize,
    /// CRC-32 of the message.
    pub(crate) checksum: u32,
    /// Size of a fragment in bytes. The last one is padded with zeros.
    pub(crate) fragment: usize,
}

impl Header {
    /// Returns whether the sizes are consistent and within bounds.
    fn is_valid(&self) -> bool {
        let bytes = self.fragments.saturating_mul(self.fragment);
        (1..=MAX_FRAGMENTS).contains(&self.fragments)
            && (1..=MAX_MESSAGE).contains(&self.length)
            && self.length <= bytes
            && bytes - self.length < self.fragment
    }
}

/// A part of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) header: Header,
    /// Number of the part, from 1. The first `fragments` parts are the fragments themselves.
    pub(crate) sequence: u32,
    /// Sum of its fragments in GF(2), as long as one fragment.
    pub(crate) data: Vec<u8>,
}

impl Part {
    /// Parses a part in either case; `None` for any other text.
    ///
    /// Allocations depend only on the length of the text, not on the sizes that it claims.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_CHARACTERS || !text.is_ascii() {
            return None;
        }
        let text = text.to_ascii_lowercase();
        let (numbers, body) = text.strip_prefix("ur:bytes/")?.split_once('/')?;
        let (sequence, fragments) = numbers.split_once('-')?;
        let cbor = bytewords::decode(body, Style::Minimal).ok()?;
        let mut cbor = Decoder::new(&cbor);
        if cbor.array().ok()? != Some(5) {
            return None;
        }
        let mut number = || cbor.u32().ok();
        let numbers = [number()?, number()?, number()?, number()?];
        let [of, all, length, checksum] = numbers;
        let data = cbor.bytes().ok()?.to_vec();
        if cbor.position() != cbor.input().len() || of == 0 {
            return None;
        }
        // Compares digits exactly, since the standard parser accepts a sign.
        let digits = |text: &str, value: u32| text == value.to_string();
        if !digits(sequence, of) || !digits(fragments, all) {
            return None;
        }
        let header = Header {
            fragments: all.try_into().ok()?,
            length: length.try_into().ok()?,
            checksum,
            fragment: data.len(),
        };
        header.is_valid().then_some(Self {
            header,
            sequence: of,
            data,
        })
    }

    /// Returns the text of the symbol in upper case.
    pub(crate) fn text(&self) -> Option<String> {
        let (sequence, fragments) = (self.sequence, self.header.fragments);
        let body = bytewords::encode(&cbor(&self.header, sequence, &self.data)?, Style::Minimal);
        Some(format!("ur:bytes/{sequence}-{fragments}/{body}").to_ascii_uppercase())
    }

    /// Returns the indexes of the combined fragments, each once, in no particular order.
    pub(crate) fn indexes(&self) -> Vec<usize> {
        indexes(&self.header, self.sequence)
    }
}

/// Returns the indexes of the fragments combined in part `sequence` of a set; empty if a number
/// does not fit CBOR, which [`Header`] rules out.
pub(crate) fn indexes(header: &Header, sequence: u32) -> Vec<usize> {
    // The part type of the `ur` crate can only be created from CBOR. Its data is irrelevant here.
    cbor(header, sequence, &[0])
        .and_then(|cbor| minicbor::decode::<ur::fountain::Part>(&cbor).ok())
        .map(|part| part.indexes())
        .unwrap_or_default()
}

fn cbor(header: &Header, sequence: u32, data: &[u8]) -> Option<Vec<u8>> {
    let mut cbor = Encoder::new(Vec::with_capacity(data.len() + 24));
    cbor.array(5).ok()?.u32(sequence).ok()?;
    cbor.u32(header.fragments.try_into().ok()?).ok()?;
    cbor.u32(header.length.try_into().ok()?).ok()?;
    cbor.u32(header.checksum).ok()?.bytes(data).ok()?;
    Some(cbor.into_writer())
}

/// Adds in GF(2).
pub(crate) fn add(to: &mut [u8], other: &[u8]) {
    for (to, other) in to.iter_mut().zip(other) {
        *to ^= other;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Vec<String> {
        let message: Vec<u8> = (0..1000_u32).map(|byte| (byte % 251) as u8).collect();
        let mut encoder = ur::Encoder::bytes(&message, 90).unwrap();
        (0..40).map(|_| encoder.next_part().unwrap()).collect()
    }

    #[test]
    fn parts_of_the_reference_encoder_round_trip_in_either_case() {
        for text in sample() {
            let part = Part::parse(&text).unwrap();
            assert_eq!(Part::parse(&text.to_ascii_uppercase()).unwrap(), part);
            assert_eq!(Part::parse(&format!(" {text}\r\n")).unwrap(), part);
            assert_eq!(part.text().unwrap(), text.to_ascii_uppercase());
        }
    }

    #[test]
    fn the_fragments_of_a_part_are_those_of_the_reference_encoder() {
        let message: Vec<u8> = (0..1000_u32).map(|byte| (byte % 251) as u8).collect();
        let mut encoder = ur::fountain::Encoder::new(&message, 90).unwrap();
        for text in sample() {
            assert_eq!(
                Part::parse(&text).unwrap().indexes(),
                encoder.next_part().indexes()
            );
        }
    }

    #[test]
    fn other_texts_and_inconsistent_parts_are_rejected() {
        let good = sample().swap_remove(20);
        let part = Part::parse(&good).unwrap();
        let (body, numbers) = (good.rsplit_once('/').unwrap().1, "21-12");
        assert!(good.contains(numbers));
        for text in [
            String::new(),
            "ur:bytes/iehsjyhspmwfwfia".to_owned(),
            "UR:BYTES/".to_owned(),
            "https://example.org".to_owned(),
            good.replace("bytes", "seed"),
            good.replace(numbers, "22-12"),
            good.replace(numbers, "21-13"),
            good.replace(numbers, "+21-12"),
            good.replace(numbers, "021-12"),
            good.replace(numbers, "21-12/1"),
            format!("{good}ae"),
            good[..good.len() - 2].to_owned(),
            format!("ur:bytes/{numbers}/{body}é"),
            format!("ur:bytes/{numbers}/{}", body.repeat(20)),
        ] {
            assert!(Part::parse(&text).is_none(), "{text}");
        }
        for header in [
            Header {
                fragments: 0,
                ..part.header
            },
            Header {
                fragments: MAX_FRAGMENTS + 1,
                ..part.header
            },
            Header {
                fragments: u32::MAX as usize,
                ..part.header
            },
            Header {
                length: 0,
                ..part.header
            },
            Header {
                length: u32::MAX as usize,
                ..part.header
            },
            Header {
                length: part.header.length + part.header.fragment,
                ..part.header
            },
            Header {
                length: part.header.length - part.header.fragment,
                ..part.header
            },
        ] {
            let text = Part {
                header,
                ..part.clone()
            }
            .text()
            .unwrap();
            assert!(Part::parse(&text).is_none(), "{header:?}");
        }
        let none = Part {
            data: Vec::new(),
            ..part.clone()
        }
        .text()
        .unwrap();
        assert!(Part::parse(&none).is_none());
        let zeroth = Part {
            sequence: 0,
            ..part
        }
        .text()
        .unwrap();
        assert!(Part::parse(&zeroth).is_none());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_on_text(
            text in ".*",
            body in "[a-z]{0,60}",
            numbers in "[0-9]{0,11}-[0-9]{0,11}",
        ) {
            let _ = Part::parse(&text);
            let _ = Part::parse(&format!("ur:bytes/{numbers}/{body}"));
        }

        #[test]
        fn parsing_never_panics_on_cbor_and_results_are_within_bounds(
            cbor in proptest::collection::vec(any::<u8>(), 0..60),
            numbers in any::<[u32; 4]>(),
            small in any::<[u8; 3]>(),
            data in proptest::collection::vec(any::<u8>(), 0..20),
        ) {
            let body = bytewords::encode(&cbor, Style::Minimal);
            let _ = Part::parse(&format!("ur:bytes/1-1/{body}"));
            let [a, b, c] = small.map(u32::from);
            for [sequence, fragments, length, checksum] in [numbers, [a, b, c, numbers[3]]] {
                let header = Header {
                    fragments: fragments as usize,
                    length: length as usize,
                    checksum,
                    fragment: data.len(),
                };
                let part = Part { header, sequence, data: data.clone() };
                if let Some(read) = Part::parse(&part.text().unwrap()) {
                    prop_assert!(read.header.is_valid());
                    let mut indexes = read.indexes();
                    indexes.sort_unstable();
                    indexes.dedup();
                    prop_assert!(!indexes.is_empty());
                    prop_assert!(indexes.iter().all(|&index| index < read.header.fragments));
                }
            }
        }
    }
}
