//! What a person entered where a backup code is asked, if it is another secret that they keep.

use crate::key::{self, Checksum, Form};
use crate::one_time;
use crate::phrase::{self, Verdict};

/// Digits of the shortest code of another service.
const DIGITS: usize = 6;
/// Words from which on a text is an unfinished phrase, and not some words.
const WORDS: usize = 6;

/// Another secret than a backup code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistaken {
    /// Words of a wallet (BIP-39).
    Phrase,
    /// A share of words of a wallet (SLIP-39).
    Share,
    /// A private key, or an address.
    Key,
    /// A key for one-time passwords.
    OneTime,
    /// Digits: those of an authenticator app, or codes of another service.
    Digits,
}

/// Says what a text is. A backup code, a part of one, and one with mistakes are none of these.
pub fn mistaken(text: &str) -> Option<Mistaken> {
    let text = text.trim();
    if one_time::is_address(text) {
        return Some(Mistaken::OneTime);
    }
    if are_digits(text) {
        return Some(Mistaken::Digits);
    }
    let phrase::About {
        verdict,
        count,
        language,
        unknown: _,
    } = phrase::about(text);
    match verdict {
        Verdict::Bip39 | Verdict::WrongChecksum => return Some(Mistaken::Phrase),
        Verdict::Slip39 | Verdict::WrongSlip39 => return Some(Mistaken::Share),
        Verdict::Unfinished if count >= WORDS && language.is_some() => {
            return Some(Mistaken::Phrase);
        }
        Verdict::Unfinished | Verdict::Empty | Verdict::Unknown => {}
    }
    let key::About { form, checksum } = key::about(text);
    match (form?, checksum) {
        // Digits from 0 to f are in a code as well.
        (Form::HexPrivate, _) | (_, Checksum::Wrong) => None,
        (
            Form::Wif
            | Form::ExtendedPrivate
            | Form::ExtendedPublic
            | Form::EncryptedPrivate
            | Form::BitcoinAddress
            | Form::EthereumAddress
            | Form::EthereumKeystore
            | Form::NostrPrivate
            | Form::NostrPublic
            | Form::AgePrivate
            | Form::AgePublic
            | Form::PemPrivate
            | Form::OpensshPrivate
            | Form::Bech32
            | Form::Base58,
            Checksum::Right | Checksum::None,
        ) => Some(Mistaken::Key),
    }
}

/// Whether there is nothing but digits and what separates them, which a code of 60 symbols out of 32
/// never is. Its groups may have been typed without letters at first.
fn are_digits(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            _ if c.is_whitespace() || matches!(c, '-' | ',' | '.' | ';') => {}
            _ => return false,
        }
    }
    digits >= DIGITS
}
