//! Reads placed text back from drawing operations, for tests of layouts.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use printpdf::{Op, PdfFontHandle, TextItem};

use crate::model::Paper;
use crate::typeface::{Face, MM_PER_PT, Typefaces};

/// A piece of text on a page. Lengths are millimetres from the top left corner.
pub(crate) struct PlacedText {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) baseline: f32,
    pub(crate) right: f32,
    /// Type size in points.
    pub(crate) size: f32,
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
                let (mut text, mut width) = (String::new(), 0.0);
                for item in items {
                    match item {
                        TextItem::Text(part) => {
                            text.push_str(part);
                            // A space at the end of a line is invisible.
                            width += faces.width(face, size, part.trim_end());
                        }
                        TextItem::Offset(offset) => {
                            width -= offset / 1000.0 * size * MM_PER_PT;
                        }
                        TextItem::GlyphIds(_) => {}
                    }
                }
                placed.push(PlacedText {
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
    placed
}
