//! Reads placed text back from drawing operations, for tests of layouts.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::ops::Range;

use printpdf::{Op, PdfFontHandle, TextItem};

use crate::model::Paper;
use crate::typeface::{Face, MM_PER_PT, Typefaces};

/// A piece of text on a page. Lengths are millimetres from the top left corner.
pub(crate) struct PlacedText {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) baseline: f32,
    pub(crate) right: f32,
    /// From where to where each word of spaced text reaches; the whole of other text.
    pub(crate) words: Vec<Range<f32>>,
    /// Type size in points.
    pub(crate) size: f32,
}

/// The digit that a glyph draws.
fn digit(faces: &Typefaces, face: Face, glyph: u16) -> char {
    let mut digits = '0'..='9';
    digits
        .find(|digit| faces.glyph(face, *digit) == Some(glyph))
        .unwrap()
}

/// All text of a page in the order in which it is drawn.
pub(crate) fn placed_text(ops: &[Op], paper: Paper, faces: &Typefaces) -> Vec<PlacedText> {
    let mut placed = Vec::new();
    let (mut face, mut size, mut left, mut baseline) = (Face::Regular, 0.0, 0.0, 0.0);
    for op in ops {
        match op {
            Op::SetFont {
                font: PdfFontHandle::External(id),
                size: points,
            } => {
                face = Face::ALL.into_iter().find(|face| face.id() == *id).unwrap();
                size = points.0;
            }
            Op::SetTextCursor { pos } => {
                left = pos.x.0 * MM_PER_PT;
                baseline = paper.height_mm() - pos.y.0 * MM_PER_PT;
            }
            Op::ShowText { items } => {
                let (mut text, mut words, mut at) = (String::new(), Vec::new(), left);
                for item in items {
                    match item {
                        TextItem::Text(part) => {
                            text.push_str(part);
                            // A space at the end of a line is invisible.
                            let seen = faces.width(face, size, part.trim_end());
                            if seen > 0.0 {
                                words.push(at..at + seen);
                            }
                            at += faces.width(face, size, part);
                        }
                        TextItem::Offset(offset) => at -= offset / 1000.0 * size * MM_PER_PT,
                        TextItem::GlyphIds(glyphs) => {
                            let number: String =
                                glyphs.iter().map(|it| digit(faces, face, it.gid)).collect();
                            words.push(at..at + faces.width(face, size, &number));
                        }
                    }
                }
                let right = words.last().map_or(left, |word| word.end);
                placed.push(PlacedText {
                    text,
                    left,
                    baseline,
                    right,
                    words,
                    size,
                });
            }
            _ => {}
        }
    }
    placed
}
