//! The instructions, which are the third band: the steps in the left column; what a finder can do
//! and how to restore without the app in the right column.
//!
//! Both columns have the same type size, the largest that fits. A longer right column may be wider.

use std::borrow::Cow;

use crate::{
    blocks::{BODY, LOOSE, PageBuilder, SMALL, leading},
    canvas::Role,
    paragraph::Run,
    typeface::{Face, Typefaces},
    words::{Purpose, Words},
};

/// Type sizes in points, in order of preference.
const SIZES: [f32; 6] = [BODY, 10.0, 9.5, SMALL, 8.5, SMALLEST];
pub(crate) const SMALLEST: f32 = 8.0;

/// Share of the width for the left column, in order of preference.
const LEFT_SHARES: [f32; 4] = [0.5, 0.46, 0.42, 0.38];

/// Millimetres between the columns.
const GUTTER: f32 = 9.0;

/// Indent of a step's text, in millimetres per point of type size.
const STEP_INDENT: f32 = 0.57;
/// Extra space after a paragraph, in millimetres per point of type size.
const AFTER_PARAGRAPH: f32 = 0.15;

/// Space after a heading, in lines.
const AFTER_HEADING: f32 = 1.35;
/// Space before a heading, in lines.
const BEFORE_HEADING: f32 = 0.75;

/// The two columns, broken into lines.
pub(crate) struct Instructions {
    size: f32,
    /// Each with its left edge, relative to the band's.
    columns: [(f32, Column); 2],
}

struct Column {
    parts: Vec<Part>,
    /// From the first baseline to the last.
    height: f32,
}

/// A heading or paragraph.
struct Part {
    role: Role,
    /// Position relative to the column's left edge and first baseline, and text.
    lines: Vec<(f32, f32, Vec<Run>)>,
}

/// Paragraphs under a heading.
struct Section<'a> {
    heading: &'a str,
    paragraphs: &'a [Cow<'static, str>],
    numbered: bool,
}

impl Instructions {
    /// Sets the text `width` millimetres wide, with at most `room` millimetres from the first
    /// baseline to the last. Tests ensure that a size fits.
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

    /// Draws the columns from the left margin and the first baseline `top` on.
    pub(crate) fn draw(&self, page: &mut PageBuilder<'_>, top: f32) {
        let left = page.left;
        for (edge, column) in &self.columns {
            for part in &column.parts {
                let lines: Vec<_> = part
                    .lines
                    .iter()
                    .map(|(x, y, line)| (left + edge + x, top + y, line.as_slice()))
                    .collect();
                page.runs(part.role, self.size, &lines);
            }
        }
    }
}

/// Sets sections one below another, without those that have no paragraph.
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
        y += leading(size, LOOSE) * AFTER_HEADING;
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
                y += leading(size, LOOSE);
            }
            column.parts.push(Part {
                role: Role::Paragraph,
                lines,
            });
            y += size * AFTER_PARAGRAPH;
        }
        y += leading(size, LOOSE) * BEFORE_HEADING;
    }
    column
}

fn bold(text: String) -> Vec<Run> {
    vec![Run {
        face: Face::Bold,
        text,
    }]
}
