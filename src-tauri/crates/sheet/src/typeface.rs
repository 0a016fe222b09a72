//! The typefaces: Atkinson Hyperlegible (OFL, see `fonts/`). Measures text and breaks it into
//! lines.

use std::collections::BTreeMap;

use printpdf::{FontId, ParsedFont, PdfFont, PdfFontMap};

/// Millimetres per point.
pub(crate) const MM_PER_PT: f32 = 25.4 / 72.0;

/// Replaces a character that a typeface does not have.
const MISSING: char = '?';

/// A typeface in its use on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Regular,
    Bold,
    /// For the code and its identifier, where `0 8 S 5 2 Z U V G 6` must be distinct.
    Mono,
    /// Digits that are copied as spaces: a group's number would otherwise be read as a character of
    /// the code.
    GroupNumber,
}

impl Face {
    pub(crate) const ALL: [Face; 4] = [Face::Regular, Face::Bold, Face::Mono, Face::GroupNumber];

    /// The resource name; its six letters are also the subset tag (ISO 32000-1 §9.6.4). It is
    /// fixed, so that the same sheet always gives the same bytes.
    pub(crate) fn id(self) -> FontId {
        let id = match self {
            Face::Regular => "SHEETR",
            Face::Bold => "SHEETB",
            Face::Mono => "SHEETM",
            Face::GroupNumber => "SHEETN",
        };
        FontId(String::from(id))
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular | Face::GroupNumber => {
                include_bytes!("../fonts/AtkinsonHyperlegibleNext_400Regular.ttf")
            }
            Face::Bold => include_bytes!("../fonts/AtkinsonHyperlegibleNext_700Bold.ttf"),
            Face::Mono => include_bytes!("../fonts/AtkinsonHyperlegibleMono_500Medium.ttf"),
        }
    }
}

/// All typefaces, parsed.
pub(crate) struct Typefaces(BTreeMap<Face, Typeface>);

struct Typeface {
    parsed: ParsedFont,
    /// Widths of the first 256 characters, in ems: a cache for line breaking.
    latin: Vec<f32>,
}

impl Typeface {
    fn new(bytes: &[u8]) -> Option<Self> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
        let mut typeface = Typeface {
            parsed,
            latin: Vec::new(),
        };
        typeface.latin = (0..=u8::MAX)
            .map(|byte| typeface.advance(char::from(byte)))
            .collect();
        Some(typeface)
    }

    /// Width of a character in ems; zero if the typeface does not have it.
    fn advance(&self, character: char) -> f32 {
        let known = usize::try_from(u32::from(character)).ok();
        if let Some(width) = known.and_then(|index| self.latin.get(index)) {
            return *width;
        }
        let em = f32::from(self.parsed.pdf_font_metrics.units_per_em.max(1));
        let glyph = self.parsed.lookup_glyph_index(u32::from(character));
        glyph.map_or(0.0, |glyph| {
            f32::from(self.parsed.get_horizontal_advance(glyph)) / em
        })
    }
}

impl Typefaces {
    /// Parses the built-in typefaces. `None` if one of them is damaged, which tests exclude.
    pub(crate) fn load() -> Option<Self> {
        Face::ALL
            .into_iter()
            .map(|face| Some((face, Typeface::new(face.bytes())?)))
            .collect::<Option<BTreeMap<_, _>>>()
            .map(Typefaces)
    }

    /// The typefaces as the resources of a PDF.
    pub(crate) fn into_resources(self) -> PdfFontMap {
        let fonts = self.0.into_iter();
        PdfFontMap {
            map: fonts
                .map(|(face, typeface)| (face.id(), PdfFont::new(typeface.parsed)))
                .collect(),
        }
    }

    /// The glyph index of a character, if the typeface has it.
    pub(crate) fn glyph(&self, face: Face, character: char) -> Option<u16> {
        let parsed = &self.0.get(&face)?.parsed;
        parsed.lookup_glyph_index(u32::from(character))
    }

    /// Replaces each white-space character by a space, and each missing character by [`MISSING`].
    pub(crate) fn drawable(&self, face: Face, text: &str) -> String {
        text.chars()
            .map(|character| match character {
                c if c.is_whitespace() => ' ',
                c if self.glyph(face, c).is_some() => c,
                _ => MISSING,
            })
            .collect()
    }

    /// Width of `text` in millimetres at `size` points.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let Some(typeface) = self.0.get(&face) else {
            return 0.0;
        };
        let ems: f32 = text
            .chars()
            .map(|character| typeface.advance(character))
            .sum();
        ems * size * MM_PER_PT
    }

    /// Breaks `text` into lines of at most `width` millimetres at spaces. A word is broken only if
    /// it is wider than a line.
    pub(crate) fn lines(&self, face: Face, size: f32, width: f32, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let joined = if line.is_empty() {
                String::from(word)
            } else {
                format!("{line} {word}")
            };
            if self.width(face, size, &joined) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if line.chars().count() > 1 && self.width(face, size, &line) > width {
                    line.pop();
                    lines.push(std::mem::take(&mut line));
                    line.push(character);
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn all_typefaces_parse_and_the_codes_typeface_has_its_characters() {
        let faces = Typefaces::load().unwrap();
        for character in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".chars() {
            assert!(faces.glyph(Face::Mono, character).is_some());
        }
    }

    #[test]
    fn lines_keep_to_the_width_and_lose_nothing() {
        let faces = Typefaces::load().unwrap();
        let long = "W".repeat(254);
        for text in ["", "one", "some words that need more than one line", &long] {
            let lines = faces.lines(Face::Regular, 9.0, 30.0, text);
            for line in &lines {
                assert!(faces.width(Face::Regular, 9.0, line) <= 30.0);
            }
            let seam = if text.contains(' ') { " " } else { "" };
            assert_eq!(lines.join(seam), text);
        }
    }

    #[test]
    fn a_missing_character_is_replaced_visibly() {
        let faces = Typefaces::load().unwrap();
        let drawable = faces.drawable(Face::Regular, "Zoë\n世\u{202e}");
        assert_eq!(drawable, "Zoë ??");
    }
}
