//! Standard SeedQR: the places of the words in the English list, four digits each, as the text of a
//! QR code in numeric mode (SeedSigner, "SeedQR Format Specification").

use bip39::Language;
use zeroize::Zeroizing;

use super::split::{Word, words as words_of};
use super::{COUNTS, List, Verdict, about};

/// Digits of a word.
const DIGITS: usize = 4;

/// How many words the phrases have that the standard writes.
const WRITTEN: [usize; 2] = [12, 24];

/// The text of the QR code of a phrase in English, of 12 or 24 words.
pub fn seed_qr(text: &str) -> Option<Zeroizing<String>> {
    let about = about(text);
    let is_english = about.language == Some(Language::English);
    if about.verdict != Verdict::Bip39 || !is_english || !WRITTEN.contains(&about.count) {
        return None;
    }
    let words = words_of(text);
    let places = List::ENGLISH.places(&words);
    let mut digits = Zeroizing::new(String::with_capacity(DIGITS * words.len()));
    for place in places {
        digits.push_str(&format!("{:04}", place?));
    }
    Some(digits)
}

/// The words of a SeedQR, if the text is one.
pub(super) fn words(text: &str) -> Option<Vec<Word>> {
    let text = text.trim();
    let is_seed_qr = text.bytes().all(|byte| byte.is_ascii_digit())
        && text.len().is_multiple_of(DIGITS)
        && COUNTS.contains(&(text.len() / DIGITS));
    if !is_seed_qr {
        return None;
    }
    let list = Language::English.word_list();
    (0..text.len())
        .step_by(DIGITS)
        .map(|start| {
            let place: usize = text[start..start + DIGITS].parse().ok()?;
            Some(Word {
                text: Zeroizing::new((*list.get(place)?).to_owned()),
                at: 0..0,
            })
        })
        .collect()
}
