//! Where things stand on the page.
//!
//! Three bands from the top: what names the sheet; the code; what to do with it. The paper is folded
//! between the second and the third so that the third lies on the second and hides it, while the first
//! stays readable. Lengths are millimetres from the top left corner, type sizes are points.

use code::{GROUPS, Identifier};
use printpdf::Op;
use zeroize::Zeroizing;

use crate::{
    canvas::{Canvas, Role},
    instructions::Instructions,
    model::{Paper, Place},
    qr::Symbol,
    typeface::{Face, MM_PER_PT, Typefaces},
    words::{Purpose, Words},
};

/// The three sizes of type.
const LARGE: f32 = 24.0;
pub(crate) const BODY: f32 = 10.5;
pub(crate) const SMALL: f32 = 9.0;

/// Height of a capital letter, in ems; the same in every face.
const CAPITAL: f32 = 0.668;

const MARGIN: f32 = 18.0;
const TITLE_BASELINE: f32 = 24.0;
const FACTS_BASELINE: f32 = 37.5;
const FACTS_PITCH: f32 = 7.0;
/// A fourth fact stands in the same space.
const FOUR_FACTS: (f32, f32) = (36.0, 6.2);
const FACTS_INDENT: f32 = 27.0;
const HANDWRITING_BASELINE: f32 = 70.0;
const HANDWRITING_PITCH: f32 = 9.0;
/// Where the first band ends: the folded third band reaches up to here.
const NAMED_ABOVE: f32 = 83.0;

/// Side of a module: 37 of them are 55.5 mm.
const MODULE: f32 = 1.5;
const GROUPS_A_ROW: usize = 3;
const GROUP_GAP: f32 = 2.6;

/// From the fold to the first baseline of the third band.
const BELOW_FOLD: f32 = 13.0;
/// Below the last baseline: what printers leave white, and a little.
const BOTTOM_MARGIN: f32 = 12.0;

/// Lines that a wallet's name may take once it does not fit on one.
const WALLET_LINES: usize = 4;

/// More characters than the lines hold even of the narrowest; the rest is not measured.
const WALLET_CHARACTERS: usize = 2_000;

/// Sizes to try for a wallet's name, each with the lines it may take; the last holds any e-mail.
const WALLET_SIZES: [(f32, usize); 5] = [
    (BODY, 1),
    (SMALL, WALLET_LINES),
    (8.0, WALLET_LINES),
    (7.0, WALLET_LINES),
    (6.5, WALLET_LINES),
];

/// A sheet with its dates written out.
pub(crate) struct Content<'a> {
    pub(crate) words: &'static Words,
    pub(crate) identifier: Identifier,
    /// Its place in a set; `None` for a whole code.
    pub(crate) place: Option<Place>,
    /// The words for that.
    pub(crate) purpose: Purpose,
    pub(crate) wallet: Option<&'a str>,
    pub(crate) made: String,
    /// A label and what completes it.
    pub(crate) validity: (&'a str, String),
    pub(crate) groups: [&'a str; GROUPS],
    pub(crate) symbol: Symbol,
    pub(crate) paper: Paper,
}

/// Lays the page out and gives its drawing operations in reading order, with the role of each part.
pub(crate) fn page(content: &Content<'_>, faces: &Typefaces) -> (Vec<Op>, Vec<Role>) {
    let mut page = Page {
        canvas: Canvas::new(content.paper.height_mm()),
        words: content.words,
        faces,
        right: content.paper.width_mm() - MARGIN,
        facts: match (content.wallet, content.place) {
            (Some(_), Some(_)) => FOUR_FACTS,
            _ => (FACTS_BASELINE, FACTS_PITCH),
        },
    };
    page.name(content);
    page.handwriting();
    page.code(content);
    let fold = fold(content.paper);
    page.fold(content.paper.width_mm(), fold);
    page.what_to_do(content, fold + BELOW_FOLD);
    page.canvas.finish()
}

/// The fold at which the paper's lower edge comes to lie on the end of the first band.
fn fold(paper: Paper) -> f32 {
    (paper.height_mm() + NAMED_ABOVE) / 2.0
}

struct Page<'a> {
    canvas: Canvas,
    words: &'a Words,
    faces: &'a Typefaces,
    /// Right edge of the type area.
    right: f32,
    /// The first fact's baseline, and the distance to the next.
    facts: (f32, f32),
}

