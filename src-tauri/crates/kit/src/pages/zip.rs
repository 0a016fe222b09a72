//! Compression in the gzip format (RFC 1952), which the `gunzip` program reads.

use std::io::{Read, Write};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use zeroize::Zeroizing;

/// The operating system "unknown" in the header, so the output does not depend on the system.
const NO_SYSTEM: u8 = 255;

/// Compresses at the highest level. The header contains neither a name nor a time. Returns `None`
/// if there is too little memory.
pub(crate) fn gzip(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut zipped = Zeroizing::new(Vec::new());
    // Incompressible data is stored with five bytes of overhead a block. With this capacity the
    // buffer never grows and leaves no copy behind.
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

/// Decompresses `zipped` if the result is at most `limit` bytes and nothing follows it.
pub(crate) fn gunzip(zipped: &[u8], limit: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut decoder = GzDecoder::new(zipped);
    let mut bytes = Zeroizing::new(Vec::new());
    // The format ends with the length. If it is wrong, nothing longer is decompressed.
    let length = zipped
        .last_chunk()
        .map(|length| u32::from_le_bytes(*length))?;
    let length = usize::try_from(length)
        .ok()
        .filter(|length| *length <= limit)?;
    bytes.try_reserve_exact(length + 1).ok()?;
    // The byte after the last one makes the decoder check what it has read.
    let most = u64::try_from(length).ok()?.checked_add(1)?;
    (&mut decoder).take(most).read_to_end(&mut bytes).ok()?;
    (bytes.len() == length && decoder.into_inner().is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 1 << 20;

    #[test]
    fn the_header_reveals_nothing() {
        // RFC 1952 §2.3.1: magic, deflate, no flags, no time, best compression, unknown system.
        let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
        assert_eq!(gzip(b"{}").unwrap()[..10], header);
    }

    #[test]
    fn data_over_the_limit_is_rejected_even_with_a_false_length() {
        let mut bomb = gzip(&vec![0; LIMIT + 1]).unwrap();
        assert!(bomb.len() < 2_000);
        assert!(gunzip(&bomb, LIMIT).is_none());
        assert!(gunzip(&bomb, LIMIT + 1).is_some());
        let at = bomb.len() - 4;
        bomb[at..].copy_from_slice(&5_u32.to_le_bytes());
        assert!(gunzip(&bomb, LIMIT).is_none());
    }

    #[test]
    fn a_false_length_is_refused() {
        let zipped = gzip(&[7; 1_000]).unwrap();
        let at = zipped.len() - 4;
        for length in [0_u32, 1, 999, 1_001, 1 << 20, u32::MAX] {
            let mut altered = zipped.clone();
            altered[at..].copy_from_slice(&length.to_le_bytes());
            assert!(gunzip(&altered, LIMIT).is_none(), "{length}");
        }
    }

    #[test]
    fn altered_truncated_and_extended_data_is_rejected() {
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
        fn any_bytes_round_trip_without_growing_the_buffer(
            bytes in proptest::collection::vec(any::<u8>(), 0..3_000),
        ) {
            let zipped = gzip(&bytes).unwrap();
            prop_assert!(zipped.len() <= bytes.len() + bytes.len() / 64 + 128);
            prop_assert_eq!(&*gunzip(&zipped, LIMIT).unwrap(), &bytes);
            let _ = gunzip(&bytes, LIMIT);
        }
    }
}
