//! The document in the gzip format (RFC 1952), which `gunzip` reads.

use std::io::{Read, Write};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use zeroize::Zeroizing;

/// Written in the header for "unknown", so that all systems write the same.
const NO_SYSTEM: u8 = 255;

/// As small as it gets. The header bears no name and no time. `None` without the memory for it.
pub(crate) fn gzip(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut zipped = Zeroizing::new(Vec::new());
    // What does not shrink is stored, with five bytes a block: the buffer never grows and leaves no copy behind.
    zipped
        .try_reserve_exact(bytes.len() + bytes.len() / 64 + 128)
        .ok()?;
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .operating_system(NO_SYSTEM)
        .write(&mut *zipped, Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()?;
    Some(zipped)
}

/// What was zipped, if it is no longer than `limit` bytes and nothing follows it.
pub(crate) fn gunzip(zipped: &[u8], limit: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut decoder = GzDecoder::new(zipped);
    let mut bytes = Zeroizing::new(Vec::new());
    // The format ends with the length; where that is a lie, its own check fails.
    let length = zipped
        .last_chunk()
        .map(|length| u32::from_le_bytes(*length))?;
    let length = usize::try_from(length)
        .ok()
        .filter(|length| *length <= limit)?;
    bytes.try_reserve_exact(length + 1).ok()?;
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    (&mut decoder).take(most).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= limit && decoder.into_inner().is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 1 << 20;

    #[test]
    fn the_header_says_nothing() {
        // RFC 1952 §2.3.1: magic, deflate, no flags, no time, smallest, system unknown.
        let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
        assert_eq!(gzip(b"{}").unwrap()[..10], header);
    }

    #[test]
    fn what_grows_beyond_the_limit_is_refused_whatever_its_length_says() {
        let mut bomb = gzip(&vec![0; LIMIT + 1]).unwrap();
        assert!(bomb.len() < 2_000);
        assert!(gunzip(&bomb, LIMIT).is_none());
        assert!(gunzip(&bomb, LIMIT + 1).is_some());
        let at = bomb.len() - 4;
        bomb[at..].copy_from_slice(&5_u32.to_le_bytes());
        assert!(gunzip(&bomb, LIMIT).is_none());
    }

    #[test]
    fn what_was_altered_cut_off_or_added_to_is_refused() {
        let zipped = gzip("Under the third stone. ".repeat(9).as_bytes()).unwrap();
        for length in 0..zipped.len() {
            assert!(gunzip(&zipped[..length], LIMIT).is_none());
        }
        for at in 10..zipped.len() {
            let mut altered = zipped.clone();
            altered[at] ^= 1;
            assert!(gunzip(&altered, LIMIT).is_none(), "{at}");
        }
        assert!(gunzip(&[&zipped[..], b"\0"].concat(), LIMIT).is_none());
        assert!(gunzip(&[&zipped[..], &zipped[..]].concat(), LIMIT).is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_come_back_from_a_buffer_that_did_not_grow(bytes in proptest::collection::vec(any::<u8>(), 0..3_000)) {
            let zipped = gzip(&bytes).unwrap();
            prop_assert!(zipped.len() <= bytes.len() + bytes.len() / 64 + 128);
            prop_assert_eq!(&*gunzip(&zipped, LIMIT).unwrap(), &bytes);
            let _ = gunzip(&bytes, LIMIT);
        }
    }
}