impl Page<'_> {
    /// Title and identifier, then whose the sheet is and how long it works.
    fn name(&mut self, content: &Content<'_>) {
        let (words, faces, right) = (self.words, self.faces, self.right);
        let identifier = content.identifier.to_string();
        let width = faces.width(Face::Mono, LARGE, &identifier);
        self.canvas.part(Role::Title, |canvas| {
            let title = format!("{} ", content.purpose.title);
            canvas.text(Face::Bold, LARGE, MARGIN, TITLE_BASELINE, &title);
            canvas.text(
                Face::Mono,
                LARGE,
                right - width,
                TITLE_BASELINE,
                &identifier,
            );
        });
        self.canvas
            .artefact(|canvas| canvas.rule(MARGIN, right, TITLE_BASELINE + 4.5, 0.5));

        let mut y = self.facts.0;
        if let Some(wallet) = content.wallet {
            y = self.wallet(y, wallet);
        }
        if let Some(place) = content.place {
            y = self.fact(y, words.sheet, BODY, &[(words.which_sheet)(place)]);
        }
        y = self.fact(y, words.made, BODY, std::slice::from_ref(&content.made));
        let (works, until) = &content.validity;
        self.fact(y, works, BODY, std::slice::from_ref(until));
    }

    /// The wallet's name on one line; smaller, on up to four lines, where it is long; cut where even
    /// that does not hold it. Gives the next baseline.
    fn wallet(&mut self, y: f32, wallet: &str) -> f32 {
        let width = self.right - MARGIN - FACTS_INDENT;
        let name: String = wallet.chars().take(WALLET_CHARACTERS).collect();
        let name = self.faces.drawable(Face::Regular, &name);
        let lines = |size| self.faces.lines(Face::Regular, size, width, &name);
        let whole = WALLET_SIZES.into_iter().find_map(|(size, most)| {
            let lines = lines(size);
            (lines.len() <= most).then_some((size, lines))
        });
        let (size, lines) = whole.unwrap_or_else(|| {
            let mut cut = lines(SMALL);
            cut.truncate(WALLET_LINES);
            if let Some(last) = cut.last_mut() {
                last.pop();
                last.push('…');
            }
            (SMALL, cut)
        });
        self.fact(y, self.words.wallet, size, &lines)
    }

    /// A label and its value, whose lines stand under each other. Gives the next baseline.
    fn fact(&mut self, y: f32, label: &str, size: f32, lines: &[String]) -> f32 {
        let pitch = leading(size);
        self.canvas.part(Role::Paragraph, |canvas| {
            canvas.text(Face::Bold, SMALL, MARGIN, y, &format!("{label} "));
            for (index, line) in lines.iter().enumerate() {
                let y = y + index as f32 * pitch;
                canvas.text(Face::Regular, size, MARGIN + FACTS_INDENT, y, line);
            }
        });
        y + self.facts.1 + lines.len().saturating_sub(1) as f32 * pitch
    }

    /// Lines to write on: where the sheet is kept, and when it was checked.
    fn handwriting(&mut self) {
        let right = self.right;
        let left = MARGIN + FACTS_INDENT;
        let kept = HANDWRITING_BASELINE;
        let checked = kept + HANDWRITING_PITCH;
        for (y, label) in [(kept, self.words.kept_at), (checked, self.words.checked_on)] {
            self.canvas.part(Role::Paragraph, |canvas| {
                canvas.text(Face::Bold, SMALL, MARGIN, y, label);
            });
        }
        let gap = 5.0;
        let third = (right - left - 2.0 * gap) / 3.0;
        self.canvas.artefact(|canvas| {
            canvas.rule(left, right, kept + 1.0, 0.2);
            for index in 0..3_u8 {
                let left = left + f32::from(index) * (third + gap);
                canvas.rule(left, left + third, checked + 1.0, 0.2);
            }
        });
    }

    /// The QR symbol beside the code in rows of three groups, and how to scan it.
    fn code(&mut self, content: &Content<'_>) {
        let (words, faces, right) = (self.words, self.faces, self.right);
        let purpose = &content.purpose;
        let side = content.symbol.width() as f32 * MODULE;
        // The band between name and fold, its contents a little above the middle.
        let spare = fold(content.paper) - NAMED_ABOVE - side;
        let top = NAMED_ABOVE + spare * 0.46;
        let bottom = top + side;

        let heading = top - 9.0;
        self.canvas.part(Role::Heading, |canvas| {
            canvas.text(Face::Bold, BODY, MARGIN, heading, purpose.code);
        });
        let once = faces.width(Face::Regular, BODY, &purpose.works_once);
        self.canvas.part(Role::Paragraph, |canvas| {
            let works_once = &purpose.works_once;
            canvas.text(Face::Regular, BODY, right - once, heading, works_once);
        });
        self.canvas.part(Role::Figure(purpose.symbol), |canvas| {
            canvas.symbol(&content.symbol, MARGIN, top, MODULE);
        });

        let capital = LARGE * MM_PER_PT * CAPITAL;
        let rows = content.groups.chunks(GROUPS_A_ROW);
        let pitch = (side - capital) / (rows.len() - 1).max(1) as f32;
        let sample = Zeroizing::new(content.groups[..GROUPS_A_ROW].join(" "));
        let gaps = GROUP_GAP * (GROUPS_A_ROW - 1) as f32;
        let left = right - faces.width(Face::Mono, LARGE, &sample) - gaps;
        for (index, row) in rows.enumerate() {
            let y = top + capital + index as f32 * pitch;
            let number = (index + 1).to_string();
            self.canvas.artefact(|canvas| {
                canvas.row_number(faces, SMALL, left - 7.0, y, &number);
            });
            self.canvas.part(Role::Paragraph, |canvas| {
                canvas.spaced(Face::Mono, LARGE, left, y, GROUP_GAP, row);
            });
        }
        let mut y = bottom + 11.0;
        for note in [words.scan_here_only, words.letters] {
            y = self.paragraph(SMALL, MARGIN, y, right - MARGIN, note);
        }
    }

    /// The line to fold at, from edge to edge.
    fn fold(&mut self, width: f32, y: f32) {
        let text = self.words.fold;
        self.canvas
            .artefact(|canvas| canvas.dashed_rule(0.0, width, y, 0.25, 1.5));
        self.canvas.part(Role::Paragraph, |canvas| {
            canvas.text(Face::Regular, SMALL, MARGIN, y + 4.6, text);
        });
    }

    /// The third band.
    fn what_to_do(&mut self, content: &Content<'_>, top: f32) {
        let width = self.right - MARGIN;
        let room = content.paper.height_mm() - BOTTOM_MARGIN - top;
        Instructions::set(self.faces, self.words, &content.purpose, width, room).draw(
            &mut self.canvas,
            self.faces,
            MARGIN,
            top,
        );
    }

    /// A paragraph from the baseline `y` on. Gives the baseline after it.
    fn paragraph(&mut self, size: f32, x: f32, y: f32, width: f32, text: &str) -> f32 {
        let lines = self.faces.paragraph(size, width, text);
        let mut y = y;
        self.canvas.part(Role::Paragraph, |canvas| {
            for line in &lines {
                canvas.runs(self.faces, size, x, y, line);
                y += leading(size);
            }
        });
        y
    }
}

