//! One part: the text of one symbol, and the fragments that are mixed in it.
//!
//! `UR:BYTES/23-18/LP…` (BCR-2020-005): part number and number of fragments, then CBOR in minimal bytewords: an array
//! of the two, the message's length, its CRC-32, and the fragments named by these three (BCR-2024-001), added up.

use minicbor::Decoder;
use minicbor::Encoder;
use ur::bytewords::{self, Style};

/// Characters of the largest QR symbol in alphanumeric mode: no part is longer.
const MOST_CHARACTERS: usize = 4_296;

/// The most fragments that a set may have.
pub(crate) const MOST_FRAGMENTS: usize = 1_024;

/// The longest message in bytes that a set may carry, 256 KiB.
pub(crate) const MOST_MESSAGE: usize = 1 << 18;

/// What the parts of one set have in common, and no other set is likely to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Fragments of the message: 1 to [`MOST_FRAGMENTS`].
    pub(crate) fragments: usize,
    /// Bytes of the message: 1 to [`MOST_MESSAGE`].
    pub(crate) length: usize,
    /// The message's CRC-32.
    pub(crate) checksum: u32,
    /// Bytes of a fragment. The last one is filled up with zeros.
    pub(crate) fragment: usize,
}

impl Header {
    /// Whether the sizes go together and stay within bounds.
    fn holds(&self) -> bool {
        let bytes = self.fragments.saturating_mul(self.fragment);
        (1..=MOST_FRAGMENTS).contains(&self.fragments)
            && (1..=MOST_MESSAGE).contains(&self.length)
            && self.length <= bytes
            && bytes - self.length < self.fragment
    }
}

/// One part of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) header: Header,
    /// Its number, from 1. The first `fragments` are the fragments themselves.
    pub(crate) sequence: u32,
    /// Its fragments, added up in GF(2): as long as one fragment.
    pub(crate) data: Vec<u8>,
}

impl Part {
    /// Reads a part in either case; `None` for anything else.
    ///
    /// Nothing is allocated by what the text says but by how long it is.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MOST_CHARACTERS || !text.is_ascii() {
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
        // Digits alone: the standard parser would take a sign.
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
        header.holds().then_some(Self {
            header,
            sequence: of,
            data,
        })
    }

    /// The text of its symbol, in upper case.
    pub(crate) fn text(&self) -> Option<String> {
        let (sequence, fragments) = (self.sequence, self.header.fragments);
        let body = bytewords::encode(&cbor(&self.header, sequence, &self.data)?, Style::Minimal);
        Some(format!("ur:bytes/{sequence}-{fragments}/{body}").to_ascii_uppercase())
    }

    /// The fragments that are added up in it, each once, in no order.
    pub(crate) fn indexes(&self) -> Vec<usize> {
        indexes(&self.header, self.sequence)
    }
}

/// The fragments that part `sequence` of a set is made of; none where its numbers do not fit CBOR, which [`Header`]
/// rules out.
pub(crate) fn indexes(header: &Header, sequence: u32) -> Vec<usize> {
    // The crate's own part has no constructor but CBOR; its fragment plays no role here.
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
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Vec<String> {
        let message: Vec<u8> = (0..1000_u32).map(|byte| (byte % 251) as u8).collect();
        let mut encoder = ur::Encoder::bytes(&message, 90).unwrap();
        (0..40).map(|_| encoder.next_part().unwrap()).collect()
    }

    #[test]
    fn parts_of_the_published_encoder_are_read_and_written_again_in_either_case() {
        for text in sample() {
            let part = Part::parse(&text).unwrap();
            assert_eq!(Part::parse(&text.to_ascii_uppercase()).unwrap(), part);
            assert_eq!(Part::parse(&format!(" {text}\r\n")).unwrap(), part);
            assert_eq!(part.text().unwrap(), text.to_ascii_uppercase());
        }
    }

    #[test]
    fn the_fragments_of_a_part_are_those_that_the_published_encoder_mixed() {
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
    fn what_is_no_part_of_ours_is_refused() {
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
                fragments: MOST_FRAGMENTS + 1,
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
        fn no_text_makes_it_panic(text in ".*", body in "[a-z]{0,60}", numbers in "[0-9]{0,11}-[0-9]{0,11}") {
            let _ = Part::parse(&text);
            let _ = Part::parse(&format!("ur:bytes/{numbers}/{body}"));
        }

        #[test]
        fn no_cbor_makes_it_panic_and_what_is_read_is_within_bounds(
            cbor in proptest::collection::vec(any::<u8>(), 0..60),
            numbers in any::<[u32; 4]>(),
            small in any::<[u8; 3]>(),
            data in proptest::collection::vec(any::<u8>(), 0..20),
        ) {
            let body = bytewords::encode(&cbor, Style::Minimal);
            let _ = Part::parse(&format!("ur:bytes/1-1/{body}"));
            let [a, b, c] = small.map(u32::from);
            for [sequence, fragments, length, checksum] in [numbers, [a, b, c, numbers[3]]] {
                let header = Header { fragments: fragments as usize, length: length as usize, checksum, fragment: data.len() };
                let part = Part { header, sequence, data: data.clone() };
                if let Some(read) = Part::parse(&part.text().unwrap()) {
                    prop_assert!(read.header.holds());
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
