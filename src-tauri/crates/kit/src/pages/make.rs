//! Makes the parts of recovery pages.

use code::BackupCode;
use flate2::Crc;
use minicbor::Encoder;
use thiserror::Error;

use crate::pages::part::{Header, Part, add, indexes};
use crate::pages::plan::{self, plan};
use crate::pages::{FRAGMENT, MOST_JSON, SetName, zip};
use crate::{Snapshot, WriteError, document, passphrase};

/// New salts that are tried until parts are found that make up for any page. The first one does nearly always.
const TRIES: usize = 8;

/// Bytes of an `age` file with one scrypt stanza before its contents: `age-encryption.org/v1`, the stanza with log₂ N of
/// two digits, the header's MAC, the nonce.
const AGE_HEADER: usize = 22 + 36 + 44 + 48 + 16;

/// Contents are encrypted in chunks, each with a tag (c2sp.org/age, "Payload").
const AGE_CHUNK: usize = 65_536;
const AGE_TAG: usize = 16;

/// What is printed on recovery pages.
pub struct Pages {
    pages: Vec<Vec<String>>,
    set: SetName,
}

impl Pages {
    /// The texts of each page's symbols, for QR codes in alphanumeric mode: two pages or more, at most
    /// [`crate::pages::SYMBOLS_A_PAGE`] on each, each of at most [`crate::pages::MOST_TEXT`] characters. Any one page
    /// may be lost. Nothing in them is secret without the code.
    pub fn pages(&self) -> &[Vec<String>] {
        &self.pages
    }

    /// What tells them from other pages.
    pub fn set(&self) -> SetName {
        self.set
    }
}

/// How much pages would hold, told before they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Bytes of JSON, of which there may be [`MOST_JSON`].
    pub json: usize,
    /// Bytes of the encrypted file.
    pub file: usize,
    /// Pages that it takes.
    pub pages: usize,
}

/// Why no pages were made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MakeError {
    /// The contents are longer than pages can hold.
    #[error("the pages would hold {size} bytes, and {most} is the most")]
    TooLarge {
        /// Bytes of JSON that they would hold.
        size: usize,
        /// [`MOST_JSON`].
        most: usize,
    },
    /// This computer does not have the memory that it takes.
    #[error("there is not enough memory to make the pages")]
    OutOfMemory,
    /// `age` could not encrypt.
    #[error("the pages could not be encrypted")]
    Age(#[from] age::EncryptError),
    /// No parts were found that make up for a lost page, or they did not pass the test. Trying again may help.
    #[error("the pages would not do without one of them")]
    NotSpared,
}

impl From<WriteError> for MakeError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::TooLarge { size } => Self::TooLarge {
                size,
                most: MOST_JSON,
            },
            WriteError::OutOfMemory => Self::OutOfMemory,
            WriteError::Age(error) => Self::Age(error),
        }
    }
}

/// How many pages a wallet takes.
///
/// # Errors
/// See [`MakeError`].
pub fn extent(snapshot: &Snapshot<'_>) -> Result<Extent, MakeError> {
    let json = json(snapshot)?;
    let zipped = zip::gzip(&json).ok_or(MakeError::OutOfMemory)?;
    let chunks = zipped.len().div_ceil(AGE_CHUNK).max(1);
    let file = AGE_HEADER + zipped.len() + chunks * AGE_TAG;
    Ok(Extent {
        json: json.len(),
        file,
        pages: pages_for(file),
    })
}

/// Pages that it takes for an encrypted file of so many bytes: two at least.
pub fn pages_for(file: usize) -> usize {
    header_of(message_length(file), 0).map_or(2, |header| plan::pages_for(header.fragments))
}

/// Fresh pages that this code opens, which for a set is the secret code. Every time, a standard decoder restores them
/// without each of the pages before they are given out. Takes a tenth of a second for the encryption, and up to three
/// seconds for the largest wallets.
///
/// # Errors
/// See [`MakeError`].
pub fn make(code: &BackupCode, snapshot: &Snapshot<'_>) -> Result<Pages, MakeError> {
    let zipped = zip::gzip(&json(snapshot)?).ok_or(MakeError::OutOfMemory)?;
    for _ in 0..TRIES {
        let file = passphrase::lock(&zipped, code)?;
        if let Some(pages) = spread(&file) {
            return Ok(pages);
        }
    }
    Err(MakeError::NotSpared)
}

