//! Addresses, keystores and keys in hexadecimal digits.

use serde::Deserialize;
use serde::de::IgnoredAny;
use sha3::{Digest, Keccak256};

use super::{About, Checksum, Form};

/// Bytes of the longest keystore that is read.
const LONGEST: usize = 64 << 10;

pub(super) fn about(text: &str) -> Option<About> {
    let none = |form| About {
        form: Some(form),
        checksum: Checksum::None,
    };
    if is_keystore(text) {
        return Some(none(Form::EthereumKeystore));
    }
    let prefixed = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = prefixed.unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        40 if prefixed.is_some() => Some(About {
            form: Some(Form::EthereumAddress),
            checksum: checksum(digits),
        }),
        64 => Some(none(Form::HexPrivate)),
        _ => None,
    }
}

/// The checksum of an address is in the case of its letters (EIP-55); of one case, it has none.
fn checksum(digits: &str) -> Checksum {
    let lower = digits.to_ascii_lowercase();
    if digits == lower || digits == digits.to_ascii_uppercase() {
        return Checksum::None;
    }
    let hash = Keccak256::digest(&lower);
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let is_right = digits.bytes().zip(nibbles).all(|(digit, nibble)| {
        digit.is_ascii_digit() || digit.is_ascii_uppercase() == (nibble > 7)
    });
    match is_right {
        true => Checksum::Right,
        false => Checksum::Wrong,
    }
}

#[derive(Deserialize)]
struct Keystore {
    version: u32,
    #[serde(alias = "Crypto")]
    #[expect(dead_code, reason = "it has to be there")]
    crypto: Crypto,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they have to be there")]
struct Crypto {
    cipher: IgnoredAny,
    ciphertext: IgnoredAny,
    kdf: IgnoredAny,
    mac: IgnoredAny,
}

fn is_keystore(text: &str) -> bool {
    text.starts_with('{')
        && text.len() <= LONGEST
        && serde_json::from_str::<Keystore>(text).is_ok_and(|keystore| keystore.version == 3)
}
