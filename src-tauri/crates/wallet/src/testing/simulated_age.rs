//! Files with the layout of `age` v1 that cost a few hashes, for simulations. They answer a wrong
//! key and damage as `age` does, and hide nothing: the plaintext stands in them as it is.
//!
//! ```text
//! age-encryption.org/v1
//! -> STANZA                  the caller's line
//! SHA-256(key)               base64, where `age` has the wrapped file key
//! OTHER STANZAS              the caller's lines
//! --- MAC                    base64; SHA-256(key ‖ all bytes but those of the MAC)
//! NUMBER PLAINTEXT MAC       16 bytes, any number of bytes, the first 16 bytes
//! ```

use sha2::{Digest as _, Sha256};

use crate::encoding;
use crate::testing::simulation;

const MAGIC: &str = "age-encryption.org/v1\n-> ";
const END: &[u8] = b"\n--- ";
/// 32 bytes in base64, and the line feed after them.
const MAC_LINE: usize = 43 + 1;
const NUMBER: usize = 16;
const TAG: usize = 16;

/// Why a file did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is of another key.
    WrongKey,
    /// It was altered.
    Damaged,
}

fn base64(bytes: &[u8]) -> String {
    String::clone(&encoding::encode(bytes))
}

fn name_of(key: &str) -> String {
    base64(&Sha256::digest(key))
}

fn mac(key: &str, header: &[u8], number: &[u8], plaintext: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [key.as_bytes(), header, number, plaintext] {
        hash.update(part);
    }
    hash.finalize().into()
}

/// Returns a file that `key` opens. `stanza` is the line of its stanza, without the arrow; `others`
/// are whole lines, each with its line feed.
///
/// No two files of a simulation are the same, as with `age`.
pub fn seal(key: &str, stanza: &str, others: &str, plaintext: &[u8]) -> Vec<u8> {
    let name = name_of(key);
    let header = format!("{MAGIC}{stanza}\n{name}\n{others}");
    let header = header.trim_end_matches('\n').as_bytes();
    let number = u128::from(simulation::next_file()).to_be_bytes();
    let mac = mac(key, header, &number, plaintext);
    let line = base64(&mac);
    let parts: [&[u8]; 7] = [
        header,
        END,
        line.as_bytes(),
        b"\n",
        &number,
        plaintext,
        &mac[..TAG],
    ];
    parts.concat()
}

/// Returns the plaintext of a file.
///
/// # Errors
/// See [`Refused`].
pub fn open<'a>(key: &str, file: &'a [u8]) -> Result<&'a [u8], Refused> {
    let end = file.windows(END.len()).position(|it| it == END);
    let (header, rest) = file.split_at(end.ok_or(Refused::Damaged)?);
    let mut lines = header.split(|byte| *byte == b'\n');
    if lines.nth(2) != Some(name_of(key).as_bytes()) {
        return Err(Refused::WrongKey);
    }
    let rest = &rest[END.len()..];
    if rest.len() < MAC_LINE + NUMBER + TAG {
        return Err(Refused::Damaged);
    }
    let (line, rest) = rest.split_at(MAC_LINE);
    let (number, rest) = rest.split_at(NUMBER);
    let (plaintext, tag) = rest.split_at(rest.len() - TAG);
    let mac = mac(key, header, number, plaintext);
    match line[..MAC_LINE - 1] == *base64(&mac).as_bytes() && line.ends_with(b"\n") {
        true if *tag == mac[..TAG] => Ok(plaintext),
        true | false => Err(Refused::Damaged),
    }
}

/// Returns a new identity, in the form of `age`: `AGE-SECRET-KEY-1…`.
pub fn identity() -> String {
    const PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age-secret-key-");
    let number = simulation::next_file().to_be_bytes();
    let scalar = Sha256::digest([&b"identity"[..], &number].concat());
    bech32::encode_upper::<bech32::Bech32>(PREFIX, &scalar)
        .unwrap_or_else(|_| unreachable!("74 characters are within Bech32's 90"))
}

/// Returns the recipient of an identity, in the form of `age`: `age1…`. In a simulation it is
/// another one than X25519 gives.
pub fn recipient(identity: &[u8]) -> String {
    const PREFIX: bech32::Hrp = bech32::Hrp::parse_unchecked("age");
    bech32::encode::<bech32::Bech32>(PREFIX, &Sha256::digest(identity))
        .unwrap_or_else(|_| unreachable!("62 characters are within Bech32's 90"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    #[test]
    fn a_file_opens_with_its_key_alone() {
        for plaintext in [&b""[..], b"one", &[7; 100_000]] {
            let file = seal("key", "X25519 x", "-> other\n\n", plaintext);
            assert_eq!(open("key", &file), Ok(plaintext));
            assert_eq!(open("other key", &file), Err(Refused::WrongKey));
        }
    }

    #[test]
    fn no_bit_can_be_changed_and_no_byte_left_out() {
        let file = seal("key", "X25519 x", "-> other\n\n", b"plaintext");
        for at in 0..file.len() {
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert!(open("key", &altered).is_err(), "{at}");
            assert!(open("key", &file[..at]).is_err(), "{at}");
        }
    }

    #[test]
    fn two_files_of_the_same_differ() {
        let seal = || seal("key", "X25519 x", "", b"plaintext");
        assert_ne!(seal(), seal());
    }
}
