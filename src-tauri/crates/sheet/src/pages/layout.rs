//! Where things stand on a recovery page: above what a person reads, below four columns of five symbols.
//!
//! Lengths are millimetres from the top left corner, type sizes are points.

use printpdf::Op;

use crate::canvas::{Canvas, Role};
use crate::model::Paper;
use crate::pages::words::Words;
use crate::qr::{QUIET_ZONE, Symbol};
use crate::typeface::{Face, MM_PER_PT, Typefaces};

/// The most symbols on a page.
pub(crate) const SYMBOLS: usize = 20;

/// A dot of a coarse printer or scanner, 150 to the inch. Modules are whole dots and begin on one, so that none comes out
/// narrower than its neighbours, at this resolution and its multiples.
const DOT: f32 = 25.4 / 150.0;

/// Dots that a module may have, the best first: 0.85, 0.68 and 0.51 mm.
const DOTS: [f32; 3] = [5.0, 4.0, 3.0];

/// White around a symbol and between it and its label, in modules (ISO/IEC 18004 §6.3.8).
const QUIET: f32 = QUIET_ZONE as f32;

const LARGE: f32 = 20.0;
const BODY: f32 = 10.5;
const SMALL: f32 = 9.0;
const LABEL: f32 = 6.5;

/// Height of a capital letter, in ems; the same in every face.
const CAPITAL: f32 = 0.668;

const MARGIN: f32 = 15.0;
/// Below the labels of the last row; printers reach to within 6.4 mm of the edge.
const BOTTOM: f32 = 7.0;
const GUTTER: f32 = 8.0;
/// Height of what is read, from the title's capitals to the last line.
const TEXT: f32 = 37.5;
/// Lines below the headings.
const TEXT_LINES: f32 = 4.0;
/// The least white above it.
const TOP: f32 = 10.5;

/// More characters of a wallet's name than a line holds even of the narrowest; the rest is not measured.
const WALLET_CHARACTERS: usize = 300;

/// What all pages of a set say.
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

/// Where the symbols of all pages of a set are, which depends on how many there are and how large: few are drawn larger.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    columns: usize,
    module: f32,
    side: f32,
    top: f32,
}

impl Grid {
    /// For `count` symbols on the fullest page, of so many modules a side.
    pub(crate) fn new(paper: Paper, count: usize, modules: usize) -> Self {
        let grid = |dots: f32| {
            let module = dots * DOT;
            let side = module * modules as f32;
            let quiet = QUIET * module;
            let width = paper.width_mm() - 2.0 * MARGIN + quiet;
            let columns = (width / (side + quiet)).floor() as usize;
            let rows = count.div_ceil(columns.max(1));
            let last_label = BOTTOM + label();
            // Enough for the rows, and down from the middle where there are fewer.
            let top = paper.height_mm() - last_label - rows as f32 * pitch(side, module)
                + quiet
                + label();
            let grid = Grid {
                columns,
                module,
                side,
                top,
            };
            (grid, top >= TOP + TEXT + quiet.min(2.0))
        };
        let fits = DOTS.into_iter().map(grid).find(|(_, fits)| *fits);
        let (mut chosen, _) = fits.unwrap_or_else(|| grid(DOTS[2]));
        let highest = TOP + TEXT + 12.0;
        chosen.top = on_a_dot(chosen.top.min(highest));
        chosen
    }

    /// Left and top of a symbol.
    fn place(&self, index: usize, paper: Paper) -> (f32, f32) {
        let between = self.columns.saturating_sub(1).max(1) as f32;
        let spare = paper.width_mm() - 2.0 * MARGIN - self.columns as f32 * self.side;
        let (column, row) = (index % self.columns, index / self.columns);
        let left = MARGIN + column as f32 * (self.side + spare / between);
        let top = self.top + row as f32 * pitch(self.side, self.module);
        (on_a_dot(left), on_a_dot(top))
    }
}

/// From one row of symbols to the next: symbol, white, label, white.
fn pitch(side: f32, module: f32) -> f32 {
    side + 2.0 * QUIET * module + label()
}

/// Height of a label.
fn label() -> f32 {
    LABEL * CAPITAL * MM_PER_PT
}

fn on_a_dot(length: f32) -> f32 {
    (length / DOT).round() * DOT
}

/// Lays out page `number`, from 1, with these parts: at most [`SYMBOLS`], each with its number.
pub(crate) fn page(
    facts: &Facts<'_>,
    number: usize,
    parts: &[(&str, Symbol)],
    words: &Words,
    faces: &Typefaces,
) -> (Vec<Op>, Vec<Role>) {
    let mut page = Page {
        canvas: Canvas::new(facts.paper.height_mm()),
        faces,
        right: facts.paper.width_mm() - MARGIN,
        // What is left above the symbols is mostly below the text.
        top: TOP + (facts.grid.top - TEXT - TOP).max(0.0) * 0.3,
    };
    page.name(facts, number, words);
    page.explain(facts, words);
    page.symbols(facts, parts, words);
    page.canvas.finish()
}

