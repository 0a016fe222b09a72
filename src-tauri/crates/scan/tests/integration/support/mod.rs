//! Pictures and PDFs to scan, drawn from scratch.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "tests may panic")]

pub(crate) mod pdf;

use std::io::Cursor;

use code::{BackupCode, Reading};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use scan::{Limits, ScanError, Scanned, Unattended};

/// Generates the code of a seed.
pub(crate) fn code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

/// Modules of a symbol. Sixty characters are encoded like on a sheet, in one segment; for other
/// texts the encoder chooses.
pub(crate) fn modules(text: &str) -> QrCode {
    let mut bits = Bits::new(Version::Normal(5));
    if text.len() == code::LENGTH && bits.push_alphanumeric_data(text.as_bytes()).is_ok() {
        bits.push_terminator(EcLevel::H).unwrap();
        return QrCode::with_bits(bits, EcLevel::H).unwrap();
    }
    QrCode::with_error_correction_level(text, EcLevel::H).unwrap()
}

/// Symbol like on a sheet: level H, a quiet zone of four modules, `module` pixels per module.
pub(crate) fn symbol(text: &str, module: u32) -> GrayImage {
    let qr = modules(text);
    let width = qr.width() as u32;
    GrayImage::from_fn((width + 8) * module, (width + 8) * module, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let dark = x < width && y < width && qr[(x as usize, y as usize)] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    })
}

/// White paper with symbols at these positions.
pub(crate) fn paper(width: u32, height: u32, symbols: &[(GrayImage, i64, i64)]) -> GrayImage {
    let mut paper = GrayImage::from_pixel(width, height, Luma([255]));
    for (symbol, x, y) in symbols {
        imageops::overlay(&mut paper, symbol, *x, *y);
    }
    paper
}

/// Rotates a picture by any angle on a white background, with linear interpolation.
pub(crate) fn turned(picture: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let side = w.hypot(h).ceil();
    GrayImage::from_fn(side as u32, side as u32, |x, y| {
        let (dx, dy) = (x as f32 - side / 2.0, y as f32 - side / 2.0);
        let (x, y) = (cos * dx + sin * dy + w / 2.0, cos * dy - sin * dx + h / 2.0);
        imageops::interpolate_bilinear(picture, x, y).unwrap_or(Luma([255]))
    })
}

/// Adds uniform noise of up to ±`strength` levels, with a fixed seed.
pub(crate) fn noisy(picture: &GrayImage, strength: i16) -> GrayImage {
    let mut rng = StdRng::seed_from_u64(1);
    let mut picture = picture.clone();
    for pixel in picture.pixels_mut() {
        let noise = rng.random_range(-strength..=strength);
        pixel.0[0] = (i16::from(pixel.0[0]) + noise).clamp(0, 255) as u8;
    }
    picture
}

/// Adds nearly Gaussian noise like a camera's, at most three times `strength` levels.
pub(crate) fn grainy(picture: &GrayImage, seed: u64, strength: f32) -> GrayImage {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut picture = picture.clone();
    for pixel in picture.pixels_mut() {
        let noise: f32 = (0..3).map(|_| rng.random_range(-strength..strength)).sum();
        pixel.0[0] = (f32::from(pixel.0[0]) + noise).clamp(0.0, 255.0) as u8;
    }
    picture
}

/// Encodes the picture as a file, in colour because every format supports it.
pub(crate) fn file(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(DynamicImage::ImageLuma8(picture.clone()).into_rgb8())
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

pub(crate) fn png(picture: &GrayImage) -> Vec<u8> {
    file(picture, ImageFormat::Png)
}

/// Returns all codes in a file.
pub(crate) fn all(bytes: &[u8]) -> Result<Vec<Scanned>, ScanError> {
    Ok(scan::scan(bytes, &Limits::default(), &Unattended)?.codes)
}

/// Returns the only code in a file.
#[track_caller]
pub(crate) fn scan(bytes: &[u8]) -> Result<Scanned, ScanError> {
    let mut all = all(bytes)?;
    assert_eq!(all.len(), 1, "one code");
    Ok(all.remove(0))
}

/// Returns the identifiers of the codes in a file, in the order found.
#[track_caller]
pub(crate) fn names(bytes: &[u8]) -> Vec<String> {
    let all = all(bytes).unwrap_or_else(|error| panic!("{error}"));
    let name = |scanned: Scanned| match scanned.code.read() {
        Reading::Code(code) => code.identifier().to_string(),
        Reading::Share(share) => share.identifier().to_string(),
        _ => panic!("neither a code nor a share"),
    };
    all.into_iter().map(name).collect()
}

/// Returns the error of scanning `bytes`.
#[track_caller]
pub(crate) fn refusal(bytes: &[u8]) -> ScanError {
    match scan(bytes) {
        Ok(_) => panic!("a code was read"),
        Err(error) => error,
    }
}

/// Whether scanning `bytes` gives exactly this code.
pub(crate) fn gives(bytes: &[u8], code: &BackupCode) -> bool {
    match scan(bytes) {
        Ok(scanned) => is(&scanned.code, code),
        Err(_) => false,
    }
}

pub(crate) fn is(typed: &code::TypedCode, code: &BackupCode) -> bool {
    matches!(typed.read(), Reading::Code(read) if read.expose() == code.expose())
}
