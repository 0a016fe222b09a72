//! The words in a text, without what is written around them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::digits;
use super::word::Word;

/// The largest number that counts a word. No phrase or share has more words.
const LARGEST: usize = 64;

/// The words of a text. Numbers that count them, quotation marks and commas are left out; anything
/// else is a word. The digits of a SeedQR are read as its words.
pub fn words(text: &str) -> Vec<Word> {
    if let Some(words) = digits::words(text) {
        return words;
    }
    let parts: Vec<Range<usize>> = parts(text).collect();
    let mut words = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let next = parts.get(index + 1);
        let whole = &text[part.clone()];
        // A number alone counts the word after it.
        let word_follows =
            next.is_some_and(|next| text[next.clone()].starts_with(char::is_alphabetic));
        let counts = number(whole).is_some_and(|(number, rest, marked)| {
            rest.is_empty() && word_follows && (marked || number == words.len() + 1)
        });
        if counts {
            continue;
        }
        let numbered = number(whole)
            .filter(|(_, rest, marked)| *marked && rest.starts_with(char::is_alphabetic));
        let rest = numbered.map_or(whole, |(_, rest, _)| rest);
        let kept = rest.trim_matches(is_mark);
        if kept.is_empty() {
            continue;
        }
        let start = part.end - rest.len() + (rest.len() - rest.trim_start_matches(is_mark).len());
        words.push(Word {
            text: Zeroizing::new(kept.nfkd().flat_map(char::to_lowercase).collect()),
            at: start..start + kept.len(),
        });
    }
    words
}

/// The parts of a text between white space and commas.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
    let mut at = 0;
    let parts = text.split_inclusive(separates).map(move |part| {
        let start = at;
        at += part.len();
        start..start + part.trim_end_matches(separates).len()
    });
    parts.filter(|part| !part.is_empty())
}

/// The number that a part begins with, what follows it, and whether a mark says that it counts:
/// `1.`, `01)`, `#3`, `(4)`.
fn number(part: &str) -> Option<(usize, &str, bool)> {
    let digits = part.trim_start_matches(['#', '(']);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let number: usize = digits[..digits.len() - rest.len()].parse().ok()?;
    let after = rest.trim_start_matches(['.', ')', ':']);
    let marked = after.len() < rest.len() || digits.len() < part.len();
    (1..=LARGEST)
        .contains(&number)
        .then_some((number, after, marked))
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ':' | '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '-' | '–' | '•' | '*' | '(' | ')'
    )
}
