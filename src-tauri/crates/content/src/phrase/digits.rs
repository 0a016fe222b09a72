//! Words that are written as the digits of a SeedQR.

use bip39::Language;
use zeroize::Zeroizing;

use super::COUNTS;
use super::word::Word;

/// Digits of a word.
pub(super) const DIGITS: usize = 4;

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