fn json(snapshot: &Snapshot<'_>) -> Result<zeroize::Zeroizing<Vec<u8>>, MakeError> {
    let json = document::write(snapshot)?;
    if json.len() > MOST_JSON {
        return Err(MakeError::TooLarge {
            size: json.len(),
            most: MOST_JSON,
        });
    }
    Ok(json)
}

/// The pages of an encrypted file. `None` if one of them could not be lost.
pub(crate) fn spread(file: &[u8]) -> Option<Pages> {
    let mut cbor = Encoder::new(Vec::with_capacity(message_length(file.len())));
    cbor.bytes(file).ok()?;
    let message = cbor.into_writer();
    let mut crc = Crc::new();
    crc.update(&message);
    let header = header_of(message.len(), crc.sum())?;
    let text = |sequence: &u32| part(&header, *sequence, &message)?.text();
    let page = |parts: Vec<u32>| parts.iter().map(text).collect::<Option<Vec<_>>>();
    let pages: Vec<_> = plan(&header)?
        .into_iter()
        .map(page)
        .collect::<Option<_>>()?;
    let set = SetName {
        checksum: header.checksum,
        length: header.length,
    };
    (0..pages.len())
        .all(|lost| does_without(lost, &pages, &message))
        .then_some(Pages { pages, set })
}

/// Whether the published decoder restores the message without this page. It gets the mixed parts first: what becomes known
/// from a mixed part, it takes out of the others only when the next single fragment comes in.
fn does_without(lost: usize, pages: &[Vec<String>], message: &[u8]) -> bool {
    let mut decoder = ur::Decoder::default();
    let left = pages.iter().enumerate().filter(|(page, _)| *page != lost);
    let mut left: Vec<&String> = left.flat_map(|(_, page)| page).collect();
    left.sort_by_key(|text| !is_mixed(text));
    for text in left {
        if decoder.receive(text).is_err() {
            return false;
        }
    }
    matches!(decoder.message(), Ok(Some(restored)) if restored == message)
}

/// Whether the part is mixed of fragments, by its number: the first ones are the fragments themselves (BCR-2024-001).
fn is_mixed(text: &str) -> bool {
    let numbers = text.split('/').nth(1).and_then(|part| part.split_once('-'));
    let numbers = numbers.map(|(sequence, of)| (sequence.parse::<u32>(), of.parse::<u32>()));
    matches!(numbers, Some((Ok(sequence), Ok(of))) if sequence > of)
}

/// Cuts a message into equal fragments, at least two, since "the first of one" is not what every decoder expects.
pub(crate) fn header_of(length: usize, checksum: u32) -> Option<Header> {
    let most = FRAGMENT.min(length.div_ceil(2)).max(1);
    let fragment = length.div_ceil(length.div_ceil(most).max(1));
    (length > 1).then(|| Header {
        fragments: length.div_ceil(fragment),
        length,
        checksum,
        fragment,
    })
}

fn part(header: &Header, sequence: u32, message: &[u8]) -> Option<Part> {
    let mut data = vec![0; header.fragment];
    let fragments: Vec<_> = message.chunks(header.fragment).collect();
    for index in indexes(header, sequence) {
        add(&mut data, fragments.get(index)?);
    }
    Some(Part {
        header: *header,
        sequence,
        data,
    })
}

/// Bytes of a CBOR byte string.
fn message_length(bytes: usize) -> usize {
    let head = match bytes {
        0..24 => 1,
        24..0x100 => 2,
        0x100..0x1_0000 => 3,
        _ => 5,
    };
    head + bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    #[test]
    fn a_part_is_known_to_be_mixed_by_its_number() {
        assert!(!is_mixed("UR:BYTES/7-7/LPADAXCFAX"));
        assert!(is_mixed("UR:BYTES/8-7/LPADAXCFAX"));
        assert!(!is_mixed("UR:BYTES/LPADAXCFAX"));
    }

    #[test]
    fn whatever_is_encrypted_the_first_try_does_without_any_page() {
        let mut rng = StdRng::seed_from_u64(1);
        for fragments in [2, 18, 25, 30, 31, 45, 46] {
            for _ in 0..4 {
                let mut file = vec![0; fragments * FRAGMENT - 40];
                rng.fill(&mut file[..]);
                assert!(spread(&file).is_some(), "{fragments}");
            }
        }
    }
}
