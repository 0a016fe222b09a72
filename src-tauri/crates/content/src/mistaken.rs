//! What a person entered where a backup code is asked, if it is another secret that they keep.
//!
//! A field for codes writes what is typed in groups of five, so words and keys come with spaces in
//! other places than their own.

use zeroize::Zeroizing;

use crate::key::{self, Checksum, Form};
use crate::one_time;
use crate::phrase::{self, Verdict};

/// Digits of the shortest code of another service.
const DIGITS: usize = 6;
/// Words from which on a text is an unfinished phrase, and not some words.
const WORDS: usize = 6;
/// Letters of the longest text that is read as words without their spaces: more than the 33 words
/// of a long share have.
const LETTERS: usize = 320;
/// Symbols of an extended key (BIP-32).
const EXTENDED: usize = 111;

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
    /// Nothing but digits so far, such as those of an authenticator app or of another service.
    Digits,
}

/// Says what a text is. A backup code and one with mistakes are none of these; the start of one is
/// nothing but digits at times.
pub fn mistaken(text: &str) -> Option<Mistaken> {
    let text = text.trim();
    if one_time::is_address(text) {
        return Some(Mistaken::OneTime);
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
        Verdict::Unfinished | Verdict::Empty | Verdict::TooMany | Verdict::Unknown => {}
    }
    if are_digits(text) {
        return Some(Mistaken::Digits);
    }
    let joined: Zeroizing<String> = Zeroizing::new(
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect(),
    );
    if let Some(words) = are_words(&joined) {
        return Some(words);
    }
    if is_extended(&joined) {
        return Some(Mistaken::Key);
    }
    of_key(key::about(text)).or_else(|| of_key(key::about(&joined)))
}

/// Whether these small letters are an extended key whose case was lost: `xprv`, `ypub` and so on
/// (SLIP-132).
fn is_extended(symbols: &str) -> bool {
    let kind = symbols.trim_start_matches(['x', 'y', 'z', 't', 'u', 'v']);
    symbols.len() == EXTENDED
        && kind.len() + 1 == EXTENDED
        && (kind.starts_with("prv") || kind.starts_with("pub"))
}

fn of_key(key::About { form, checksum }: key::About) -> Option<Mistaken> {
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

/// Whether these letters are the words of a list without their spaces; the last one may be
/// unfinished.
fn are_words(letters: &str) -> Option<Mistaken> {
    if letters.len() > LETTERS || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let lists = [
        (phrase::english(), Mistaken::Phrase),
        (phrase::slip39(), Mistaken::Share),
    ];
    // Some words are in both lists: what counts is the one that has all of them.
    lists
        .into_iter()
        .find(|(list, _)| most_words(letters, list).is_some_and(|words| words >= WORDS))
        .map(|(_, what)| what)
}

/// In how many words of this list the letters can be divided, at most.
fn most_words(letters: &str, list: &[&str]) -> Option<usize> {
    // For each place, the most words that end there.
    let mut most = vec![None; letters.len() + 1];
    most[0] = Some(0);
    for start in 0..letters.len() {
        let Some(before) = most[start] else {
            continue;
        };
        let rest = &letters[start..];
        if list.iter().any(|word| word.starts_with(rest)) {
            most[letters.len()] = most[letters.len()].max(Some(before));
        }
        for word in list.iter().filter(|word| rest.starts_with(**word)) {
            let end = start + word.len();
            most[end] = most[end].max(Some(before + 1));
        }
    }
    most[letters.len()]
}

/// Whether there is nothing but digits and what separates them. A code of 60 symbols out of 32
/// never is; two in a thousand begin with six of them.
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
