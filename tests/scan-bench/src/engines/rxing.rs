//! `rxing` with its plain readers, and with all its filters.

use std::collections::HashSet;

use raster::LumaImage;
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, FilteredImageReader, Luma8Source, MultiFormatReader,
    RXingResult, Reader,
};

use super::Engine;

/// Both of its detectors, with `TryHarder`.
pub(super) struct Plain;

/// Its pyramid of sizes, each also with morphological closing and inverted.
pub(super) struct Filtered;

fn hints() -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        ..DecodeHints::default()
    }
}

fn text(result: &RXingResult) -> String {
    result.getText().to_owned()
}

impl Engine for Plain {
    fn name(&self) -> &'static str {
        "rxing"
    }

    fn read(&mut self, page: &LumaImage, _ours: bool) -> Vec<String> {
        let Ok(source) = Luma8Source::new_with_slice(page.pixels(), page.width(), page.height())
        else {
            return Vec::new();
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let several = QrReader
            .decode_multiple_with_hints(&mut bitmap, &hints())
            .unwrap_or_default();
        if !several.is_empty() {
            return several.iter().map(text).collect();
        }
        let one = QRCodeReader::new().decode_with_hints(&mut bitmap, &hints());
        one.iter().map(text).collect()
    }
}

impl Engine for Filtered {
    fn name(&self) -> &'static str {
        "rxing, filtered and inverted"
    }

    fn read(&mut self, page: &LumaImage, _ours: bool) -> Vec<String> {
        let Ok(source) = Luma8Source::new_with_slice(page.pixels(), page.width(), page.height())
        else {
            return Vec::new();
        };
        let hints = DecodeHints {
            AlsoInverted: Some(true),
            ..hints()
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let mut reader = FilteredImageReader::new(MultiFormatReader::default());
        let one = reader.decode_with_hints(&mut bitmap, &hints);
        one.iter().map(text).collect()
    }
}