/// Distance between baselines.
pub(crate) fn leading(size: f32) -> f32 {
    size * MM_PER_PT * 1.34
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use printpdf::{PdfFontHandle, TextItem};

    use super::*;
    use crate::{
        instructions::SMALLEST,
        model::{Copies, Language},
        qr::QUIET_ZONE,
        words::Kind,
    };

    const CODE: &str = "0ABCDSQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54";

    const LANGUAGES: [Language; 2] = [Language::English, Language::German];
    const PAPERS: [Paper; 2] = [Paper::A4, Paper::Letter];

    /// A whole code's sheet, and the sheets of the smallest and the largest set and of one without a
    /// sheet to spare, each with every copy of the wallet that there may be.
    fn kinds() -> Vec<Kind> {
        let place = |needed, sheets| Place {
            index: code::ShareIndex::from_char('W').unwrap(),
            needed,
            sheets,
        };
        let places = [
            None,
            Some(place(2, 3)),
            Some(place(2, 2)),
            Some(place(9, 9)),
            Some(place(9, 31)),
        ];
        let copies = [
            None,
            Some(Copies::Kit),
            Some(Copies::Pages),
            Some(Copies::KitAndPages),
        ];
        let kind = |(place, copies)| Kind {
            place,
            copies,
            identifier: "WWWW".parse().unwrap(),
        };
        let pairs = places
            .into_iter()
            .flat_map(|place| copies.map(|copies| (place, copies)));
        pairs.map(kind).collect()
    }

    fn all_contents(wallet: Option<&str>, paper: Paper) -> Vec<Content<'_>> {
        let with = |language| move |kind| content(language, kind, wallet, paper);
        LANGUAGES
            .into_iter()
            .flat_map(|language| kinds().into_iter().map(with(language)))
            .collect()
    }

    /// A whole code's sheet in English.
    fn plain(wallet: Option<&str>, paper: Paper) -> Content<'_> {
        content(Language::English, kinds()[0], wallet, paper)
    }

    fn content(language: Language, kind: Kind, wallet: Option<&str>, paper: Paper) -> Content<'_> {
        let words = Words::of(language);
        let longest = (words.date)(jiff::civil::date(2026, 9, 30).at(23, 59, 0, 0), "UTC+02:00");
        Content {
            words,
            identifier: "ACDE".parse().unwrap(),
            place: kind.place,
            purpose: (words.purpose)(kind),
            wallet,
            made: longest.clone(),
            validity: (words.works_until, longest),
            groups: std::array::from_fn(|group| &CODE[group * 5..][..5]),
            symbol: Symbol::for_code(CODE).unwrap(),
            paper,
        }
    }

    /// A piece of text on the page: left, baseline and right in millimetres from the top left.
    struct Placed {
        text: String,
        left: f32,
        baseline: f32,
        right: f32,
        size: f32,
    }

    /// Reads the placed text back from the drawing operations.
    fn placed(content: &Content<'_>, faces: &Typefaces) -> Vec<Placed> {
        let (ops, _) = page(content, faces);
        let mut found = Vec::new();
        let (mut face, mut size, mut left, mut baseline) = (Face::Regular, 0.0, 0.0, 0.0);
        for op in &ops {
            match op {
                Op::SetFont {
                    font: PdfFontHandle::External(id),
                    size: points,
                } => {
                    let all = [Face::Regular, Face::Bold, Face::Mono, Face::RowNumber];
                    face = all.into_iter().find(|face| face.id() == *id).unwrap();
                    size = points.0;
                }
                Op::SetTextCursor { pos } => {
                    left = pos.x.0 * MM_PER_PT;
                    baseline = content.paper.height_mm() - pos.y.0 * MM_PER_PT;
                }
                Op::ShowText { items } => {
                    let (mut text, mut width) = (String::new(), 0.0);
                    for item in items {
                        match item {
                            TextItem::Text(part) => {
                                text.push_str(part);
                                // A space at a line's end is not seen.
                                width += faces.width(face, size, part.trim_end());
                            }
                            TextItem::Offset(offset) => {
                                width -= offset / 1000.0 * size * MM_PER_PT;
                            }
                            TextItem::GlyphIds(_) => {}
                        }
                    }
                    found.push(Placed {
                        text,
                        left,
                        baseline,
                        right: left + width,
                        size,
                    });
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn all_text_stays_inside_the_margins_however_long_the_wallets_name() {
        let faces = Typefaces::load().unwrap();
        let wide = "W".repeat(254);
        let endless = "endless ".repeat(10_000);
        for paper in PAPERS {
            for (wallet, bare) in [
                (None, false),
                (Some(""), true),
                (Some("anna@example.org"), true),
                (Some(&*wide), true),
                (Some(&*endless), true),
            ] {
                // What the code opens does not move the wallet's name.
                let contents = all_contents(wallet, paper)
                    .into_iter()
                    .filter(|content| !bare || content.purpose.by_hand.is_empty());
                for text in contents.flat_map(|content| placed(&content, &faces)) {
                    assert!(text.left >= MARGIN - 0.01, "{}", text.text);
                    assert!(
                        text.right <= paper.width_mm() - MARGIN + 0.2,
                        "{}",
                        text.text
                    );
                    assert!(
                        text.baseline <= paper.height_mm() - BOTTOM_MARGIN,
                        "{paper:?} {} {}",
                        text.size,
                        text.text
                    );
                }
            }
        }
    }

    #[test]
    fn only_a_code_that_opens_much_is_explained_in_small_type() {
        let faces = Typefaces::load().unwrap();
        for paper in PAPERS {
            for content in all_contents(Some("anna@example.org"), paper) {
                let size = placed(&content, &faces).last().unwrap().size;
                let least = match (content.purpose.by_hand.len(), content.words.language, paper) {
                    (0, ..) => BODY,
                    (_, "de", Paper::Letter) => SMALLEST,
                    _ => 8.5,
                };
                assert!(size >= least, "{paper:?} {}", content.purpose.title);
            }
        }
    }

    #[test]
    fn no_two_pieces_of_text_touch() {
        let faces = Typefaces::load().unwrap();
        let wide = "W".repeat(254);
        for paper in PAPERS {
            for all in all_contents(Some(&wide), paper)
                .iter()
                .map(|content| placed(content, &faces))
            {
                for (index, a) in all.iter().enumerate() {
                    for b in &all[index + 1..] {
                        let beside = a.right <= b.left + 0.01 || b.right <= a.left + 0.01;
                        let height = a.size.max(b.size) * MM_PER_PT;
                        let apart = (a.baseline - b.baseline).abs() >= height;
                        assert!(beside || apart, "{paper:?}: {} / {}", a.text, b.text);
                    }
                }
            }
        }
    }

    #[test]
    fn folding_hides_the_code_and_leaves_the_name_readable() {
        let faces = Typefaces::load().unwrap();
        for paper in PAPERS {
            let hidden = 2.0 * fold(paper) - paper.height_mm()..fold(paper);
            let contents = all_contents(Some("anna@example.org"), paper);
            for text in contents.iter().flat_map(|content| placed(content, &faces)) {
                let of_set = text.text.contains("W, one of") || text.text.contains("W, eines von");
                let named = text.text.contains("ACDE") || text.text.contains("anna@") || of_set;
                let secret = text.size == LARGE && text.text.contains("AB");
                assert!(!named || text.baseline < hidden.start, "{}", text.text);
                assert!(!secret || hidden.contains(&text.baseline), "{}", text.text);
            }
        }
    }

    #[test]
    fn nothing_is_printed_in_the_symbols_quiet_zone() {
        let faces = Typefaces::load().unwrap();
        for paper in PAPERS {
            let content = plain(Some("anna@example.org"), paper);
            let (ops, _) = page(&content, &faces);
            let corner = ops.iter().find_map(|op| match op {
                Op::DrawPolygon { polygon } => Some(polygon.rings[0].points[0].p),
                _ => None,
            });
            let quiet = QUIET_ZONE as f32 * MODULE;
            let top = paper.height_mm() - corner.unwrap().y.0 * MM_PER_PT;
            let (top, right) = (top - quiet, MARGIN + 37.0 * MODULE + quiet);
            let bottom = top + 37.0 * MODULE + 2.0 * quiet;
            assert!(bottom < fold(paper));
            for text in placed(&content, &faces) {
                let capital = text.size * MM_PER_PT * CAPITAL;
                let beside = text.left >= right;
                let above = text.baseline + 1.0 <= top;
                let below = text.baseline - capital >= bottom;
                assert!(beside || above || below, "{paper:?} {}", text.text);
            }
        }
    }

    #[test]
    fn a_wallets_name_is_whole_up_to_the_longest_e_mail_and_then_cut_visibly() {
        let faces = Typefaces::load().unwrap();
        let text = |wallet: &str| -> String {
            let all = placed(&plain(Some(wallet), Paper::A4), &faces);
            all.into_iter().map(|placed| placed.text).collect()
        };
        for letter in ["i", "a", "m", "W"] {
            let longest = letter.repeat(254);
            assert!(text(&longest).contains(&longest));
        }
        assert!(text(&"W".repeat(2_000)).contains("W…"));
    }

    #[test]
    fn a_groups_row_is_larger_than_14_points_and_the_symbol_than_50_millimetres() {
        let faces = Typefaces::load().unwrap();
        let content = plain(None, Paper::A4);
        let rows: Vec<Placed> = placed(&content, &faces)
            .into_iter()
            .filter(|placed| placed.size == LARGE && placed.text.contains(' '))
            .filter(|placed| placed.text.trim_end() != content.purpose.title)
            .collect();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.size >= 14.0));
        assert!(content.symbol.width() as f32 * MODULE >= 50.0);
    }
}
