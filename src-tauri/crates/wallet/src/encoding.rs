//! The encoding of bytes in JSON: base64, standard alphabet, no padding (RFC 4648 §4, §3.2).

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Deserializer, Serializer, de};
use zeroize::Zeroizing;

/// Decodes `text` into a buffer that is allocated once.
pub(crate) fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, base64::DecodeError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len().div_ceil(4) * 3));
    STANDARD_NO_PAD.decode_vec(text, &mut bytes)?;
    Ok(bytes)
}

/// Encodes `bytes`.
pub(crate) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_ceil(3) * 4));
    STANDARD_NO_PAD.encode_string(bytes, &mut text);
    text
}

/// Serializes public bytes of any length.
pub(crate) mod bytes {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        decode(&text)
            .map(|bytes| bytes.to_vec())
            .map_err(de::Error::custom)
    }
}

/// Serializes public bytes of a fixed length.
pub(crate) mod array {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = decode(&text).map_err(de::Error::custom)?;
        bytes.as_slice().try_into().map_err(de::Error::custom)
    }
}
