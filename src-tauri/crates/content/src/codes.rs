//! Codes that other services gave out: one a line, ticked off when used.

use zeroize::Zeroizing;

/// What a line of a used code begins with, before a space.
const USED: char = '✓';
/// What a line begins with that is no code, before a space.
const REMARK: char = '#';
/// Symbols of the longest part of a code that is printed in parts, such as `1234 5678`.
const PART: usize = 5;
/// Digits of each half of a code that services print in two columns.
const HALF: usize = 4;
/// How often a list is sorted at most: what is under a number may have another one.
const TIMES: usize = 8;

/// A line of a content. Secret.
#[derive(Clone, Copy, PartialEq, Eq)]
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
        |line| match (after_mark(line, &[USED]), after_mark(line, &[REMARK])) {
            (Some(text), _) => Line {
                text,
                state: State::Used,
            },
            (None, Some(text)) => Line {
                text,
                state: State::Remark,
            },
            (None, None) => Line {
                text: line,
                state: State::Left,
            },
        },
    )
}

/// What follows one of these marks and white space.
fn after_mark<'a>(line: &'a str, marks: &[char]) -> Option<&'a str> {
    let rest = line.strip_prefix(marks)?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim())
}

/// Writes a line under others.
fn push(written: &mut String, Line { text, state }: Line<'_>) {
    if !written.is_empty() {
        written.push('\n');
    }
    match state {
        State::Left => {}
        State::Used => written.extend([USED, ' ']),
        State::Remark => written.extend([REMARK, ' ']),
    }
    written.push_str(text);
}

/// The content with the code of this line, counted from 0, used or not; `None` if no code is there.
pub fn tick(text: &str, line: usize, used: bool) -> Option<Zeroizing<String>> {
    let mut found = false;
    // At most one mark and its space are added.
    let mut written = Zeroizing::new(String::with_capacity(text.len() + 8));
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
        push(&mut written, Line { text, state });
    }
    found.then_some(written)
}

/// Writes codes that were pasted in another layout one a line: out of columns, after the numbers
/// and marks of a list. What may be part of a code stays with it. `None` if nothing is written
/// differently.
pub fn sorted(text: &str) -> Option<Zeroizing<String>> {
    let mut written = once_sorted(text);
    for _ in 1..TIMES {
        let again = once_sorted(&written);
        if again == written {
            break;
        }
        written = again;
    }
    (written.as_str() != text).then_some(written)
}

fn once_sorted(text: &str) -> Zeroizing<String> {
    let all: Vec<&str> = lines(text)
        .filter(|line| line.state == State::Left && !is_sentence(line.text))
        .flat_map(|line| columns(line.text))
        .collect();
    let numbered = are_numbered(&all);
    let mut written = Zeroizing::new(String::with_capacity(2 * text.len()));
    for Line { text, state } in lines(text) {
        match state {
            State::Used | State::Remark => push(&mut written, Line { text, state }),
            State::Left if is_sentence(text) => {
                let state = State::Remark;
                push(&mut written, Line { text, state });
            }
            State::Left => {
                for column in columns(text) {
                    let column = match number(column) {
                        Some((_, rest)) if numbered => rest,
                        Some(_) | None => column,
                    };
                    for code in codes(column) {
                        let (text, state) = (code.as_str(), State::Left);
                        push(&mut written, Line { text, state });
                    }
                }
            }
        }
    }
    written
}

/// Whether a line is a sentence, such as services print above their codes.
fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', ':', '?']) && line.split_whitespace().count() >= 3
}

/// The columns of a line without the marks of a list: after two spaces or a tab, and after commas
/// where all are of one length.
fn columns(line: &str) -> Vec<&str> {
    let columns = line.split('\t').flat_map(|part| part.split("  "));
    let columns = columns.map(str::trim).filter(|column| !column.is_empty());
    columns
        .flat_map(|column| {
            let parts: Vec<&str> = column.split([',', ';', '|']).map(str::trim).collect();
            match are_alike(&parts) && !parts[0].is_empty() {
                true => parts,
                false => vec![column],
            }
        })
        .map(unmarked)
        .collect()
}

/// A column without the mark of a list before it.
fn unmarked(column: &str) -> &str {
    let boxed = column.strip_prefix("[ ] ").map(str::trim);
    let marked = || after_mark(column, &['•', '-', '–', '*', '·', '☐', '□']);
    boxed.or_else(marked).unwrap_or(column)
}

/// Whether the columns are numbered from 1 on, in any order.
fn are_numbered(columns: &[&str]) -> bool {
    let numbers: Option<Vec<usize>> = columns.iter().map(|it| Some(number(it)?.0)).collect();
    numbers.is_some_and(|mut numbers| {
        numbers.sort_unstable();
        !numbers.is_empty() && numbers.into_iter().eq(1..=columns.len())
    })
}

/// The number of a list before a code, and the code.
fn number(column: &str) -> Option<(usize, &str)> {
    let rest = column.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = column[..column.len() - rest.len()].parse().ok()?;
    let code = rest.strip_prefix(['.', ')', ':'])?.trim();
    (!code.is_empty()).then_some((number, code))
}

/// The codes of a column: each word where all are of one length, unless they are the parts of one.
fn codes(column: &str) -> Vec<Zeroizing<String>> {
    let words: Vec<&str> = column.split_whitespace().collect();
    let is_half = |word: &&str| word.len() == HALF && word.bytes().all(|it| it.is_ascii_digit());
    let longest = words.iter().map(|word| word.chars().count()).max();
    let in_one = match longest.unwrap_or_default() > PART {
        true if are_alike(&words) => 1,
        // Columns of codes in two parts, with one space between all.
        false if matches!(words.len(), 4 | 6 | 8) && words.iter().all(is_half) => 2,
        true | false => words.len().max(1),
    };
    words
        .chunks(in_one)
        .map(|parts| Zeroizing::new(parts.join(" ")))
        .collect()
}

/// Whether these have one length.
fn are_alike(words: &[&str]) -> bool {
    let length = |word: &str| word.chars().count();
    words.windows(2).all(|two| length(two[0]) == length(two[1]))
}
