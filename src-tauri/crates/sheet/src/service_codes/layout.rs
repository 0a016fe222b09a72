//! Layout of a list of another service's codes: what it is on the first page, then codes in columns
//! with a box before each.
//!
//! Lengths are millimetres from the top left corner, type sizes are points.

use crate::blocks::{BODY, DrawnPage, LOOSE, PageBuilder, SMALL, Value, capital_height, leading};
use crate::canvas::Role;
use crate::model::Paper;
use crate::service_codes::words::Words;
use crate::typeface::{Face, Typefaces};

const MARGIN: f32 = 20.0;
/// Baseline of the heading.
const HEADING: f32 = 20.0;
const BOTTOM: f32 = 18.0;
/// Type size of the item's title.
const NAME: f32 = 18.0;
/// Type size of a code.
const CODE: f32 = 12.0;
/// Distance between the baselines of two codes.
const PITCH: f32 = 8.5;
/// Side of a box to tick.
const BOX: f32 = 3.8;
/// From the left edge of a box to its code.
const INDENT: f32 = 7.5;
/// White between columns.
const GUTTER: f32 = 8.0;
const MOST_COLUMNS: f32 = 3.0;
/// White between the frame of the note and its text.
const PADDING: f32 = 3.5;

/// The text of all pages beside the codes.
pub(crate) struct Facts<'a> {
    pub(crate) title: &'a str,
    pub(crate) label: &'a str,
    pub(crate) made_label: &'static str,
    pub(crate) made: String,
    pub(crate) count: String,
    pub(crate) paper: Paper,
}

/// A code as it is printed: a line of it or more, with a box before the first.
struct Entry {
    face: Face,
    size: f32,
    lines: Vec<String>,
    /// There is space to copy it by hand.
    by_hand: bool,
}

/// A line of a code at its place. `entry` and `line` are counted from 0.
struct PlacedLine {
    page: usize,
    x: f32,
    y: f32,
    entry: usize,
    line: usize,
}

/// Lays out all pages; at least one.
pub(crate) fn draw(
    facts: &Facts<'_>,
    left: &[&str],
    words: &Words,
    faces: &Typefaces,
) -> Vec<DrawnPage> {
    let (first, first_top) = head(facts, words, faces);
    let width = first.width();
    let columns = columns(left, width, faces);
    let column = (width - (columns - 1.0) * GUTTER) / columns;
    let entries: Vec<_> = left
        .iter()
        .map(|code| entry(code, column - INDENT, words, faces))
        .collect();
    let top = HEADING + 12.0;
    let placed = place(&entries, facts.paper, columns, column, [first_top, top]);
    let pages = placed.last().map_or(1, |last| last.page + 1);
    let mut lines = placed.iter().peekable();
    let mut drawn = Vec::new();
    let mut next = Some(first);
    for number in 0..pages {
        let mut page = next.take().unwrap_or_else(|| further(facts, words, faces));
        let of = (words.page)(number + 1, pages);
        page.line_at_right(Face::Regular, SMALL, HEADING, &of);
        while let Some(line) = lines.next_if(|line| line.page == number) {
            if let Some(entry) = entries.get(line.entry) {
                draw_line(&mut page, entry, line, column);
            }
        }
        drawn.push(page.finish());
    }
    drawn
}

/// Begins the first page. Returns it with the upper edge of the list.
fn head<'a>(facts: &Facts<'_>, words: &Words, faces: &'a Typefaces) -> (PageBuilder<'a>, f32) {
    let mut page = begin(facts.paper, words, faces);
    let mut y = HEADING + 6.0 + capital_height(NAME);
    let width = page.width();
    let name = page.shortened(Face::Bold, NAME, width, facts.title);
    page.line(Role::Heading, Face::Bold, NAME, MARGIN, y, &name);
    if !facts.label.trim().is_empty() {
        y += page.leading(BODY) + 1.0;
        let label = page.shortened(Face::Regular, BODY, width, facts.label);
        page.line(Role::Paragraph, Face::Regular, BODY, MARGIN, y, &label);
    }
    y += page.leading(SMALL) + 1.5;
    let value_x = MARGIN + page.width_with_space(Face::Bold, SMALL, facts.made_label);
    let made = Value {
        face: Face::Regular,
        size: SMALL,
        lines: std::slice::from_ref(&facts.made),
    };
    page.fact(MARGIN, y, facts.made_label, value_x, &made);

    let frame = y + 5.0;
    y = frame + PADDING + capital_height(BODY);
    let lines = faces.paragraph(BODY, width - 2.0 * PADDING, words.note);
    let after = page.paragraph(BODY, MARGIN + PADDING, y, &lines);
    let bottom = after - page.leading(BODY) + PADDING + 1.0;
    page.canvas
        .artefact(|canvas| canvas.frame(MARGIN, frame, width, bottom - frame, 0.5));

    y = bottom + 6.0 + capital_height(BODY);
    page.line(Role::Heading, Face::Bold, BODY, MARGIN, y, &facts.count);
    (page, y + 4.0)
}

