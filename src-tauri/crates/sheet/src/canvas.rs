//! Drawing operations of one page, in reading order.
//!
//! Lengths are millimetres from the page's top left corner, type sizes are points. Everything is
//! black. Content has a [`Role`] and becomes an element of the tagged PDF (ISO 32000-1 §14.8); the
//! rest is an artefact, which screen readers skip.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, Line, LineDashPattern, LinePoint, Mm, Op,
    PaintMode, PdfFontHandle, Point, Polygon, PolygonRing, Pt, TextItem, WindingOrder,
};

use crate::{
    paragraph::Run,
    qr::QrSymbol,
    typeface::{Face, MM_PER_PT, Typefaces},
};

/// Role of a part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading,
    Paragraph,
    /// A picture with its alternative text.
    Figure(&'static str),
}

impl Role {
    /// The standard structure type (ISO 32000-1 §14.8.4).
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Role::Title => "H1",
            Role::Heading => "H2",
            Role::Paragraph => "P",
            Role::Figure(_) => "Figure",
        }
    }
}

/// One page under construction.
pub(crate) struct Canvas {
    height: f32,
    ops: Vec<Op>,
    roles: Vec<Role>,
}

impl Canvas {
    pub(crate) fn new(height: f32) -> Self {
        let black = Color::Greyscale(Greyscale::new(0.0, None));
        Canvas {
            height,
            ops: vec![
                Op::SetFillColor { col: black.clone() },
                Op::SetOutlineColor { col: black },
            ],
            roles: Vec::new(),
        }
    }

    /// Returns the operations, and the role of each marked part by its number.
    pub(crate) fn finish(self) -> (Vec<Op>, Vec<Role>) {
        (self.ops, self.roles)
    }

