//! Layout of a recovery sheet.
//!
//! The page has three bands, from the top: what names the sheet; the code; the instructions. The
//! paper is folded between the second and the third, so that the third covers the second while the
//! first stays readable. Lengths are millimetres from the top left corner, type sizes are points.

use code::{GROUP_LENGTH, GROUPS, Identifier};

use crate::{
    blocks::{BODY, DrawnPage, LOOSE, PageBuilder, SMALL, Value, capital_height},
    canvas::Role,
    instructions::{Instructions, SMALLEST},
    model::{Paper, SetPosition},
    qr::QrSymbol,
    typeface::{Face, Typefaces},
    words::{Purpose, Words},
};

/// Type size of title, identifier and code.
const LARGE: f32 = 24.0;

const MARGIN: f32 = 18.0;
const TITLE_BASELINE: f32 = 24.0;
const FACTS_BASELINE: f32 = 37.5;
const FACTS_PITCH: f32 = 7.0;
/// Baseline and pitch of four facts, which take the same space as three.
const FOUR_FACTS: (f32, f32) = (36.0, 6.2);
const FACTS_INDENT: f32 = 27.0;
const HANDWRITING_BASELINE: f32 = 70.0;
const HANDWRITING_PITCH: f32 = 9.0;
/// Lower edge of the first band, which the folded third band reaches.
const NAMED_ABOVE: f32 = 83.0;

/// Side of a module: 37 of them are 55.5 mm.
const MODULE: f32 = 1.5;
const GROUPS_A_ROW: usize = 3;
const GROUP_GAP: f32 = 3.4;
/// From a group's number to the group.
const BEFORE_GROUP: f32 = 1.5;

/// From the fold to the first baseline of the third band.
const BELOW_FOLD: f32 = 13.0;
/// Below the last baseline: more than the area that printers leave white.
const BOTTOM_MARGIN: f32 = 12.0;

/// Lines for a wallet's name that does not fit on one.
const WALLET_LINES: usize = 4;

/// Limit for the characters of a wallet's name: more than the lines hold of the narrowest.
const WALLET_CHARACTERS: usize = 2_000;

/// Type sizes for a wallet's name, each with its number of lines, in order of preference. The last
/// holds any e-mail address.
const WALLET_SIZES: [(f32, usize); 5] = [
    (BODY, 1),
    (SMALL, WALLET_LINES),
    (8.0, WALLET_LINES),
    (7.0, WALLET_LINES),
    (6.5, WALLET_LINES),
];

/// A sheet with its dates as text.
pub(crate) struct Content<'a> {
    pub(crate) words: &'static Words,
    pub(crate) identifier: Identifier,
    /// Position in a set; `None` for a whole code.
    pub(crate) position: Option<SetPosition>,
    pub(crate) purpose: Purpose,
    pub(crate) wallet: Option<&'a str>,
    pub(crate) made: String,
    /// A label and its value.
    pub(crate) validity: (&'a str, String),
    pub(crate) groups: [&'a str; GROUPS],
    pub(crate) symbol: QrSymbol,
    pub(crate) paper: Paper,
}

/// Lays out the page.
pub(crate) fn page(content: &Content<'_>, faces: &Typefaces) -> DrawnPage {
    let mut layout = SheetLayout {
        page: PageBuilder::new(content.paper, MARGIN, LOOSE, faces),
        words: content.words,
        facts: match (content.wallet, content.position) {
            (Some(_), Some(_)) => FOUR_FACTS,
            _ => (FACTS_BASELINE, FACTS_PITCH),
        },
    };
    layout.name(content);
    layout.handwriting();
    layout.code(content);
    let fold = fold(content.paper);
    layout.fold(content.paper.width_mm(), fold);
    layout.instructions(content, fold + BELOW_FOLD);
    layout.page.finish()
}

/// Position of the fold. It puts the paper's lower edge onto the lower edge of the first band.
fn fold(paper: Paper) -> f32 {
    (paper.height_mm() + NAMED_ABOVE) / 2.0
}

struct SheetLayout<'a> {
    page: PageBuilder<'a>,
    words: &'a Words,
    /// Baseline of the first fact, and the pitch of the facts.
    facts: (f32, f32),
}