/// Begins a further page, which names the item in one line.
fn further<'a>(facts: &Facts<'_>, words: &Words, faces: &'a Typefaces) -> PageBuilder<'a> {
    let mut page = begin(facts.paper, words, faces);
    let name = page.shortened(Face::Bold, BODY, page.width(), facts.title);
    let y = HEADING + page.leading(BODY);
    page.line(Role::Heading, Face::Bold, BODY, MARGIN, y, &name);
    page
}

/// Begins a page with the heading of all.
fn begin<'a>(paper: Paper, words: &Words, faces: &'a Typefaces) -> PageBuilder<'a> {
    let mut page = PageBuilder::new(paper, MARGIN, LOOSE, faces);
    page.line(
        Role::Title,
        Face::Regular,
        BODY,
        MARGIN,
        HEADING,
        words.title,
    );
    page
}

/// Number of columns in which each code is on one line; 1 if there is none.
fn columns(left: &[&str], width: f32, faces: &Typefaces) -> f32 {
    let widest = left
        .iter()
        .map(|code| match is_printable(code, faces) {
            true => faces.width(Face::Mono, CODE, code),
            false => width,
        })
        .fold(0.0, f32::max);
    let columns = (width + GUTTER) / (INDENT + widest + GUTTER);
    columns.floor().clamp(1.0, MOST_COLUMNS)
}

fn is_printable(code: &str, faces: &Typefaces) -> bool {
    code.chars()
        .all(|character| faces.glyph(Face::Mono, character).is_some())
}

fn entry(code: &str, width: f32, words: &Words, faces: &Typefaces) -> Entry {
    let by_hand = !is_printable(code, faces);
    let (face, size, text) = match by_hand {
        true => (Face::Regular, SMALL, words.by_hand),
        false => (Face::Mono, CODE, code),
    };
    let lines = match faces.width(face, size, text) <= width {
        true => vec![text.to_owned()],
        false => faces.lines(face, size, width, text),
    };
    Entry {
        face,
        size,
        lines,
        by_hand,
    }
}

/// Places entries in one column after another, and on one page after another. `tops` are the upper
/// edges of the list on the first and on a further page. An entry is divided only if it is longer
/// than a column.
fn place(
    entries: &[Entry],
    paper: Paper,
    columns: f32,
    column: f32,
    tops: [f32; 2],
) -> Vec<PlacedLine> {
    let last = paper.height_mm() - BOTTOM;
    let begin = |page: usize| tops[page.min(1)] + capital_height(CODE);
    let (mut page, mut at, mut y) = (0, 0.0, begin(0));
    let mut placed = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let further = leading(entry.size, LOOSE);
        let space = if entry.by_hand { PITCH } else { 0.0 };
        let height = further * entry.lines.len().saturating_sub(1) as f32 + space;
        let fits = |y: f32| y + height <= last;
        let mut advance = y > last || (!fits(y) && fits(begin(page + 1)));
        for line in 0..entry.lines.len() {
            if advance || y > last {
                at += 1.0;
                if at >= columns {
                    (page, at) = (page + 1, 0.0);
                }
                y = begin(page);
                advance = false;
            }
            placed.push(PlacedLine {
                page,
                x: MARGIN + at * (column + GUTTER),
                y,
                entry: number,
                line,
            });
            y += further;
        }
        y += PITCH - further + space;
    }
    placed
}