    /// Draws a part that is read next.
    pub(crate) fn part(&mut self, role: Role, draw: impl FnOnce(&mut Self)) {
        let number = self.roles.len() as i64;
        self.roles.push(role);
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: String::from(role.tag()),
            properties: DictItem::Dict {
                map: BTreeMap::from([(String::from("MCID"), DictItem::Int(number))]),
            },
        });
        draw(self);
        self.ops.push(Op::EndMarkedContent);
    }

    /// Draws something that is not read.
    pub(crate) fn artefact(&mut self, draw: impl FnOnce(&mut Self)) {
        self.ops.push(Op::BeginMarkedContent {
            tag: String::from("Artifact"),
        });
        draw(self);
        self.ops.push(Op::EndMarkedContent);
    }

    /// `text` on one line, from `x` on the baseline `y`.
    pub(crate) fn text(&mut self, face: Face, size: f32, x: f32, y: f32, text: &str) {
        self.show(face, size, x, y, vec![TextItem::Text(String::from(text))]);
    }

    /// A line in several typefaces.
    pub(crate) fn runs(&mut self, faces: &Typefaces, size: f32, x: f32, y: f32, line: &[Run]) {
        let mut x = x;
        for run in line {
            self.text(run.face, size, x, y, &run.text);
            x += faces.width(run.face, size, &run.text);
        }
    }

    /// `words` on one line with `gap` millimetres in addition to the spaces, so that they can be
    /// copied as words.
    pub(crate) fn spaced(
        &mut self,
        face: Face,
        size: f32,
        x: f32,
        y: f32,
        gap: f32,
        words: &[&str],
    ) {
        let mut items = Vec::new();
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                items.push(TextItem::Text(String::from(" ")));
                // In thousandths of an em, subtracted (ISO 32000-1 §9.4.3).
                items.push(TextItem::Offset(-gap / (size * MM_PER_PT) * 1000.0));
            }
            items.push(TextItem::Text(String::from(*word)));
        }
        self.show(face, size, x, y, items);
    }

    /// A group's number, which ends at `right` and is copied as a space.
    pub(crate) fn group_number(
        &mut self,
        faces: &Typefaces,
        size: f32,
        right: f32,
        y: f32,
        number: &str,
    ) {
        let x = right - faces.width(Face::GroupNumber, size, number);
        let glyphs = number
            .chars()
            .filter_map(|digit| faces.glyph(Face::GroupNumber, digit))
            .map(|glyph| Codepoint::with_cid(glyph, 0.0, String::from(" ")))
            .collect();
        self.show(
            Face::GroupNumber,
            size,
            x,
            y,
            vec![TextItem::GlyphIds(glyphs)],
        );
    }

    fn show(&mut self, face: Face, size: f32, x: f32, y: f32, items: Vec<TextItem>) {
        let pos = self.point(x, y);
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont {
                font: PdfFontHandle::External(face.id()),
                size: Pt(size),
            },
            Op::SetTextCursor { pos },
            Op::ShowText { items },
            Op::EndTextSection,
        ]);
    }

    /// A horizontal line of `thickness` millimetres.
    pub(crate) fn rule(&mut self, left: f32, right: f32, y: f32, thickness: f32) {
        let points = [left, right].map(|x| LinePoint {
            p: self.point(x, y),
            bezier: false,
        });
        self.outline(&points, false, thickness);
    }

    fn outline(&mut self, points: &[LinePoint], is_closed: bool, thickness: f32) {
        self.ops.extend([
            Op::SetOutlineThickness {
                pt: Mm(thickness).into(),
            },
            Op::DrawLine {
                line: Line {
                    points: points.to_vec(),
                    is_closed,
                },
            },
        ]);
    }

    /// The outline of a rectangle, `thickness` millimetres wide.
    pub(crate) fn frame(&mut self, left: f32, top: f32, width: f32, height: f32, thickness: f32) {
        let (right, bottom) = (left + width, top + height);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let points = corners.map(|(x, y)| LinePoint {
            p: self.point(x, y),
            bezier: false,
        });
        self.outline(&points, true, thickness);
    }

    /// A horizontal line of dashes and gaps of `dash` millimetres.
    pub(crate) fn dashed_rule(&mut self, left: f32, right: f32, y: f32, thickness: f32, dash: f32) {
        let dash = Pt::from(Mm(dash)).0;
        self.ops.push(Op::SetLineDashPattern {
            dash: LineDashPattern::new(0.0, &[dash]),
        });
        self.rule(left, right, y, thickness);
        self.ops.push(Op::SetLineDashPattern {
            dash: LineDashPattern::solid(),
        });
    }

    /// The dark modules of a symbol as one path, which prevents seams between them.
    pub(crate) fn symbol(&mut self, symbol: &QrSymbol, left: f32, top: f32, module: f32) {
        let rings = symbol
            .rectangles()
            .into_iter()
            .map(|dark| {
                let at = |column: usize, row: usize| LinePoint {
                    p: self.point(left + column as f32 * module, top + row as f32 * module),
                    bezier: false,
                };
                let (right, bottom) = (dark.left + dark.width, dark.top + dark.height);
                PolygonRing {
                    points: vec![
                        at(dark.left, dark.top),
                        at(right, dark.top),
                        at(right, bottom),
                        at(dark.left, bottom),
                    ],
                }
            })
            .collect();
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings,
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    /// Like [`Self::symbol`], but in whole modules: a quarter of the size in a file with many
    /// symbols.
    pub(crate) fn symbol_of_many(&mut self, symbol: &QrSymbol, left: f32, top: f32, module: f32) {
        let corner = self.point(left, top);
        let module = Pt::from(Mm(module)).0;
        let matrix = CurTransMat::Raw([module, 0.0, 0.0, -module, corner.x.0, corner.y.0]);
        let whole = |number: usize| DictItem::Int(number as i64);
        let rectangles = symbol.rectangles().into_iter().map(|dark| Op::Unknown {
            key: String::from("re"),
            value: [dark.left, dark.top, dark.width, dark.height]
                .map(whole)
                .to_vec(),
        });
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix { matrix });
        self.ops.extend(rectangles);
        self.ops.push(Op::Unknown {
            key: String::from("f"),
            value: Vec::new(),
        });
        self.ops.push(Op::RestoreGraphicsState);
    }

    /// Converts to PDF coordinates: points from the bottom left corner, rounded to a thousandth.
    fn point(&self, x: f32, y: f32) -> Point {
        let thousandths = |mm: f32| Pt((mm / MM_PER_PT * 1000.0).round() / 1000.0);
        Point {
            x: thousandths(x),
            y: thousandths(self.height - y),
        }
    }
}
