//! Makes the parts of recovery pages.

use code::BackupCode;
use flate2::Crc;
use minicbor::Encoder;
use thiserror::Error;
use wallet::item_json::Past;
use wallet::json::JsonStyle;

use crate::pages::part::{Header, Part, add, indexes};
use crate::pages::plan::{self, plan};
use crate::pages::{FRAGMENT, MAX_JSON, SetName, zip};
use crate::passphrase::Work;
use crate::{Snapshot, WriteError, document, passphrase};

/// Maximum number of salts to try until the parts can replace any lost page. The first one nearly
/// always succeeds.
const TRIES: usize = 8;

/// Size of an `age` file with one scrypt stanza, excluding its payload: `age-encryption.org/v1`,
/// the stanza with a two-digit log₂ N, the header's MAC and the nonce.
const AGE_HEADER: usize = 22 + 36 + 44 + 48 + 16;

/// The payload is encrypted in chunks, each with a tag (c2sp.org/age, "Payload").
const AGE_CHUNK: usize = 65_536;
const AGE_TAG: usize = 16;

/// The text to print on recovery pages.
pub struct Pages {
    pages: Vec<Vec<String>>,
    set: SetName,
}

impl Pages {
    /// Returns the texts of each page's symbols, for QR codes in alphanumeric mode. There are two
    /// or more pages with at most [`crate::pages::SYMBOLS_A_PAGE`] symbols each, and a text has at
    /// most [`crate::pages::MAX_TEXT`] characters. Any one page may be lost. The texts are not
    /// secret without the code.
    pub fn pages(&self) -> &[Vec<String>] {
        &self.pages
    }

    /// Returns the name of the set.
    pub fn set(&self) -> SetName {
        self.set
    }
}

/// The size of pages before they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Size of the JSON in bytes, at most [`MAX_JSON`].
    pub json: usize,
    /// Size of the encrypted file in bytes.
    pub file: usize,
    /// Number of pages.
    pub pages: usize,
}

/// Reasons why pages cannot be made.
#[derive(Debug, Error)]
pub enum MakeError {
    /// The contents are too large for pages.
    #[error("the contents are {size} bytes, but pages hold at most {most}")]
    TooLarge {
        /// Size of the JSON in bytes.
        size: usize,
        /// The maximum, [`MAX_JSON`].
        most: usize,
    },
    /// This computer has too little memory.
    #[error("there is not enough memory to make the pages")]
    OutOfMemory,
    /// `age` failed to encrypt.
    #[error("the pages could not be encrypted")]
    Age(#[from] age::EncryptError),
    /// The parts cannot replace a lost page, or failed the test. A retry may succeed.
    #[error("the pages could not be restored if one of them were lost")]
    NotRedundant,
}

impl From<WriteError> for MakeError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::TooLarge { size } => Self::TooLarge {
                size,
                most: MAX_JSON,
            },
            WriteError::OutOfMemory => Self::OutOfMemory,
            WriteError::Age(error) => Self::Age(error),
        }
    }
}

/// Returns the size of the pages for a wallet.
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

/// Returns the number of pages for an encrypted file of this size in bytes, at least two.
pub fn pages_for(file: usize) -> usize {
    header_of(message_length(file), 0).map_or(2, |header| plan::pages_for(header.fragments))
}

/// Makes new pages for this code; for a set this is the secret code. Before they are returned, a
/// standard decoder restores them without each of the pages in turn. Encryption takes a tenth of a
/// second, and the largest wallets take up to three seconds in all.
///
/// # Errors
/// See [`MakeError`].
pub fn make(code: &BackupCode, snapshot: &Snapshot<'_>) -> Result<Pages, MakeError> {
    make_with(code, snapshot, Work::STANDARD)
}

/// The same with this much work to derive a key from the code.
///
/// # Errors
/// See [`MakeError`].
pub fn make_with(
    code: &BackupCode,
    snapshot: &Snapshot<'_>,
    work: Work,
) -> Result<Pages, MakeError> {
    let zipped = zip::gzip(&json(snapshot)?).ok_or(MakeError::OutOfMemory)?;
    for _ in 0..TRIES {
        let file = passphrase::lock(&zipped, code, work)?;
        if let Some(pages) = distribute(&file) {
            return Ok(pages);
        }
    }
    Err(MakeError::NotRedundant)
}

fn json(snapshot: &Snapshot<'_>) -> Result<zeroize::Zeroizing<Vec<u8>>, MakeError> {
    let json = document::write(snapshot, Past::LeftOut, JsonStyle::Compact)?;
    if json.len() > MAX_JSON {
        return Err(MakeError::TooLarge {
            size: json.len(),
            most: MAX_JSON,
        });
    }
    Ok(json)
}

/// Distributes an encrypted file over pages. Returns `None` if the loss of one page could not be
/// compensated.
pub(crate) fn distribute(file: &[u8]) -> Option<Pages> {
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
        .all(|lost| restores_without(lost, &pages, &message))
        .then_some(Pages { pages, set })
}

/// Returns whether the reference decoder restores the message without page `lost`. It receives the
/// mixed parts first, the hardest order: it applies a fragment learned from a mixed part to the
/// others only when the next single fragment arrives.
fn restores_without(lost: usize, pages: &[Vec<String>], message: &[u8]) -> bool {
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

/// Returns whether the part combines several fragments, judging by its number: the first parts are
/// the fragments themselves (BCR-2024-001).
fn is_mixed(text: &str) -> bool {
    let numbers = text.split('/').nth(1).and_then(|part| part.split_once('-'));
    let numbers = numbers.map(|(sequence, of)| (sequence.parse::<u32>(), of.parse::<u32>()));
    matches!(numbers, Some((Ok(sequence), Ok(of))) if sequence > of)
}

/// Divides a message into fragments of equal size, at least two, since some decoders do not support
/// a single fragment.
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

/// Returns the length of a CBOR byte string.
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
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    #[test]
    fn a_mixed_part_is_recognized_by_its_number() {
        assert!(!is_mixed("UR:BYTES/7-7/LPADAXCFAX"));
        assert!(is_mixed("UR:BYTES/8-7/LPADAXCFAX"));
        assert!(!is_mixed("UR:BYTES/LPADAXCFAX"));
    }

    #[test]
    fn the_first_try_can_replace_any_lost_page() {
        let mut rng = StdRng::seed_from_u64(1);
        for fragments in [2, 18, 25, 30, 31, 45, 46] {
            for _ in 0..4 {
                let mut file = vec![0; fragments * FRAGMENT - 40];
                rng.fill(&mut file[..]);
                assert!(distribute(&file).is_some(), "{fragments}");
            }
        }
    }
}
