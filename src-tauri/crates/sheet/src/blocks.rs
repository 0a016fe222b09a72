//! Building blocks that the layouts of sheet and pages share.
//!
//! Lengths are millimetres from the top left corner, type sizes are points.

use printpdf::Op;

use crate::canvas::{Canvas, Role};
use crate::model::Paper;
use crate::paragraph::Run;
use crate::typeface::{Face, MM_PER_PT, Typefaces};

/// Type size of running text.
pub(crate) const BODY: f32 = 10.5;
/// Type size of labels and notes.
pub(crate) const SMALL: f32 = 9.0;

/// Leading of the sheet, in multiples of the type size.
pub(crate) const LOOSE: f32 = 1.34;
/// Leading of the pages, in multiples of the type size.
pub(crate) const TIGHT: f32 = 1.2;

/// More characters than a line holds of the narrowest.
const LINE_CHARACTERS: usize = 300;

/// Height of a capital letter, in ems; the same in every face.
const CAPITAL: f32 = 0.668;

/// Height of a capital letter.
pub(crate) fn capital_height(size: f32) -> f32 {
    size * MM_PER_PT * CAPITAL
}

/// Distance between baselines. `spacing` is [`LOOSE`] or [`TIGHT`].
pub(crate) fn leading(size: f32, spacing: f32) -> f32 {
    size * MM_PER_PT * spacing
}

/// The drawing operations of one page in reading order, and the role of each marked part.
pub(crate) type DrawnPage = (Vec<Op>, Vec<Role>);

/// The value of a labelled fact, one line below another.
pub(crate) struct Value<'a> {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) lines: &'a [String],
}

/// One page under construction, with the margins of its type area.
pub(crate) struct PageBuilder<'a> {
    pub(crate) canvas: Canvas,
    pub(crate) faces: &'a Typefaces,
    /// Left edge of the type area.
    pub(crate) left: f32,
    /// Right edge of the type area.
    pub(crate) right: f32,
    spacing: f32,
}

impl<'a> PageBuilder<'a> {
    /// An empty page. `spacing` is [`LOOSE`] or [`TIGHT`].
    pub(crate) fn new(paper: Paper, margin: f32, spacing: f32, faces: &'a Typefaces) -> Self {
        PageBuilder {
            canvas: Canvas::new(paper.height_mm()),
            faces,
            left: margin,
            right: paper.width_mm() - margin,
            spacing,
        }
    }

    pub(crate) fn finish(self) -> DrawnPage {
        self.canvas.finish()
    }

    /// Width of the type area.
    pub(crate) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Distance between baselines.
    pub(crate) fn leading(&self, size: f32) -> f32 {
        leading(size, self.spacing)
    }

    /// The title at the left margin, and the identifier from `identifier_x` on the same baseline.
    /// They are read as one title.
    pub(crate) fn title(
        &mut self,
        size: f32,
        y: f32,
        title: &str,
        identifier_x: f32,
        identifier: &str,
    ) {
        let left = self.left;
        self.canvas.part(Role::Title, |canvas| {
            canvas.text(Face::Bold, size, left, y, &spaced(title));
            canvas.text(Face::Mono, size, identifier_x, y, identifier);
        });
    }

    /// Width of text that is followed by more on the same line.
    pub(crate) fn width_with_space(&self, face: Face, size: f32, text: &str) -> f32 {
        self.faces.width(face, size, &spaced(text))
    }

    /// `text` in one line of at most `width` millimetres; a longer one ends in an ellipsis.
    pub(crate) fn shortened(&self, face: Face, size: f32, width: f32, text: &str) -> String {
        let start: String = text.trim().chars().take(LINE_CHARACTERS).collect();
        let mut line = self.faces.drawable(face, &start);
        if self.faces.width(face, size, &line) > width {
            while self.faces.width(face, size, &line) > width {
                line.pop();
            }
            line.pop();
            line.push('…');
        }
        line
    }

    /// A rule across the type area.
    pub(crate) fn rule(&mut self, y: f32, thickness: f32) {
        let (left, right) = (self.left, self.right);
        self.canvas
            .artefact(|canvas| canvas.rule(left, right, y, thickness));
    }

    /// A line of text.
    pub(crate) fn line(&mut self, role: Role, face: Face, size: f32, x: f32, y: f32, text: &str) {
        self.canvas
            .part(role, |canvas| canvas.text(face, size, x, y, text));
    }

    /// A line of text that ends at the right margin.
    pub(crate) fn line_at_right(&mut self, face: Face, size: f32, y: f32, text: &str) {
        let x = self.right - self.faces.width(face, size, text);
        self.line(Role::Paragraph, face, size, x, y, text);
    }

    /// A bold label, and its value from `value_x` on. They are read as one paragraph.
    pub(crate) fn fact(&mut self, x: f32, y: f32, label: &str, value_x: f32, value: &Value<'_>) {
        let pitch = self.leading(value.size);
        self.canvas.part(Role::Paragraph, |canvas| {
            canvas.text(Face::Bold, SMALL, x, y, &spaced(label));
            for (index, line) in value.lines.iter().enumerate() {
                let y = y + index as f32 * pitch;
                canvas.text(value.face, value.size, value_x, y, line);
            }
        });
    }

    /// A paragraph from the baseline `y` on. Returns the baseline after it.
    pub(crate) fn paragraph(&mut self, size: f32, x: f32, y: f32, lines: &[Vec<Run>]) -> f32 {
        let pitch = self.leading(size);
        let mut y = y;
        let placed: Vec<_> = lines
            .iter()
            .map(|line| {
                let at = (x, y, line.as_slice());
                y += pitch;
                at
            })
            .collect();
        self.runs(Role::Paragraph, size, &placed);
        y
    }

    /// Lines that are read as one part, each with its left edge and baseline.
    pub(crate) fn runs(&mut self, role: Role, size: f32, lines: &[(f32, f32, &[Run])]) {
        let faces = self.faces;
        self.canvas.part(role, |canvas| {
            for (x, y, line) in lines {
                canvas.runs(faces, size, *x, *y, line);
            }
        });
    }
}

/// `text` with the space that separates it from what follows when the page is read as text.
fn spaced(text: &str) -> String {
    format!("{text} ")
}
