//! Standard SeedQR: the places of the words in the English list, four digits each, as the text of a
//! QR code in numeric mode (SeedSigner, "SeedQR Format Specification").

use bip39::Language;
use zeroize::Zeroizing;

use super::digits::DIGITS;
use super::list::List;
use super::split::words;
use super::{Verdict, about};

/// How many words the phrases have that the standard writes.
const WRITTEN: [usize; 2] = [12, 24];

/// The text of the QR code of a phrase in English, of 12 or 24 words.
pub fn seed_qr(text: &str) -> Option<Zeroizing<String>> {
    let about = about(text);
    let is_english = about.language == Some(Language::English);
    if about.verdict != Verdict::Bip39 || !is_english || !WRITTEN.contains(&about.count) {
        return None;
    }
    let words = words(text);
    let places = List::ENGLISH.places(&words);
    let mut digits = Zeroizing::new(String::with_capacity(DIGITS * words.len()));
    for place in places {
        digits.push_str(&format!("{:04}", place?));
    }
    Some(digits)
}