fn draw_line(page: &mut PageBuilder<'_>, entry: &Entry, at: &PlacedLine, column: f32) {
    let PlacedLine { x, y, line, .. } = *at;
    let Some(text) = entry.lines.get(line) else {
        return;
    };
    if line == 0 {
        let top = y - (BOX + capital_height(entry.size)) / 2.0;
        page.canvas
            .artefact(|canvas| canvas.frame(x, top, BOX, BOX, 0.3));
    }
    let text = format!("{text} ");
    page.line(
        Role::Paragraph,
        entry.face,
        entry.size,
        x + INDENT,
        y,
        &text,
    );
    if entry.by_hand && line + 1 == entry.lines.len() {
        page.canvas
            .artefact(|canvas| canvas.rule(x + INDENT, x + column, y + PITCH, 0.2));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::model::Language;
    use crate::placed::{PlacedText, placed_text};

    /// The text of each page.
    fn pages(paper: Paper, language: Language, title: &str, left: &[&str]) -> Vec<Vec<PlacedText>> {
        let words = Words::of(language);
        let faces = Typefaces::load().unwrap();
        let facts = Facts {
            title,
            label: title,
            made_label: "Erstellt am",
            made: String::from("30. September 2026, 23:59 Uhr (UTC+02:00)"),
            count: (words.count)(left.len(), 3),
            paper,
        };
        draw(&facts, left, words, &faces)
            .iter()
            .map(|(ops, _)| placed_text(ops, paper, &faces))
            .collect()
    }

    /// The text of codes, in reading order and without the spaces that separate lines.
    fn codes(pages: &[Vec<PlacedText>]) -> String {
        let all = pages.iter().flatten();
        let codes = all.filter(|it| it.size == CODE);
        codes.map(|it| it.text.trim_end()).collect()
    }

    #[test]
    fn every_code_is_printed_once_in_order_inside_the_margins_and_clear_of_other_text() {
        let short: Vec<_> = (0..1000).map(|it| format!("{it:04}-abcd")).collect();
        let long: Vec<_> = [3, 200, 9000].map(|it| "W".repeat(it)).into();
        let wide = "W".repeat(500);
        for (title, codes_of) in [("GitHub", &short), (&*wide, &long)] {
            let left: Vec<_> = codes_of.iter().map(String::as_str).collect();
            for paper in [Paper::A4, Paper::Letter] {
                for language in [Language::English, Language::German] {
                    let pages = pages(paper, language, title, &left);
                    assert_eq!(codes(&pages), left.concat());
                    for page in &pages {
                        for (at, text) in page.iter().enumerate() {
                            let PlacedText {
                                left,
                                right,
                                baseline,
                                ..
                            } = text;
                            assert!(*left >= MARGIN - 0.1, "{}", text.text);
                            assert!(*right <= paper.width_mm() - MARGIN + 0.1, "{}", text.text);
                            assert!(*baseline <= paper.height_mm() - BOTTOM, "{}", text.text);
                            for other in &page[at + 1..] {
                                let apart = (other.baseline - baseline).abs() >= 3.0
                                    || other.left >= *right
                                    || other.right <= *left;
                                assert!(apart, "{} {}", text.text, other.text);
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn short_codes_are_in_three_columns_and_long_ones_in_one() {
        let columns_of = |left: &[&str]| {
            let pages = pages(Paper::A4, Language::English, "GitHub", left);
            let mut lefts: Vec<_> = pages[0]
                .iter()
                .filter(|it| it.size == CODE)
                .map(|it| it.left.round() as i32)
                .collect();
            lefts.dedup();
            lefts.len()
        };
        assert_eq!(columns_of(&["12345678"; 100]), 3);
        assert_eq!(columns_of(&["12345678-12345678-1234567"; 100]), 2);
        assert_eq!(columns_of(&["12345678-12345678-12345678-12345678"; 100]), 1);
        assert_eq!(columns_of(&["12345678"; 3]), 1);
    }

    #[test]
    fn a_code_that_cannot_be_printed_leaves_space_instead_of_other_characters() {
        let left = ["1111", "世界\u{202e}", "2222"];
        let pages = pages(Paper::A4, Language::English, "世界 Zoë", &left);
        assert_eq!(codes(&pages), "11112222");
        let text: String = pages[0].iter().map(|it| it.text.as_str()).collect();
        assert!(text.contains("Copy it by hand") && text.contains("?? Zoë"));
    }

    #[test]
    fn a_list_without_codes_is_one_page() {
        assert_eq!(pages(Paper::A4, Language::German, "", &[]).len(), 1);
    }
}
