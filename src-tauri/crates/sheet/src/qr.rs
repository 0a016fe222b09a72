//! QR symbols as rectangles of dark modules.

use qrcode::{Color, EcLevel, QrCode, Version, bits::Bits, types::QrResult};
use zeroize::Zeroizing;

/// White modules on each side of a symbol (ISO/IEC 18004 §6.3.8).
pub(crate) const QUIET_ZONE: usize = 4;

/// The largest version on recovery pages: 77 modules a side.
const LARGEST_OF_MANY: i16 = 15;

/// Why a text cannot become a QR symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// More than a symbol of the largest or the requested version holds.
    #[error("a text of {bytes} bytes is too long for the QR code")]
    TooLong {
        /// Length of the text in bytes.
        bytes: usize,
    },
    /// A character that alphanumeric mode does not have (ISO/IEC 18004 §7.3.4).
    #[error("the text contains a character that the QR code cannot represent")]
    Character,
}

/// The modules of one symbol, without the quiet zone.
pub(crate) struct QrSymbol {
    width: usize,
    dark: Zeroizing<Vec<bool>>,
}

/// A rectangle of dark modules, in modules from the symbol's top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DarkRectangle {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl QrSymbol {
    /// The symbol of a sheet: 60 characters in alphanumeric mode, version 5 (37 modules), level H,
    /// which tolerates the loss of up to 30 %.
    ///
    /// # Errors
    /// [`QrError::TooLong`] above the 64 alphanumeric characters that version 5-H holds.
    pub(crate) fn for_code(canonical: &str) -> Result<Self, QrError> {
        let too_long = |_| QrError::TooLong {
            bytes: canonical.len(),
        };
        let mut bits = Bits::new(Version::Normal(5));
        bits.push_alphanumeric_data(canonical.as_bytes())
            .map_err(too_long)?;
        bits.push_terminator(EcLevel::H).map_err(too_long)?;
        QrCode::with_bits(bits, EcLevel::H)
            .map(QrSymbol::new)
            .map_err(too_long)
    }

    /// The smallest symbol of any text at level M.
    ///
    /// # Errors
    /// [`QrError::TooLong`] above 2,331 bytes (version 40-M).
    pub(crate) fn for_text(text: &str) -> Result<Self, QrError> {
        QrCode::with_error_correction_level(text, EcLevel::M)
            .map(QrSymbol::new)
            .map_err(|_| QrError::TooLong { bytes: text.len() })
    }

    /// The smallest symbol of digits at level L.
    ///
    /// # Errors
    /// [`QrError::TooLong`] above 7,089 digits (version 40-L).
    pub(crate) fn for_digits(digits: &str) -> Result<Self, QrError> {
        QrCode::with_error_correction_level(digits, EcLevel::L)
            .map(QrSymbol::new)
            .map_err(|_| QrError::TooLong {
                bytes: digits.len(),
            })
    }

    /// Symbols of the same version for these texts, in alphanumeric mode: the smallest version that
    /// holds the longest text at level M, at the highest level that this version allows.
    ///
    /// # Errors
    /// [`QrError::TooLong`] above the 600 characters that version 15 holds; [`QrError::Character`]
    /// for a character that the mode does not have.
    pub(crate) fn for_parts(texts: &[&str]) -> Result<Vec<Self>, QrError> {
        let all_fit = |version, level| {
            let fits = |text: &&str| alphanumeric(text, version, level).is_ok();
            texts.iter().all(fits)
        };
        let alphanumerics =
            |c: u8| c.is_ascii_digit() || c.is_ascii_uppercase() || b" $%*+-./:".contains(&c);
        if !texts
            .iter()
            .flat_map(|text| text.bytes())
            .all(alphanumerics)
        {
            return Err(QrError::Character);
        }
        let longest = texts
            .iter()
            .map(|text| text.len())
            .max()
            .unwrap_or_default();
        let version = (1..=LARGEST_OF_MANY)
            .find(|&version| all_fit(version, EcLevel::M))
            .ok_or(QrError::TooLong { bytes: longest })?;
        let level = [EcLevel::H, EcLevel::Q]
            .into_iter()
            .find(|&level| all_fit(version, level))
            .unwrap_or(EcLevel::M);
        let symbol = |text: &&str| {
            let code =
                alphanumeric(text, version, level).and_then(|bits| QrCode::with_bits(bits, level));
            let too_long = |_| QrError::TooLong { bytes: text.len() };
            code.map(QrSymbol::new).map_err(too_long)
        };
        texts.iter().map(symbol).collect()
    }

    fn new(code: QrCode) -> Self {
        let width = code.width();
        let dark = code.into_colors().into_iter().map(|c| c == Color::Dark);
        QrSymbol {
            width,
            dark: Zeroizing::new(dark.collect()),
        }
    }

    /// Modules a side.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The dark modules as rectangles: runs within a row, merged with equal runs of the rows below.
    pub(crate) fn rectangles(&self) -> Vec<DarkRectangle> {
        let mut done: Vec<DarkRectangle> = Vec::new();
        let mut open: Vec<DarkRectangle> = Vec::new();
        for (top, row) in self.dark.chunks(self.width).enumerate() {
            let mut still_open = Vec::new();
            for (left, width) in runs(row) {
                let above = open
                    .iter()
                    .position(|dark| dark.left == left && dark.width == width);
                let mut dark = match above {
                    Some(index) => open.swap_remove(index),
                    None => DarkRectangle {
                        left,
                        top,
                        width,
                        height: 0,
                    },
                };
                dark.height += 1;
                still_open.push(dark);
            }
            done.append(&mut open);
            open = still_open;
        }
        done.append(&mut open);
        done.sort_unstable_by_key(|dark| (dark.top, dark.left));
        done
    }
}

