//! Paragraphs in two typefaces, broken into lines: text to read, and text to type literally.

use crate::typeface::{Face, Typefaces};

/// A single word on the last line is a widow if it is shorter than this share of the width.
const WIDOW: f32 = 0.35;

/// Part of a line in one typeface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) face: Face,
    pub(crate) text: String,
}

impl Typefaces {
    /// Breaks a paragraph into lines of at most `width` millimetres.
    ///
    /// Text in back quotes is in the typeface of the code, and is broken only if it is wider than a
    /// line. A short word is not left alone on the last line, unless that would leave a single word
    /// on the line before. All lines but the last end with a space, which separates words when the
    /// text is copied.
    pub(crate) fn paragraph(&self, size: f32, width: f32, marked: &str) -> Vec<Vec<Run>> {
        let is_too_wide = |words: &[Vec<Run>]| self.width_of(size, &joined(words)) > width;
        let mut lines: Vec<Vec<Vec<Run>>> = Vec::new();
        for word in self.words(size, width, marked) {
            match lines.last_mut() {
                Some(line) => {
                    line.push(word);
                    if is_too_wide(line) {
                        let over = line.split_off(line.len() - 1);
                        lines.push(over);
                    }
                }
                None => lines.push(vec![word]),
            }
        }
        if let [.., before, last] = lines.as_mut_slice()
            && last.len() == 1
            && before.len() > 2
            && self.width_of(size, &joined(last)) < width * WIDOW
            && let Some(word) = before.pop()
        {
            last.insert(0, word.clone());
            if is_too_wide(last) {
                last.remove(0);
                before.push(word);
            }
        }
        let count = lines.len();
        let mut lines: Vec<Vec<Run>> = lines.iter().map(|line| joined(line)).collect();
        for line in lines.iter_mut().take(count.saturating_sub(1)) {
            push(line, Face::Regular, ' ');
        }
        lines
    }

    /// Width of a line in millimetres.
    pub(crate) fn width_of(&self, size: f32, line: &[Run]) -> f32 {
        line.iter()
            .map(|run| self.width(run.face, size, &run.text))
            .sum()
    }

    /// Splits a marked paragraph into words, none of them wider than a line.
    fn words(&self, size: f32, width: f32, marked: &str) -> Vec<Vec<Run>> {
        let mut words = vec![Vec::new()];
        let mut face = Face::Regular;
        for character in marked.chars() {
            match character {
                '`' if face == Face::Regular => face = Face::Mono,
                '`' => face = Face::Regular,
                c if c.is_whitespace() && face == Face::Regular => words.push(Vec::new()),
                c => {
                    if let Some(word) = words.last_mut() {
                        push(word, face, c);
                    }
                }
            }
        }
        let cut = |word: Vec<Run>| {
            if self.width_of(size, &word) <= width {
                vec![word]
            } else {
                self.cut(size, width, &word)
            }
        };
        words.retain(|word| !word.is_empty());
        words.into_iter().flat_map(cut).collect()
    }

    /// Splits a word that is wider than a line, at its spaces or else between characters.
    fn cut(&self, size: f32, width: f32, word: &[Run]) -> Vec<Vec<Run>> {
        let mut parts = vec![Vec::new()];
        for run in word {
            for character in run.text.chars() {
                let mut part: Vec<Run> = parts.pop().unwrap_or_default();
                let whole = part.clone();
                push(&mut part, run.face, character);
                let over = !whole.is_empty() && self.width_of(size, &part) > width;
                if character == ' ' || over {
                    parts.push(whole);
                    part = Vec::new();
                }
                if over {
                    push(&mut part, run.face, character);
                }
                parts.push(part);
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }
}

/// Appends a character to a line.
fn push(line: &mut Vec<Run>, face: Face, character: char) {
    match line.last_mut() {
        Some(run) if run.face == face => run.text.push(character),
        _ => line.push(Run {
            face,
            text: String::from(character),
        }),
    }
}

/// Joins words with spaces.
fn joined(words: &[Vec<Run>]) -> Vec<Run> {
    let mut line = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            push(&mut line, Face::Regular, ' ');
        }
        for run in word {
            for character in run.text.chars() {
                push(&mut line, run.face, character);
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    fn texts(lines: &[Vec<Run>]) -> Vec<String> {
        let text = |line: &Vec<Run>| line.iter().map(|run| run.text.as_str()).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn a_paragraph_keeps_to_the_width_and_loses_only_its_marks() {
        let faces = Typefaces::load().unwrap();
        let long = "W".repeat(254);
        for text in [
            "",
            "one",
            "in its folder `age -d -i identity.age wallet.age`, then the code",
            &long,
            "`a b` c",
        ] {
            let lines = faces.paragraph(9.0, 70.0, text);
            for line in &lines {
                let space = faces.width(Face::Regular, 9.0, " ");
                assert!(faces.width_of(9.0, line) <= 70.0 + space, "{line:?}");
            }
            let whole = texts(&lines).concat();
            if text == long {
                assert_eq!(whole.replace(' ', ""), text);
            } else {
                assert_eq!(whole, text.replace('`', ""));
            }
        }
    }

    #[test]
    fn text_to_type_stays_on_one_line_in_the_codes_typeface() {
        let faces = Typefaces::load().unwrap();
        let lines = faces.paragraph(
            9.0,
            70.0,
            "Kit, in its folder: `age -d -i identity.age wallet.age`",
        );
        let command = Run {
            face: Face::Mono,
            text: String::from("age -d -i identity.age wallet.age"),
        };
        assert_eq!(lines.last().unwrap(), &[command]);
    }

    #[test]
    fn a_short_word_is_not_left_alone_on_the_last_line() {
        let faces = Typefaces::load().unwrap();
        let lines = |first: &str, text| {
            let width = faces.width(Face::Regular, 9.0, first);
            texts(&faces.paragraph(9.0, width, text))
        };
        assert_eq!(
            lines("one two three four five", "one two three four five six"),
            ["one two three four ", "five six"]
        );
        // Except a long word, and a word that would leave a single one on the line before.
        assert_eq!(
            lines(
                "one two three four five",
                "one two three four five seventeen"
            ),
            ["one two three four five ", "seventeen"]
        );
        assert_eq!(
            lines("wonderful seventeen", "wonderful seventeen a"),
            ["wonderful seventeen ", "a"]
        );
    }
}
