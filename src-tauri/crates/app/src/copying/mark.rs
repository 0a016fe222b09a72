//! Tells a text again without keeping it.

use hkdf::Hkdf;
use rand::CryptoRng;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// Bytes of the random key of a mark.
pub(super) const KEY_LENGTH: usize = 32;

/// HMAC-SHA-256 (RFC 2104) of a text under a random key. Both stay in memory.
pub(super) struct Mark {
    key: Zeroizing<[u8; KEY_LENGTH]>,
    tag: [u8; 32],
}

impl Mark {
    /// The mark of `text`, under a fresh key.
    pub(super) fn of(text: &str, random: &mut dyn CryptoRng) -> Self {
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        random.fill_bytes(key.as_mut_slice());
        let tag = tag(&key, text);
        Self { key, tag }
    }

    /// Whether it is the mark of `text`.
    pub(super) fn is_of(&self, text: &str) -> bool {
        self.tag.ct_eq(&tag(&self.key, text)).into()
    }
}

/// HMAC-SHA-256 of `text` under `key`, which is the first step of HKDF (RFC 5869 §2.2).
pub(super) fn tag(key: &[u8; KEY_LENGTH], text: &str) -> [u8; 32] {
    let (tag, _) = Hkdf::<Sha256>::extract(Some(key), text.as_bytes());
    tag.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_an_hmac_as_other_programs_make_it() {
        // printf 'copied' | openssl mac -digest SHA256 -macopt hexkey:0707… HMAC
        let tag: String = tag(&[7; KEY_LENGTH], "copied")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            tag,
            "d0c1b4867a69d571160d1d830fd2d504aee4cdbed76cecc76759a28699440e23"
        );
    }
}