struct Page<'a> {
    canvas: Canvas,
    faces: &'a Typefaces,
    /// Right edge of the type area.
    right: f32,
    /// Upper edge of the title's capitals.
    top: f32,
}

impl Page<'_> {
    /// Title, identifier and page; then whose, of when, and how much.
    fn name(&mut self, facts: &Facts<'_>, number: usize, words: &Words) {
        let (faces, right) = (self.faces, self.right);
        let baseline = self.top + LARGE * CAPITAL * MM_PER_PT;
        let title = format!("{} ", words.title);
        let after = MARGIN + faces.width(Face::Bold, LARGE, &title);
        self.canvas.part(Role::Title, |canvas| {
            canvas.text(Face::Bold, LARGE, MARGIN, baseline, &title);
            canvas.text(Face::Mono, LARGE, after, baseline, facts.identifier);
        });
        let which = (words.page)(number, facts.pages);
        let width = faces.width(Face::Bold, BODY, &which);
        self.canvas.part(Role::Paragraph, |canvas| {
            canvas.text(Face::Bold, BODY, right - width, baseline, &which);
        });
        self.canvas
            .artefact(|canvas| canvas.rule(MARGIN, right, baseline + 2.6, 0.4));

        let mut y = baseline + 7.0;
        if let Some(wallet) = facts.wallet {
            let name = self.shortened(wallet, right - MARGIN - 15.0);
            self.fact(MARGIN, y, words.wallet, &name);
            y += leading(SMALL);
        }
        let end = self.fact(
            MARGIN,
            y,
            words.made,
            &format!("{}, {}", facts.made, facts.items),
        );
        let set = faces.width(Face::Bold, SMALL, &format!("{} ", words.set))
            + faces.width(Face::Mono, SMALL, facts.set);
        let left = right - set;
        if left > end {
            self.canvas.part(Role::Paragraph, |canvas| {
                let label = format!("{} ", words.set);
                canvas.text(Face::Bold, SMALL, left, y, &label);
                let after = left + faces.width(Face::Bold, SMALL, &label);
                canvas.text(Face::Mono, SMALL, after, y, facts.set);
            });
        }
    }

    /// A label and its value on one line. Gives where it ends.
    fn fact(&mut self, x: f32, y: f32, label: &str, value: &str) -> f32 {
        let label = format!("{label} ");
        let after = x + self.faces.width(Face::Bold, SMALL, &label);
        self.canvas.part(Role::Paragraph, |canvas| {
            canvas.text(Face::Bold, SMALL, x, y, &label);
            canvas.text(Face::Regular, SMALL, after, y, value);
        });
        after + self.faces.width(Face::Regular, SMALL, value)
    }

    /// A wallet's name on one line of this width, cut where it is longer.
    fn shortened(&self, wallet: &str, width: f32) -> String {
        let name: String = wallet.chars().take(WALLET_CHARACTERS).collect();
        let mut name = self.faces.drawable(Face::Regular, name.trim());
        if self.faces.width(Face::Regular, SMALL, &name) > width {
            while self.faces.width(Face::Regular, SMALL, &name) > width {
                name.pop();
            }
            name.pop();
            name.push('…');
        }
        name
    }

    /// Two columns: what the pages are, and how a wallet comes back from them.
    fn explain(&mut self, facts: &Facts<'_>, words: &Words) {
        let width = (self.right - MARGIN - GUTTER) / 2.0;
        let last = self.top + TEXT;
        let y = last - TEXT_LINES * leading(SMALL);
        let right = MARGIN + width + GUTTER;
        let purpose = (words.purpose)(facts.identifier);
        for (x, heading, paragraphs) in [
            (MARGIN, words.what, vec![purpose.as_str()]),
            (right, words.restore, vec![words.steps, words.without]),
        ] {
            self.canvas.part(Role::Heading, |canvas| {
                canvas.text(Face::Bold, SMALL, x, y, heading);
            });
            let mut y = y + leading(SMALL);
            for paragraph in paragraphs {
                let lines = self.faces.lines(Face::Regular, SMALL, width, paragraph);
                self.canvas.part(Role::Paragraph, |canvas| {
                    for line in &lines {
                        canvas.text(Face::Regular, SMALL, x, y, &format!("{line} "));
                        y += leading(SMALL);
                    }
                });
            }
        }
    }

    /// The symbols in rows, each with its number below.
    fn symbols(&mut self, facts: &Facts<'_>, parts: &[(&str, Symbol)], words: &Words) {
        let Grid { module, side, .. } = facts.grid;
        for (index, (number, symbol)) in parts.iter().enumerate() {
            let (left, top) = facts.grid.place(index, facts.paper);
            self.canvas.part(Role::Figure(words.symbol), |canvas| {
                canvas.symbol_of_many(symbol, left, top, module);
            });
            let baseline = top + side + QUIET * module + label();
            self.canvas.part(Role::Paragraph, |canvas| {
                let label = format!("{} {number} ", words.part);
                canvas.text(Face::Regular, LABEL, left, baseline, &label);
            });
        }
    }
}

