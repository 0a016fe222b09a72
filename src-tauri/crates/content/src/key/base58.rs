//! Base58check: a version, a content, and four bytes of checksum.

use zeroize::Zeroizing;

use super::{About, Checksum, Form};

/// Symbols of the longest text that is read: decoding takes the square of it.
const LONGEST: usize = 160;
/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// Versions of extended private keys (BIP-32; SLIP-132, "Registered HD version bytes").
const PRIVATE: [[u8; 4]; 10] = [
    [0x04, 0x88, 0xad, 0xe4],
    [0x04, 0x9d, 0x78, 0x78],
    [0x04, 0xb2, 0x43, 0x0c],
    [0x02, 0x95, 0xb0, 0x05],
    [0x02, 0xaa, 0x7a, 0x99],
    [0x04, 0x35, 0x83, 0x94],
    [0x04, 0x4a, 0x4e, 0x28],
    [0x04, 0x5f, 0x18, 0xbc],
    [0x02, 0x42, 0x85, 0xb5],
    [0x02, 0x57, 0x50, 0x48],
];
/// Versions of extended public keys.
const PUBLIC: [[u8; 4]; 10] = [
    [0x04, 0x88, 0xb2, 0x1e],
    [0x04, 0x9d, 0x7c, 0xb2],
    [0x04, 0xb2, 0x47, 0x46],
    [0x02, 0x95, 0xb4, 0x3f],
    [0x02, 0xaa, 0x7e, 0xd3],
    [0x04, 0x35, 0x87, 0xcf],
    [0x04, 0x4a, 0x52, 0x62],
    [0x04, 0x5f, 0x1c, 0xf6],
    [0x02, 0x42, 0x89, 0xef],
    [0x02, 0x57, 0x54, 0x83],
];

pub(super) fn about(text: &str) -> Option<About> {
    if text.len() > LONGEST {
        return None;
    }
    let bytes = Zeroizing::new(bs58::decode(text).into_vec().ok()?);
    let content = bytes.get(..bytes.len().checked_sub(CHECKSUM)?)?;
    let checked = bs58::decode(text).with_check(None).into_vec();
    let is_right = checked.map(Zeroizing::new).is_ok();
    let form = match (form(content), is_right) {
        (Some(form), _) => form,
        // Any word without 0, O, I and l may look like one.
        (None, true) => Form::Base58,
        (None, false) => return None,
    };
    Some(About {
        form: Some(form),
        checksum: match is_right {
            true => Checksum::Right,
            false => Checksum::Wrong,
        },
    })
}

/// The form of a content by its version and its length.
fn form(content: &[u8]) -> Option<Form> {
    match (content.len(), content) {
        // Bitcoin, its test networks, Litecoin, Dogecoin, Dash; the last byte means a compressed
        // public key.
        (33, [0x80 | 0xef | 0xb0 | 0x9e | 0xcc, ..])
        | (34, [0x80 | 0xef | 0xb0 | 0x9e | 0xcc, .., 1]) => Some(Form::Wif),
        (39, [0x01, 0x42 | 0x43, ..]) => Some(Form::EncryptedPrivate),
        // Its version, for a key or for a script, of the network or of its test networks.
        (21, [0x00 | 0x05 | 0x6f | 0xc4, ..]) => Some(Form::BitcoinAddress),
        (78, [a, b, c, d, ..]) if PRIVATE.contains(&[*a, *b, *c, *d]) => {
            Some(Form::ExtendedPrivate)
        }
        (78, [a, b, c, d, ..]) if PUBLIC.contains(&[*a, *b, *c, *d]) => Some(Form::ExtendedPublic),
        _ => None,
    }
}
