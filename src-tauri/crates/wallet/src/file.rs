//! What an item says of a file: its content is in [`crate::Opened`], by the file's id.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

use crate::FileId;

/// Bytes of the largest file: 1 MiB.
pub const FILE_BYTES: u32 = 1 << 20;

/// Names a file and its content. The content may be missing, as in a wallet that was restored from
/// recovery pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FileRef {
    /// Its id, drawn when it was added. All versions of items that name it share its content.
    pub id: FileId,
    /// Bytes of its content, at most [`FILE_BYTES`].
    pub size: u32,
    /// SHA-256 of its content (FIPS 180-4).
    pub sha256: [u8; 32],
}

impl FileRef {
    /// Names this content; `None` if it has more than [`FILE_BYTES`].
    pub fn of(id: FileId, content: &[u8]) -> Option<Self> {
        let size = u32::try_from(content.len()).ok()?;
        (size <= FILE_BYTES).then(|| Self {
            id,
            size,
            sha256: Sha256::digest(content).into(),
        })
    }

    /// Whether this is its content.
    pub fn is_of(&self, content: &[u8]) -> bool {
        Self::of(self.id, content).is_some_and(|it| it == *self)
    }
}

/// A SHA-256 in JSON: 64 lower-case hexadecimal digits, as `sha256sum` prints it.
pub(crate) struct Sha256Json(pub(crate) [u8; 32]);

impl Serialize for Sha256Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for Sha256Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 64 || !text.bytes().all(is_digit) {
            return Err(de::Error::custom("64 lower-case hexadecimal digits"));
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            let pair = &text[2 * at..2 * at + 2];
            *byte = u8::from_str_radix(pair, 16).map_err(de::Error::custom)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    #[test]
    fn a_reference_is_of_its_content_alone() {
        let file = FileRef::of(FileId::from_bytes([1; 16]), b"abc").unwrap();
        assert_eq!(file.size, 3);
        assert!(file.is_of(b"abc"));
        assert!(!file.is_of(b"abd") && !file.is_of(b"ab"));
        // FIPS 180-4, the example of one block.
        let json = serde_json::to_string(&Sha256Json(file.sha256)).unwrap();
        let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(json, format!("\"{digits}\""));
        assert!(serde_json::from_str::<Sha256Json>(&json).unwrap().0 == file.sha256);
    }

    #[test]
    fn other_spellings_of_a_hash_are_rejected() {
        for text in [
            String::new(),
            "ab".repeat(31),
            "ab".repeat(33),
            "AB".repeat(32),
            "+1".repeat(32),
            "é".repeat(32),
        ] {
            assert!(serde_json::from_str::<Sha256Json>(&format!("\"{text}\"")).is_err());
        }
    }

    #[test]
    fn no_file_has_more_than_a_mebibyte() {
        let id = FileId::from_bytes([1; 16]);
        let most = vec![0; FILE_BYTES as usize];
        assert!(FileRef::of(id, &most).is_some());
        assert!(FileRef::of(id, &[&most[..], &[0]].concat()).is_none());
    }
}