/// Distance between baselines.
fn leading(size: f32) -> f32 {
    size * MM_PER_PT * 1.2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use printpdf::{PdfFontHandle, TextItem};

    use super::*;
    use crate::model::Language;

    const LONGEST: &str = "30. September 2026, 23:59 Uhr (UTC+02:00)";

    fn grid(paper: Paper, count: usize) -> Grid {
        Grid::new(paper, count, 77)
    }

    /// Each text on a full page: left, right, upper edge of its capitals and baseline, in millimetres.
    fn texts(
        paper: Paper,
        language: Language,
        wallet: Option<&str>,
        count: usize,
    ) -> Vec<(String, [f32; 4])> {
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
        let symbols = Symbol::for_parts(&vec![symbol.as_str(); count]).unwrap();
        let parts: Vec<_> = symbols.into_iter().map(|symbol| ("4999", symbol)).collect();
        let (ops, _) = page(&facts, 51, &parts, words, &faces);
        let mut found = Vec::new();
        let (mut face, mut size, mut left, mut baseline) = (Face::Regular, 0.0, 0.0, 0.0);
        for op in &ops {
            match op {
                Op::SetFont {
                    font: PdfFontHandle::External(id),
                    size: points,
                } => {
                    let all = [Face::Regular, Face::Bold, Face::Mono];
                    face = all.into_iter().find(|face| face.id() == *id).unwrap();
                    size = points.0;
                }
                Op::SetTextCursor { pos } => {
                    left = pos.x.0 * MM_PER_PT;
                    baseline = paper.height_mm() - pos.y.0 * MM_PER_PT;
                }
                Op::ShowText { items } => {
                    let [TextItem::Text(text)] = items.as_slice() else {
                        panic!()
                    };
                    let width = faces.width(face, size, text.trim_end());
                    let top = baseline - size * CAPITAL * MM_PER_PT;
                    found.push((text.clone(), [left, left + width, top, baseline]));
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn all_text_stays_inside_the_margins_and_clear_of_the_symbols_and_of_other_text() {
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
                    for (at, (text, [left, right, top, baseline])) in all.iter().enumerate() {
                        assert!(*left >= MARGIN - 0.1, "{text}");
                        assert!(*right <= paper.width_mm() - MARGIN + 0.1, "{text}");
                        assert!(*baseline <= paper.height_mm() - 6.4, "{text}");
                        // Letters like g reach below the baseline by a fifth of an em.
                        let above = *baseline + 0.7 <= grid.top;
                        let labels = words_of(language);
                        assert!(
                            above || text.starts_with(labels),
                            "{paper:?} {language:?} {text} {baseline} {}",
                            grid.top
                        );
                        for (other, [l, r, t, b]) in &all[at + 1..] {
                            let apart = right <= l || r <= left || baseline < t || b < top;
                            assert!(apart, "{text} / {other}");
                        }
                    }
                }
            }
        }
    }

    fn words_of(language: Language) -> &'static str {
        Words::of(language).part
    }

    #[test]
    fn symbols_are_on_the_page_with_white_around_and_as_large_as_their_number_allows() {
        for paper in [Paper::A4, Paper::Letter] {
            for (count, dots) in [
                (4, 5.0),
                (6, 5.0),
                (7, 4.0),
                (9, 4.0),
                (13, 3.0),
                (SYMBOLS, 3.0),
            ] {
                let grid = grid(paper, count);
                assert_eq!(grid.module, dots * DOT, "{paper:?} {count}");
                let places: Vec<_> = (0..count).map(|index| grid.place(index, paper)).collect();
                let needed = grid.side + QUIET * grid.module - 0.01;
                for (at, (left, top)) in places.iter().enumerate() {
                    assert!(
                        *left >= MARGIN - DOT
                            && left + grid.side <= paper.width_mm() - MARGIN + DOT
                    );
                    assert!(top + grid.side + QUIET * grid.module <= paper.height_mm() - BOTTOM);
                    for (l, t) in &places[at + 1..] {
                        assert!((left - l).abs() >= needed || (top - t).abs() >= needed + label());
                    }
                }
            }
        }
    }

    #[test]
    fn modules_begin_on_a_dot_of_the_printer() {
        for (left, top) in
            (0..SYMBOLS).map(|index| grid(Paper::A4, SYMBOLS).place(index, Paper::A4))
        {
            for length in [left, top] {
                assert!((length / DOT - (length / DOT).round()).abs() < 0.001);
            }
        }
    }
}
