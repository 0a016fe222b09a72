//! Image files to luminance.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader};
use zeroize::Zeroizing;

use crate::contain::contained;
use crate::luma::Luma;
use crate::{Kind, Limits, ScanError};

/// Decodes the first picture of a file, upright and on white paper.
///
/// # Errors
/// `TooManyPixels` by the header alone, `Broken` for what cannot be decoded, a panic included.
pub(crate) fn decode(
    bytes: &[u8],
    kind: Kind,
    format: ImageFormat,
    limits: &Limits,
) -> Result<Luma, ScanError> {
    contained(|| decode_uncontained(bytes, kind, format, limits))
        .unwrap_or(Err(ScanError::Broken { kind }))
}

fn decode_uncontained(
    bytes: &[u8],
    kind: Kind,
    format: ImageFormat,
    limits: &Limits,
) -> Result<Luma, ScanError> {
    let broken = ScanError::Broken { kind };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // Some decoders take memory while they read the header, so the bound must stand before it.
    reader.limits(allocation_limits(limits));
    let mut decoder = match reader.into_decoder() {
        Ok(decoder) => decoder,
        Err(ImageError::Limits(_)) => return Err(too_large_to_open(bytes, format, broken)),
        Err(_) => return Err(broken),
    };
    let (width, height) = decoder.dimensions();
    let size = u64::from(width) * u64::from(height);
    let total = decoder.total_bytes();
    if size > limits.pixels || total > limits.decoded_bytes() {
        return Err(too_many_pixels(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let color = decoder.color_type();
    let length = usize::try_from(total).map_err(|_| too_many_pixels(width, height))?;
    let mut decoded = Zeroizing::new(vec![0; length]);
    match decoder.read_image(&mut decoded) {
        Ok(()) => {}
        Err(ImageError::Limits(_)) => return Err(too_many_pixels(width, height)),
        Err(_) => return Err(broken),
    }
    let pixels = luminance(&decoded, color).ok_or(broken.clone())?;
    drop(decoded);
    let picture = Luma::new(width, height, pixels).ok_or(broken)?;
    Ok(picture.upright(orientation))
}

fn allocation_limits(limits: &Limits) -> image::Limits {
    let mut allocation = image::Limits::no_limits();
    allocation.max_alloc = Some(limits.decoded_bytes());
    allocation
}

/// A header that asks for more than the limits: how much it asks for, where that can be told.
fn too_large_to_open(bytes: &[u8], format: ImageFormat, broken: ScanError) -> ScanError {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.no_limits();
    match reader.into_dimensions() {
        Ok((width, height)) => too_many_pixels(width, height),
        Err(_) => broken,
    }
}

pub(crate) fn too_many_pixels(width: u32, height: u32) -> ScanError {
    ScanError::TooManyPixels {
        megapixels: (u64::from(width) * u64::from(height)).div_ceil(1_000_000),
    }
}

/// One byte a pixel, from samples as [`ImageDecoder::read_image`] leaves them (native endian).
/// `None` for sample formats that no supported file kind has.
fn luminance(decoded: &[u8], color: ColorType) -> Option<Zeroizing<Vec<u8>>> {
    let pixels = match color {
        ColorType::L8 => decoded.to_vec(),
        ColorType::La8 => each(decoded, |&[l, a]| on_white(l, a)),
        ColorType::Rgb8 => each(decoded, |&[r, g, b]| luma(r, g, b)),
        ColorType::Rgba8 => each(decoded, |&[r, g, b, a]| on_white(luma(r, g, b), a)),
        ColorType::L16 => each(decoded, |&l: &[u8; 2]| high(l)),
        ColorType::La16 => each(decoded, |&[l0, l1, a0, a1]| {
            on_white(high([l0, l1]), high([a0, a1]))
        }),
        ColorType::Rgb16 => each(decoded, |&[r0, r1, g0, g1, b0, b1]| {
            luma(high([r0, r1]), high([g0, g1]), high([b0, b1]))
        }),
        ColorType::Rgba16 => each(decoded, |&[r0, r1, g0, g1, b0, b1, a0, a1]| {
            on_white(
                luma(high([r0, r1]), high([g0, g1]), high([b0, b1])),
                high([a0, a1]),
            )
        }),
        // Floating-point TIFF: pictures of measurements, not of sheets.
        _ => return None,
    };
    Some(Zeroizing::new(pixels))
}

fn each<const BYTES: usize>(decoded: &[u8], pixel: impl Fn(&[u8; BYTES]) -> u8) -> Vec<u8> {
    let (pixels, _) = decoded.as_chunks::<BYTES>();
    pixels.iter().map(pixel).collect()
}

/// Luma of BT.601 in 8-bit fixed point; the weights sum to 256.
pub(crate) fn luma(r: u8, g: u8, b: u8) -> u8 {
    let weighted = 77 * u16::from(r) + 150 * u16::from(g) + 29 * u16::from(b);
    (weighted >> 8) as u8
}

/// Where a picture is transparent, paper shows: a screenshot's black modules need white around them.
fn on_white(luma: u8, alpha: u8) -> u8 {
    let (luma, alpha) = (u16::from(luma), u16::from(alpha));
    ((luma * alpha + 255 * (255 - alpha)) / 255) as u8
}

/// The high byte of a 16-bit sample.
fn high(sample: [u8; 2]) -> u8 {
    (u16::from_ne_bytes(sample) >> 8) as u8
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use super::*;

    #[test]
    fn black_and_white_are_black_and_white_in_every_sample_format() {
        let formats = [
            (ColorType::L8, 1, false),
            (ColorType::La8, 2, true),
            (ColorType::Rgb8, 3, false),
            (ColorType::Rgba8, 4, true),
            (ColorType::L16, 2, false),
            (ColorType::La16, 4, true),
            (ColorType::Rgb16, 6, false),
            (ColorType::Rgba16, 8, true),
        ];
        for (color, bytes, has_alpha) in formats {
            let white = vec![255; bytes];
            assert_eq!(*luminance(&white, color).unwrap(), [255], "{color:?}");
            let zeros = vec![0; bytes];
            let expected = if has_alpha { 255 } else { 0 };
            assert_eq!(*luminance(&zeros, color).unwrap(), [expected], "{color:?}");
        }
        assert!(luminance(&[0; 12], ColorType::Rgb32F).is_none());
    }

    #[test]
    fn half_transparent_black_is_half_grey() {
        assert_eq!(*luminance(&[0, 128], ColorType::La8).unwrap(), [127]);
    }
}
