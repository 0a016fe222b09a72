//! Shares of SLIP-39: their list and their checksum. Secrets are not made of them here.

use std::sync::LazyLock;

/// The list of SLIP-39, "Wordlist", as it is published.
const LIST: &str = include_str!("slip39.txt");

/// Words of a share beside those of its secret (SLIP-39, "Format of the share mnemonic").
const OTHERS: usize = 7;
/// Bytes of a secret: 16 or more, and an even number.
const BYTES: std::ops::RangeInclusive<usize> = 16..=64;

/// Whether a share can have this number of words. Each word holds ten bits of the secret, which has
/// an even number of bytes.
pub(super) fn is_count(count: usize) -> bool {
    let mut bytes = BYTES.filter(|bytes| bytes.is_multiple_of(2));
    bytes.any(|bytes| OTHERS + (8 * bytes).div_ceil(10) == count)
}

pub(super) fn list() -> &'static [&'static str] {
    static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| LIST.lines().collect());
    &WORDS
}

/// Whether the words at these places are a share (SLIP-39, "Checksum": RS1024).
pub(super) fn is_share(places: &[u16]) -> bool {
    // The fifth bit of the second word says which text goes before.
    let Some(second) = places.get(1) else {
        return false;
    };
    let purpose: &[u8] = match second >> 4 & 1 {
        0 => b"shamir",
        _ => b"shamir_extendable",
    };
    let purpose = purpose.iter().copied().map(u32::from);
    let words = places.iter().copied().map(u32::from);
    purpose.chain(words).fold(1, step) == 1
}

/// One step of the checksum over GF(1024).
fn step(checksum: u32, value: u32) -> u32 {
    const GENERATOR: [u32; 10] = [
        0x00e0_e040,
        0x01c1_c080,
        0x0383_8100,
        0x0707_0200,
        0x0e0e_0009,
        0x1c0c_2412,
        0x3808_6c24,
        0x3090_fc48,
        0x21b1_f890,
        0x03f3_f120,
    ];
    let top = checksum >> 20;
    let shifted = (checksum & 0xf_ffff) << 10 ^ value;
    let taken = GENERATOR.iter().enumerate();
    taken
        .filter(|(bit, _)| top >> bit & 1 == 1)
        .fold(shifted, |sum, (_, term)| sum ^ term)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_list_is_the_published_one() {
        // SLIP-39, "Wordlist", names this hash.
        let hash: String = Sha256::digest(LIST)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hash,
            "bcc4555340332d169718aed8bf31dd9d5248cb7da6e5d355140ef4f1e601eec3"
        );
        assert_eq!(list().len(), 1024);
        assert!(list().is_sorted());
    }
}
