//! What stands around a code on paper and in messages: a label, the numbers of groups or rows,
//! marks at the end.

use std::ops::Range;

use crate::folding::{UNREADABLE, is_separator};
use crate::{GROUP_LENGTH, LENGTH};

/// Number of characters in a row of a sheet, which has three groups.
const ROW: usize = 3 * GROUP_LENGTH;

/// Words of a label in front of a code: those of the sheet's two languages, and of messages.
const LABEL: [&str; 20] = [
    "backup",
    "blatt",
    "blatts",
    "characters",
    "code",
    "codes",
    "die",
    "dieses",
    "ihr",
    "key",
    "mein",
    "my",
    "recovery",
    "sheet",
    "sheets",
    "the",
    "this",
    "wiederherstellungsblatt",
    "your",
    "zeichen",
];

/// Returns the part of a folded text that holds the characters of a code: without a label in
/// front, brackets around it, and punctuation at its end.
pub(crate) fn body(text: &[char]) -> Range<usize> {
    let is_edge = |c: &char| is_separator(*c) || ".,;:()[]{}<>".contains(*c);
    let end = text
        .iter()
        .rposition(|c| !is_edge(c))
        .map_or(0, |at| at + 1);
    let after = after_colon(&text[..end]).unwrap_or_else(|| after_words(&text[..end]));
    let edge = text[after..end].iter().position(|c| !is_edge(c));
    after + edge.unwrap_or(0)..end
}

/// What stands in front of a colon and a whole code is a label, whatever it says.
fn after_colon(text: &[char]) -> Option<usize> {
    let colons = (0..text.len()).filter(|at| text[*at] == ':');
    colons.map(|colon| colon + 1).find(|after| {
        let rest = &text[*after..];
        let numbers = printed_numbers(rest);
        let is_number = |at: &usize| numbers.iter().any(|number| number.contains(at));
        let symbols = (0..rest.len()).filter(|at| !is_number(at) && !is_separator(rest[*at]));
        symbols.count() == LENGTH
    })
}

/// Returns where the words of a label end; 0 if the text begins with none, or nothing follows. A
/// word after or beside an unreadable character is part of a code, whose symbols may spell one.
fn after_words(text: &[char]) -> usize {
    let marked = text.iter().position(|c| UNREADABLE.contains(c));
    let (mut after, mut labelled, mut sheet) = (0, false, false);
    for word in runs(text, char::is_alphanumeric) {
        let written = &text[word.clone()];
        if marked.is_some_and(|mark| mark <= word.end) {
            return if labelled { after } else { 0 };
        }
        if let Some(label) = LABEL.iter().find(|label| is_word(written, label)) {
            labelled = true;
            sheet = label.starts_with("sheet") || label.ends_with("blatt");
        } else {
            // "Sheet C", "This sheet's 60 characters".
            let is_part = match written {
                ['s'] | ['6', '0'] => true,
                [index] => sheet && index.is_ascii_alphanumeric(),
                _ => false,
            };
            if !is_part {
                return if labelled { after } else { 0 };
            }
            sheet = false;
        }
        after = word.end;
    }
    0
}

fn is_word(written: &[char], label: &str) -> bool {
    written.len() == label.len()
        && written
            .iter()
            .zip(label.chars())
            .all(|(c, l)| c.eq_ignore_ascii_case(&l))
}

/// Returns where the numbers are that a sheet prints in front of its groups, or in front of its
/// rows as older ones do: a number of its own, counted from 1, in front of the text and then after
/// each group, after each full row, or at the start of a line. No code begins with a 1, so the
/// first one cannot be a symbol. The second one is a group's only between full groups.
pub(crate) fn printed_numbers(text: &[char]) -> Vec<Range<usize>> {
    let words: Vec<Range<usize>> = runs(text, |c| !c.is_whitespace()).collect();
    let symbols_of = |word: &Range<usize>| {
        let symbols = text[word.clone()].iter().filter(|c| !is_separator(**c));
        symbols.count()
    };
    let mut numbers: Vec<Range<usize>> = Vec::new();
    // Since the last number.
    let (mut symbols, mut groups, mut last) = (0, 0, 0);
    // So far every number stands in front of one group.
    let mut by_group = true;
    for (at, word) in words.iter().enumerate() {
        let gap = &text[last..word.start];
        let starts_line = gap
            .iter()
            .any(|c| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
        let is_full = |count: usize| count == GROUP_LENGTH;
        let between_groups = by_group
            && groups == 1
            && (numbers.len() > 1
                || is_full(symbols) && words.get(at + 1).map(symbols_of).is_some_and(is_full));
        let due =
            numbers.is_empty() || symbols == ROW || between_groups || (starts_line && symbols > 0);
        last = word.end;
        if due && is_number(&text[word.clone()], numbers.len() + 1) {
            by_group &= groups <= 1;
            numbers.push(word.clone());
            (symbols, groups) = (0, 0);
        } else if numbers.is_empty() {
            return numbers;
        } else {
            symbols += symbols_of(word);
            groups += 1;
        }
    }
    // "1 ABCD" is a group of its own.
    if numbers.len() == 1 && symbols < GROUP_LENGTH {
        numbers.clear();
    }
    numbers
}

/// Whether this is the number, with a point, a bracket or a quotation mark at most.
fn is_number(word: &[char], number: usize) -> bool {
    let is_mark = |c: &&char| !(is_separator(**c) || ".):".contains(**c));
    word.iter()
        .filter(is_mark)
        .copied()
        .eq(number.to_string().chars())
}

/// The longest runs of characters of a kind.
fn runs(text: &[char], kind: fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].iter().position(|c| kind(*c))?;
        let length = text[start..].iter().position(|c| !kind(*c));
        at = length.map_or(text.len(), |length| start + length);
        Some(start..at)
    })
}