impl SheetLayout<'_> {
    /// The first band: title and identifier, then the wallet and how long the code works.
    fn name(&mut self, content: &Content<'_>) {
        let words = self.words;
        let identifier = content.identifier.to_string();
        let width = self.page.faces.width(Face::Mono, LARGE, &identifier);
        let identifier_x = self.page.right - width;
        let title = &content.purpose.title;
        self.page
            .title(LARGE, TITLE_BASELINE, title, identifier_x, &identifier);
        self.page.rule(TITLE_BASELINE + 4.5, 0.5);

        let mut y = self.facts.0;
        if let Some(wallet) = content.wallet {
            y = self.wallet(y, wallet);
        }
        if let Some(position) = content.position {
            y = self.fact(y, words.sheet, BODY, &[(words.which_sheet)(position)]);
        }
        y = self.fact(y, words.made, BODY, std::slice::from_ref(&content.made));
        let (works, until) = &content.validity;
        self.fact(y, works, BODY, std::slice::from_ref(until));
    }

    /// The wallet's name on one line; smaller, on up to four lines, if it is long; truncated if
    /// even that is too little. Returns the next baseline.
    fn wallet(&mut self, y: f32, wallet: &str) -> f32 {
        let faces = self.page.faces;
        let width = self.page.width() - FACTS_INDENT;
        let name: String = wallet.chars().take(WALLET_CHARACTERS).collect();
        let name = faces.drawable(Face::Regular, &name);
        let lines = |size| faces.lines(Face::Regular, size, width, &name);
        let whole = WALLET_SIZES.into_iter().find_map(|(size, most)| {
            let lines = lines(size);
            (lines.len() <= most).then_some((size, lines))
        });
        let (size, lines) = whole.unwrap_or_else(|| {
            let mut truncated = lines(SMALL);
            truncated.truncate(WALLET_LINES);
            if let Some(last) = truncated.last_mut() {
                last.pop();
                last.push('…');
            }
            (SMALL, truncated)
        });
        self.fact(y, self.words.wallet, size, &lines)
    }

    /// A label and its value. Returns the next baseline.
    fn fact(&mut self, y: f32, label: &str, size: f32, lines: &[String]) -> f32 {
        let value = Value {
            face: Face::Regular,
            size,
            lines,
        };
        self.page
            .fact(MARGIN, y, label, MARGIN + FACTS_INDENT, &value);
        y + self.facts.1 + lines.len().saturating_sub(1) as f32 * self.page.leading(size)
    }

    /// Lines to write on: where the sheet is kept, and when it was checked.
    fn handwriting(&mut self) {
        let right = self.page.right;
        let left = MARGIN + FACTS_INDENT;
        let kept = HANDWRITING_BASELINE;
        let checked = kept + HANDWRITING_PITCH;
        for (y, label) in [(kept, self.words.kept_at), (checked, self.words.checked_on)] {
            self.page
                .line(Role::Paragraph, Face::Bold, SMALL, MARGIN, y, label);
        }
        let gap = 5.0;
        let third = (right - left - 2.0 * gap) / 3.0;
        self.page.canvas.artefact(|canvas| {
            canvas.rule(left, right, kept + 1.0, 0.2);
            for index in 0..3_u8 {
                let left = left + f32::from(index) * (third + gap);
                canvas.rule(left, left + third, checked + 1.0, 0.2);
            }
        });
    }

    /// The second band: the QR symbol, the code in rows of three groups next to it, and how to
    /// scan.
    fn code(&mut self, content: &Content<'_>) {
        let words = self.words;
        let (faces, right) = (self.page.faces, self.page.right);
        let purpose = &content.purpose;
        let side = content.symbol.width() as f32 * MODULE;
        // Slightly above the middle of the band.
        let spare = fold(content.paper) - NAMED_ABOVE - side;
        let top = NAMED_ABOVE + spare * 0.46;
        let bottom = top + side;

        let heading = top - 9.0;
        self.page.line(
            Role::Heading,
            Face::Bold,
            BODY,
            MARGIN,
            heading,
            purpose.code,
        );
        self.page
            .line_at_right(Face::Regular, BODY, heading, &purpose.works_once);
        self.page
            .canvas
            .part(Role::Figure(purpose.symbol), |canvas| {
                canvas.symbol(&content.symbol, MARGIN, top, MODULE);
            });

        let capital = capital_height(LARGE);
        let rows = content.groups.chunks(GROUPS_A_ROW);
        let pitch = (side - capital) / (rows.len() - 1).max(1) as f32;
        // All characters of this typeface are as wide as a space.
        let space = faces.width(Face::Mono, LARGE, " ");
        let group = (GROUP_LENGTH + 1) as f32 * space + GROUP_GAP;
        let left = right + space + GROUP_GAP - GROUPS_A_ROW as f32 * group;
        for (index, row) in rows.enumerate() {
            let y = top + capital + index as f32 * pitch;
            for place in 0..row.len() {
                let number = (index * GROUPS_A_ROW + place + 1).to_string();
                let before = left + place as f32 * group - BEFORE_GROUP;
                self.page.canvas.artefact(|canvas| {
                    canvas.group_number(faces, SMALLEST, before, y, &number);
                });
            }
            self.page.canvas.part(Role::Paragraph, |canvas| {
                canvas.spaced(Face::Mono, LARGE, left, y, GROUP_GAP, row);
            });
        }
        let mut y = bottom + 11.0;
        for note in [words.scan_here_only, words.letters] {
            let lines = faces.paragraph(SMALL, self.page.width(), note);
            y = self.page.paragraph(SMALL, MARGIN, y, &lines);
        }
    }

    /// The fold mark, from edge to edge.
    fn fold(&mut self, width: f32, y: f32) {
        self.page
            .canvas
            .artefact(|canvas| canvas.dashed_rule(0.0, width, y, 0.25, 1.5));
        let text = self.words.fold;
        self.page
            .line(Role::Paragraph, Face::Regular, SMALL, MARGIN, y + 4.6, text);
    }

    /// The third band.
    fn instructions(&mut self, content: &Content<'_>, top: f32) {
        let width = self.page.width();
        let room = content.paper.height_mm() - BOTTOM_MARGIN - top;
        let faces = self.page.faces;
        Instructions::set(faces, self.words, &content.purpose, width, room)
            .draw(&mut self.page, top);
    }
}

#[cfg(test)]
mod tests;