/// Encodes the text, if it fits.
fn alphanumeric(text: &str, version: i16, level: EcLevel) -> QrResult<Bits> {
    let mut bits = Bits::new(Version::Normal(version));
    bits.push_alphanumeric_data(text.as_bytes())?;
    bits.push_terminator(level)?;
    Ok(bits)
}

/// Start and length of each run of dark modules in a row.
fn runs(row: &[bool]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut column = 0;
    for run in row.chunk_by(|a, b| a == b) {
        if run.first() == Some(&true) {
            runs.push((column, run.len()));
        }
        column += run.len();
    }
    runs
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    const CODE: &str = "0ABCDSQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54";

    /// Draws `rectangles` with the quiet zone at 4 pixels per module, and reads the only symbol.
    pub(crate) fn read(width: usize, rectangles: &[DarkRectangle]) -> (rqrr::MetaData, String) {
        const SCALE: usize = 4;
        let side = (width + 2 * QUIET_ZONE) * SCALE;
        let is_dark = |x: usize, y: usize| {
            let (x, y) = (x / SCALE, y / SCALE);
            rectangles.iter().any(|dark| {
                (dark.left..dark.left + dark.width).contains(&x.wrapping_sub(QUIET_ZONE))
                    && (dark.top..dark.top + dark.height).contains(&y.wrapping_sub(QUIET_ZONE))
            })
        };
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            if is_dark(x, y) { 0 } else { 255 }
        });
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap()
    }

    #[test]
    fn a_sheets_symbol_is_version_5_level_h_and_contains_the_bare_code() {
        let symbol = QrSymbol::for_code(CODE).unwrap();
        let (meta, text) = read(symbol.width(), &symbol.rectangles());
        assert_eq!(symbol.width(), 37);
        assert_eq!(meta.version.0, 5);
        // ISO/IEC 18004 table 25: H is written 10.
        assert_eq!(meta.ecc_level, 0b10);
        assert_eq!(text, CODE);
    }

    #[test]
    fn rectangles_cover_every_dark_module_once_and_no_light_one() {
        let symbol = QrSymbol::for_code(CODE).unwrap();
        let mut covered = vec![0_u8; symbol.dark.len()];
        let rectangles = symbol.rectangles();
        for dark in &rectangles {
            for y in dark.top..dark.top + dark.height {
                for x in dark.left..dark.left + dark.width {
                    covered[y * symbol.width + x] += 1;
                }
            }
        }
        let expected: Vec<u8> = symbol.dark.iter().map(|&dark| u8::from(dark)).collect();
        assert_eq!(covered, expected);
        let modules = expected.iter().filter(|&&dark| dark == 1).count();
        assert!(rectangles.len() * 2 < modules);
    }

    #[test]
    fn a_text_above_the_capacity_is_refused_with_its_length() {
        let refused = |symbol: Result<QrSymbol, QrError>| symbol.err().unwrap();
        assert_eq!(
            refused(QrSymbol::for_code(&"A".repeat(65))),
            QrError::TooLong { bytes: 65 }
        );
        assert_eq!(
            refused(QrSymbol::for_text(&"a".repeat(2_332))),
            QrError::TooLong { bytes: 2_332 }
        );
    }
}
