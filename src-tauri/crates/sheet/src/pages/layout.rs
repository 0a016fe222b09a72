//! Layout of a recovery page: text above, four columns of five symbols below.
//!
//! Lengths are millimetres from the top left corner, type sizes are points.

use crate::blocks::{BODY, DrawnPage, PageBuilder, SMALL, TIGHT, Value, capital_height};
use crate::canvas::Role;
use crate::model::Paper;
use crate::pages::dimensions::{LABEL, MARGIN, TEXT, TOP};
use crate::pages::grid::Grid;
use crate::pages::words::Words;
use crate::paragraph::Run;
use crate::qr::QrSymbol;
use crate::typeface::{Face, Typefaces};

/// Type size of title and identifier.
const LARGE: f32 = 20.0;
const GUTTER: f32 = 8.0;
/// Lines below the headings.
const TEXT_LINES: f32 = 4.0;

/// The text of all pages of a set.
pub(crate) struct Facts<'a> {
    pub(crate) wallet: Option<&'a str>,
    pub(crate) identifier: &'a str,
    pub(crate) made: String,
    pub(crate) items: String,
    pub(crate) set: &'a str,
    pub(crate) pages: usize,
    pub(crate) paper: Paper,
    pub(crate) grid: Grid,
}

/// Lays out page `number`, counted from 1. `parts` are its symbols, each with its number; at most
/// [`SYMBOLS`](crate::pages::dimensions::SYMBOLS).
pub(crate) fn page(
    facts: &Facts<'_>,
    number: usize,
    parts: &[(&str, QrSymbol)],
    words: &Words,
    faces: &Typefaces,
) -> DrawnPage {
    let mut layout = PagesLayout {
        page: PageBuilder::new(facts.paper, MARGIN, TIGHT, faces),
        // Most of the spare height goes between text and symbols.
        top: TOP + (facts.grid.top - TEXT - TOP - 5.0).max(0.0) * 0.35,
    };
    layout.name(facts, number, words);
    layout.explain(facts, words);
    layout.symbols(facts, parts, words);
    layout.page.finish()
}

struct PagesLayout<'a> {
    page: PageBuilder<'a>,
    /// Upper edge of the title's capitals.
    top: f32,
}

impl PagesLayout<'_> {
    /// Title, identifier and page number; then wallet, date, number of items and set.
    fn name(&mut self, facts: &Facts<'_>, number: usize, words: &Words) {
        let baseline = self.top + capital_height(LARGE);
        let after = MARGIN + self.page.width_with_space(Face::Bold, LARGE, words.title);
        self.page
            .title(LARGE, baseline, words.title, after, facts.identifier);
        let page_number = (words.page)(number, facts.pages);
        self.page
            .line_at_right(Face::Bold, BODY, baseline, &page_number);
        self.page.rule(baseline + 2.6, 0.4);

        let mut y = baseline + 7.0;
        if let Some(wallet) = facts.wallet {
            let width = self.page.width() - 15.0;
            let name = self.page.shortened(Face::Regular, SMALL, width, wallet);
            self.fact(MARGIN, y, words.wallet, Face::Regular, name);
            y += self.page.leading(SMALL);
        }
        let made = format!("{}, {}", facts.made, facts.items);
        let end = self.fact(MARGIN, y, words.made, Face::Regular, made);
        let set = self.page.width_with_space(Face::Bold, SMALL, words.set)
            + self.page.faces.width(Face::Mono, SMALL, facts.set);
        let left = self.page.right - set;
        if left > end {
            self.fact(left, y, words.set, Face::Mono, facts.set.to_owned());
        }
    }

    /// A label and its value on one line. Returns the right edge.
    fn fact(&mut self, x: f32, y: f32, label: &str, face: Face, value: String) -> f32 {
        let value_x = x + self.page.width_with_space(Face::Bold, SMALL, label);
        let end = value_x + self.page.faces.width(face, SMALL, &value);
        let value = Value {
            face,
            size: SMALL,
            lines: &[value],
        };
        self.page.fact(x, y, label, value_x, &value);
        end
    }

    /// Two columns: what the pages are, and how to restore a wallet from them.
    fn explain(&mut self, facts: &Facts<'_>, words: &Words) {
        let width = (self.page.width() - GUTTER) / 2.0;
        let leading = self.page.leading(SMALL);
        let last = self.top + TEXT;
        let y = last - TEXT_LINES * leading;
        let right = MARGIN + width + GUTTER;
        let purpose = (words.purpose)(facts.identifier);
        for (x, heading, paragraphs) in [
            (MARGIN, words.about, vec![purpose.as_str()]),
            (right, words.restore, vec![words.steps, words.without]),
        ] {
            self.page
                .line(Role::Heading, Face::Bold, SMALL, x, y, heading);
            let mut y = y + leading;
            for paragraph in paragraphs {
                let lines = self
                    .page
                    .faces
                    .lines(Face::Regular, SMALL, width, paragraph);
                let lines: Vec<_> = lines.into_iter().map(regular).collect();
                y = self.page.paragraph(SMALL, x, y, &lines);
            }
        }
    }

    /// The symbols in rows, each with its number below.
    fn symbols(&mut self, facts: &Facts<'_>, parts: &[(&str, QrSymbol)], words: &Words) {
        let grid = facts.grid;
        for (index, (number, symbol)) in parts.iter().enumerate() {
            let (left, top) = grid.position(index);
            self.page.canvas.part(Role::Figure(words.symbol), |canvas| {
                canvas.symbol_of_many(symbol, left, top, grid.module);
            });
            let label = format!("{} {number} ", words.part);
            let baseline = grid.label_baseline(top);
            self.page.line(
                Role::Paragraph,
                Face::Regular,
                LABEL,
                left,
                baseline,
                &label,
            );
        }
    }
}

