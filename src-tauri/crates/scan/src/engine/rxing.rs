//! `rxing` 0.9: the port of zxing-cpp's detector, then, where that finds nothing, ZXing's own.

use std::collections::HashSet;

use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{
    BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8Source, RXingResult, Reader,
};
use zeroize::Zeroizing;

use super::{Text, Threshold};
use crate::luma::Luma;

pub(super) fn read(picture: &Luma, threshold: Threshold) -> Vec<Text> {
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

fn decode<B: Binarizer>(mut bitmap: BinaryBitmap<B>) -> Vec<Text> {
    let hints = DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let several = QrReader
        .decode_multiple_with_hints(&mut bitmap, &hints)
        .unwrap_or_default();
    if !several.is_empty() {
        return several.iter().map(text).collect();
    }
    match QRCodeReader::new().decode_with_hints(&mut bitmap, &hints) {
        Ok(one) => vec![text(&one)],
        Err(_) => Vec::new(),
    }
}

fn text(result: &RXingResult) -> Text {
    Zeroizing::new(result.getText().to_owned())
}
