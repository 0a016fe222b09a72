//! The words in a text, without what is written around them.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::seed_qr;

/// The words of a text, in the form that the lists have (NFKD, lower case). Numbers before the
/// words, list marks and commas are left out; the digits of a SeedQR are read as its words.
pub fn words(text: &str) -> Vec<Zeroizing<String>> {
    if let Some(words) = seed_qr::words(text) {
        return words;
    }
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/'));
    parts
        .map(|part| part.trim_start_matches(is_number).trim_matches(is_mark))
        .filter(|part| !part.is_empty())
        .map(|part| Zeroizing::new(part.nfkd().flat_map(char::to_lowercase).collect()))
        .collect()
}

/// What stands before a word to count it: `1.`, `01)`, `#3`.
fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ')' | ':' | '#' | '(')
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ':' | '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '-' | '–' | '•' | '*' | '(' | ')'
    )
}
