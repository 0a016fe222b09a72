//! `rxing` 0.9: its port of zxing-cpp's detector and, if that finds nothing, ZXing's own detector.

use std::collections::HashSet;

use raster::LumaImage;
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{
    BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, FilteredImageReader, Luma8Source,
    MultiFormatReader, Point, RXingResult, Reader,
};
use zeroize::Zeroizing;

use super::sighting::Sighting;

/// How grey becomes black and white.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// One threshold per neighbourhood: for uneven light and shadows.
    Local,
    /// One threshold for the whole picture: for low contrast and for modules so large that a
    /// neighbourhood has only one colour.
    Global,
}

pub(super) fn read(picture: &LumaImage, threshold: Threshold) -> Vec<Sighting> {
    let Ok(source) =
        Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height())
    else {
        return Vec::new();
    };
    match threshold {
        Threshold::Local => decode(BinaryBitmap::new(HybridBinarizer::new(source))),
        Threshold::Global => decode(BinaryBitmap::new(GlobalHistogramBinarizer::new(source))),
    }
}

/// Reads at most one symbol.
pub(super) fn read_filtered(picture: &LumaImage) -> Option<Sighting> {
    let (width, height) = (picture.width(), picture.height());
    let source = Luma8Source::new_with_slice(picture.pixels(), width, height).ok()?;
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints {
        AlsoInverted: Some(true),
        ..hints()
    };
    let mut reader = FilteredImageReader::new(MultiFormatReader::default());
    let one = reader.decode_with_hints(&mut bitmap, &hints).ok()?;
    // The reported points may refer to a scaled picture.
    Some(Sighting {
        corners: None,
        ..sighting(&one)
    })
}

fn hints() -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        ..DecodeHints::default()
    }
}

fn decode<B: Binarizer>(mut bitmap: BinaryBitmap<B>) -> Vec<Sighting> {
    let hints = hints();
    let several = QrReader
        .decode_multiple_with_hints(&mut bitmap, &hints)
        .unwrap_or_default();
    if !several.is_empty() {
        return several.iter().map(sighting).collect();
    }
    match QRCodeReader::new().decode_with_hints(&mut bitmap, &hints) {
        Ok(one) => vec![sighting(&one)],
        Err(_) => Vec::new(),
    }
}

fn sighting(result: &RXingResult) -> Sighting {
    // Four points are the corners, row by row. ZXing's own detector reports the centres of
    // patterns, in another order.
    let corners = match result.getPoints() {
        [a, b, c, d] if is_clockwise(&[*a, *b, *d, *c]) => {
            Some([a, b, d, c].map(|it| (it.x, it.y)))
        }
        _ => None,
    };
    Sighting {
        text: Zeroizing::new(result.getText().to_owned()),
        corners,
    }
}

/// Whether four points are in clockwise order.
fn is_clockwise(points: &[Point; 4]) -> bool {
    (0..4).all(|i| {
        let [a, b, c] = [0, 1, 2].map(|step| points[(i + step) % 4]);
        (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0.0
    })
}
