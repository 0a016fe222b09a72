//! Codes that other services gave out: one a line, ticked off when used.

use zeroize::Zeroizing;

/// What a line of a used code begins with.
const USED: &str = "✓ ";
/// What a line begins with that is no code.
const REMARK: &str = "# ";
/// Symbols of the longest part of a code that is printed in parts, such as `1234 5678`.
const PART: usize = 5;

/// A line of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The text without its mark.
    pub text: &'a str,
    /// What it is.
    pub state: State,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A code that can still be used.
    Left,
    /// A code that was used.
    Used,
    /// Words of the person or of the service.
    Remark,
}

/// The lines of a content in order, without the empty ones.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(
        |line| match (line.strip_prefix(USED), line.strip_prefix(REMARK)) {
            (Some(text), _) => Line {
                text: text.trim(),
                state: State::Used,
            },
            (None, Some(text)) => Line {
                text: text.trim(),
                state: State::Remark,
            },
            (None, None) => Line {
                text: line,
                state: State::Left,
            },
        },
    )
}

/// The content with the code of this line, counted from 0, used or not; `None` if no code is there.
pub fn tick(text: &str, line: usize, used: bool) -> Option<Zeroizing<String>> {
    let mut found = false;
    let mut written = Zeroizing::new(String::with_capacity(text.len() + USED.len()));
    for (number, Line { text, state }) in lines(text).enumerate() {
        let state = match (number == line, state) {
            (false, state) => state,
            (true, State::Remark) => return None,
            (true, State::Left | State::Used) => {
                found = true;
                match used {
                    true => State::Used,
                    false => State::Left,
                }
            }
        };
        if number > 0 {
            written.push('\n');
        }
        written.push_str(match state {
            State::Left => "",
            State::Used => USED,
            State::Remark => REMARK,
        });
        written.push_str(text);
    }
    found.then_some(written)
}

/// Writes codes that were pasted in any layout one a line: out of columns, after numbers and list
/// marks. Lines of words are remarks. `None` if nothing is written differently.
pub fn sorted(text: &str) -> Option<Zeroizing<String>> {
    let mut written = Zeroizing::new(String::with_capacity(2 * text.len()));
    let mut push = |mark: &str, line: &str| {
        if !written.is_empty() {
            written.push('\n');
        }
        written.push_str(mark);
        written.push_str(line);
    };
    for Line { text, state } in lines(text) {
        match state {
            State::Used => push(USED, text),
            State::Remark => push(REMARK, text),
            State::Left if is_words(text) => push(REMARK, text),
            State::Left => columns(text)
                .flat_map(|column| codes(unmarked(column)))
                .for_each(|code| push("", &code)),
        }
    }
    (written.as_str() != text).then_some(written)
}

/// Whether a line is of words, and no code. Words of one length are the parts of a code.
fn is_words(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_word = |word: &&&str| {
        let letters = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let mut rest = letters.chars().skip(1);
        letters.starts_with(char::is_alphabetic)
            && (rest.clone().all(char::is_lowercase) || rest.all(char::is_uppercase))
    };
    !are_alike(&words) && words.iter().filter(is_word).count() >= 3
}

/// Whether these words have one length.
fn are_alike(words: &[&str]) -> bool {
    let length = |word: &str| word.chars().count();
    words.windows(2).all(|two| length(two[0]) == length(two[1]))
}

/// The columns of a line: after two spaces, a tab, a comma and the like.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split([',', ';', '|', '\t']);
    parts
        .flat_map(|part| part.split("  "))
        .map(str::trim)
        .filter(|column| !column.is_empty())
}

/// A column without the number or mark of a list before it.
fn unmarked(column: &str) -> &str {
    let after_mark = column.trim_start_matches(['•', '-', '–', '*', '·', '☐', '□', '[', ']', ' ']);
    let digits = after_mark.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < after_mark.len() && after_mark.len() - digits.len() <= 2;
    match digits.strip_prefix(['.', ')', ':']) {
        Some(rest) if numbered && !rest.trim().is_empty() => rest.trim(),
        Some(_) | None => after_mark,
    }
}

/// The codes of a column: each word, unless they are the parts of one.
fn codes(column: &str) -> Vec<Zeroizing<String>> {
    let words: Vec<&str> = column.split_whitespace().collect();
    let are_parts = words.iter().all(|word| word.chars().count() <= PART);
    // Two columns or more of codes in two parts, with one space between all.
    let is_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let pairs =
        are_alike(&words) && words.iter().all(is_digits) && matches!(words.len(), 4 | 6 | 8);
    let in_one = match (are_parts, pairs) {
        (false, _) => 1,
        (true, true) => 2,
        (true, false) => words.len().max(1),
    };
    words
        .chunks(in_one)
        .map(|parts| Zeroizing::new(parts.join(" ")))
        .collect()
}
