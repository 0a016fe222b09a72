//! `rxing` 0.9: the port of zxing-cpp's detector, then, where that finds nothing, ZXing's own.

use std::collections::HashSet;

use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{
    BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8Source, Point, RXingResult, Reader,
};
use zeroize::Zeroizing;

use super::{Seen, Threshold};
use crate::luma::Luma;

pub(super) fn read(picture: &Luma, threshold: Threshold) -> Vec<Seen> {
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

fn decode<B: Binarizer>(mut bitmap: BinaryBitmap<B>) -> Vec<Seen> {
    let hints = DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let several = QrReader
        .decode_multiple_with_hints(&mut bitmap, &hints)
        .unwrap_or_default();
    if !several.is_empty() {
        return several.iter().map(seen).collect();
    }
    match QRCodeReader::new().decode_with_hints(&mut bitmap, &hints) {
        Ok(one) => vec![seen(&one)],
        Err(_) => Vec::new(),
    }
}

fn seen(result: &RXingResult) -> Seen {
    // Four points are the corners, row by row. ZXing's own detector gives middles of patterns in another order.
    let corners = match result.getPoints() {
        [a, b, c, d] if is_clockwise(&[*a, *b, *d, *c]) => {
            Some([a, b, d, c].map(|it| (it.x, it.y)))
        }
        _ => None,
    };
    Seen {
        text: Zeroizing::new(result.getText().to_owned()),
        corners,
    }
}

/// Whether four points go clockwise around what they enclose.
fn is_clockwise(points: &[Point; 4]) -> bool {
    (0..4).all(|i| {
        let [a, b, c] = [0, 1, 2].map(|step| points[(i + step) % 4]);
        (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0.0
    })
}
