//! The third band: the steps in the left column; in the right one the row of the threat table that fits the sheet, and how
//! to do without the app.
//!
//! One size for all of it, as large as it fits. Where the right column is the longer one, it may be the wider one.

use std::borrow::Cow;

use crate::{
    canvas::{Canvas, Role},
    layout::{BODY, SMALL, leading},
    paragraph::Run,
    typeface::{Face, Typefaces},
    words::{Purpose, Words},
};

/// Sizes to try, in points.
const SIZES: [f32; 6] = [BODY, 10.0, 9.5, SMALL, 8.5, SMALLEST];
pub(crate) const SMALLEST: f32 = 8.0;

/// What the left column may have of the width, in the order of preference.
const LEFT_SHARES: [f32; 4] = [0.5, 0.46, 0.42, 0.38];

/// Millimetres between the columns.
const GUTTER: f32 = 9.0;

/// Millimetres a point of type size.
const STEP_INDENT: f32 = 0.57;
const AFTER_PARAGRAPH: f32 = 0.15;

/// Lines.
const AFTER_HEADING: f32 = 1.35;
const BEFORE_HEADING: f32 = 0.75;

/// The two columns, broken into lines.
pub(crate) struct Instructions {
    size: f32,
    /// Left edges, from that of the band.
    columns: [(f32, Column); 2],
}

struct Column {
    parts: Vec<Part>,
    /// From the first baseline to the last.
    height: f32,
}

/// What a part is to a reader, and its lines from the column's left edge and first baseline.
struct Part {
    role: Role,
    lines: Vec<(f32, f32, Vec<Run>)>,
}

/// Paragraphs under a heading.
struct Section<'a> {
    heading: &'a str,
    paragraphs: &'a [Cow<'static, str>],
    numbered: bool,
}

impl Instructions {
    /// Sets them `width` millimetres wide, such that from the first baseline to the last there are at most `room`
    /// millimetres; the tests hold that there always is a size at which there are.
    pub(crate) fn set(
        faces: &Typefaces,
        words: &Words,
        purpose: &Purpose,
        width: f32,
        room: f32,
    ) -> Self {
        let section = |heading, paragraphs, numbered| Section {
            heading,
            paragraphs,
            numbered,
        };
        let steps = [section(words.redeem, &purpose.redeem[..], true)];
        let others = [
            section(words.finder, &purpose.finder[..], false),
            section(words.by_hand, &purpose.by_hand[..], false),
        ];
        let set = |size, share| {
            let left = (width - GUTTER) * share;
            let right = width - GUTTER - left;
            Instructions {
                size,
                columns: [
                    (0.0, column(faces, size, left, &steps)),
                    (left + GUTTER, column(faces, size, right, &others)),
                ],
            }
        };
        SIZES
            .into_iter()
            .flat_map(|size| LEFT_SHARES.map(|share| (size, share)))
            .map(|(size, share)| set(size, share))
            .find(|set| set.columns.iter().all(|(_, column)| column.height <= room))
            .unwrap_or_else(|| set(SMALLEST, LEFT_SHARES[0]))
    }

    /// Draws them from `left` and the first baseline `top` on.
    pub(crate) fn draw(&self, canvas: &mut Canvas, faces: &Typefaces, left: f32, top: f32) {
        for (edge, column) in &self.columns {
            for part in &column.parts {
                canvas.part(part.role, |canvas| {
                    for (x, y, line) in &part.lines {
                        canvas.runs(faces, self.size, left + edge + x, top + y, line);
                    }
                });
            }
        }
    }
}

/// Sections under each other; those without a paragraph are left out.
fn column(faces: &Typefaces, size: f32, width: f32, sections: &[Section<'_>]) -> Column {
    let mut column = Column {
        parts: Vec::new(),
        height: 0.0,
    };
    let mut y = 0.0;
    for section in sections {
        if section.paragraphs.is_empty() {
            continue;
        }
        column.parts.push(Part {
            role: Role::Heading,
            lines: vec![(0.0, y, bold(section.heading.to_owned()))],
        });
        y += leading(size) * AFTER_HEADING;
        for (index, paragraph) in section.paragraphs.iter().enumerate() {
            let mut lines = Vec::new();
            let mut indent = 0.0;
            if section.numbered {
                lines.push((0.0, y, bold(format!("{} ", index + 1))));
                indent = size * STEP_INDENT;
            }
            for line in faces.paragraph(size, width - indent, paragraph) {
                lines.push((indent, y, line));
                column.height = y;
                y += leading(size);
            }
            column.parts.push(Part {
                role: Role::Paragraph,
                lines,
            });
            y += size * AFTER_PARAGRAPH;
        }
        y += leading(size) * BEFORE_HEADING;
    }
    column
}

fn bold(text: String) -> Vec<Run> {
    vec![Run {
        face: Face::Bold,
        text,
    }]
}