/// A line with the space that separates it from the next when the page is read as text.
fn regular(line: String) -> Vec<Run> {
    vec![Run {
        face: Face::Regular,
        text: line + " ",
    }]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::model::Language;
    use crate::pages::dimensions::SYMBOLS;
    use crate::placed::{PlacedText, placed_text};
    use crate::qr::QUIET_ZONE;

    const LONGEST: &str = "30. September 2026, 23:59 Uhr (UTC+02:00)";

    fn grid(paper: Paper, count: usize) -> Grid {
        Grid::new(paper, count, 77)
    }

    /// The text of a page with `count` symbols.
    fn texts(
        paper: Paper,
        language: Language,
        wallet: Option<&str>,
        count: usize,
    ) -> Vec<PlacedText> {
        let words = Words::of(language);
        let faces = Typefaces::load().unwrap();
        let facts = Facts {
            wallet,
            identifier: "WMWM",
            made: String::from(LONGEST),
            items: (words.items)(1_000),
            set: "DDDD-DDDD",
            pages: 52,
            paper,
            grid: grid(paper, count),
        };
        let symbol = "A".repeat(600);
        let symbols = QrSymbol::for_parts(&vec![symbol.as_str(); count]).unwrap();
        let parts: Vec<_> = symbols.into_iter().map(|symbol| ("4999", symbol)).collect();
        let (ops, _) = page(&facts, 51, &parts, words, &faces);
        placed_text(&ops, paper, &faces)
    }

    #[test]
    fn text_stays_inside_the_margins_and_clear_of_symbols_and_other_text() {
        let wide = "W".repeat(300);
        for paper in [Paper::A4, Paper::Letter] {
            for language in [Language::English, Language::German] {
                for (wallet, count) in [
                    (None, 5),
                    (Some("anna@example.org"), 9),
                    (Some(&*wide), SYMBOLS),
                ] {
                    let all = texts(paper, language, wallet, count);
                    let grid = grid(paper, count);
                    for (at, placed) in all.iter().enumerate() {
                        let text = &placed.text;
                        assert!(placed.left >= MARGIN - 0.1, "{text}");
                        assert!(placed.right <= paper.width_mm() - MARGIN + 0.1, "{text}");
                        assert!(placed.baseline <= paper.height_mm() - 6.4, "{text}");
                        // Descenders take a fifth of an em below the baseline; then the quiet zone
                        // begins.
                        let quiet = QUIET_ZONE as f32 * grid.module;
                        let above = placed.baseline + 0.7 + quiet <= grid.top;
                        let label = Words::of(language).part;
                        assert!(
                            above || text.starts_with(label),
                            "{paper:?} {language:?} {text} {} {}",
                            placed.baseline,
                            grid.top
                        );
                        let top = |text: &PlacedText| text.baseline - capital_height(text.size);
                        for other in &all[at + 1..] {
                            let apart = placed.right <= other.left
                                || other.right <= placed.left
                                || placed.baseline < top(other)
                                || other.baseline < top(placed);
                            assert!(apart, "{text} / {}", other.text);
                        }
                    }
                }
            }
        }
    }
}
