//! The QR code for the screen, as SVG.

use std::fmt::Write as _;

use crate::qr::{QUIET_ZONE, QrError, QrSymbol};

/// Draws a QR symbol of `text` at level M as an SVG picture: black on an own white background, with
/// the quiet zone, one unit per module, without a fixed size, text or script.
///
/// It is meant for the `otpauth://` address that an authenticator app scans, so the caller must
/// treat the picture as a secret.
///
/// # Errors
/// [`QrError::TooLong`] above 2,331 bytes.
pub fn qr_svg(text: &str) -> Result<String, QrError> {
    QrSymbol::for_text(text).map(|symbol| svg(&symbol))
}

/// Draws the QR code of a SeedQR: digits in numeric mode at level L, 25 modules a side for 12 words
/// and 29 for 24 (SeedSigner, "SeedQR Format Specification"). The picture is as secret as the
/// words.
///
/// # Errors
/// [`QrError::TooLong`] above 7,089 digits.
pub fn seed_qr_svg(digits: &str) -> Result<String, QrError> {
    QrSymbol::for_digits(digits).map(|symbol| svg(&symbol))
}

fn svg(symbol: &QrSymbol) -> String {
    let side = symbol.width() + 2 * QUIET_ZONE;
    let mut path = String::new();
    for dark in symbol.rectangles() {
        let (x, y) = (dark.left + QUIET_ZONE, dark.top + QUIET_ZONE);
        // Writing to a `String` cannot fail.
        let _ = write!(
            path,
            "M{x} {y}h{width}v{height}h-{width}z",
            width = dark.width,
            height = dark.height
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::qr::{DarkRectangle, tests::read};

    const ADDRESS: &str = "otpauth://totp/Backup%20Code:anna%40example.org\
                           ?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Backup%20Code";

    fn rectangles(svg: &str) -> Vec<DarkRectangle> {
        let path = svg.rsplit_once("<path d=\"M").unwrap().1;
        path.split_once('"')
            .unwrap()
            .0
            .split('M')
            .map(|part| {
                let numbers: Vec<usize> = part
                    .split(|c: char| !c.is_ascii_digit())
                    .filter(|number| !number.is_empty())
                    .map(|number| number.parse().unwrap())
                    .collect();
                let &[x, y, width, height, back] = numbers.as_slice() else {
                    panic!("{part}")
                };
                assert_eq!(width, back);
                DarkRectangle {
                    left: x - QUIET_ZONE,
                    top: y - QUIET_ZONE,
                    width,
                    height,
                }
            })
            .collect()
    }

    #[test]
    fn the_picture_contains_the_address() {
        let svg = qr_svg(ADDRESS).unwrap();
        let width = QrSymbol::for_text(ADDRESS).unwrap().width();
        let (meta, text) = read(width, &rectangles(&svg));
        assert_eq!(text, ADDRESS);
        // ISO/IEC 18004 table 25: M is written 00.
        assert_eq!(meta.ecc_level, 0b00);
    }

    #[test]
    fn a_seed_qr_has_the_size_that_its_standard_says() {
        for (digits, width) in [(48, 25), (96, 29)] {
            let digits = "073318950739065415961602009907670428187212261116".repeat(digits / 48);
            let svg = seed_qr_svg(&digits).unwrap();
            let (meta, text) = read(width, &rectangles(&svg));
            assert_eq!(text, digits);
            // ISO/IEC 18004 table 25: L is written 01.
            assert_eq!(meta.ecc_level, 0b01);
        }
    }

    #[test]
    fn the_picture_has_a_white_background_and_a_quiet_zone() {
        let svg = qr_svg("A").unwrap();
        assert!(svg.contains("viewBox=\"0 0 29 29\""));
        assert!(svg.contains("fill=\"#fff\" d=\"M0 0h29v29H0z\""));
        assert!(
            !svg.contains("style"),
            "the window's policy forbids inline styles"
        );
    }

    #[test]
    fn a_text_above_the_capacity_is_refused() {
        let text = "a".repeat(2_332);
        assert_eq!(qr_svg(&text), Err(QrError::TooLong { bytes: 2_332 }));
    }
}
