//! Image files to luminance.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader};
use raster::{LumaImage, contained, luma};
use zeroize::Zeroizing;

use crate::error::ScanError;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::orientation::upright;

/// Decodes the first picture of a file, upright and on a white background.
///
/// # Errors
/// `TooManyPixels` from the header alone; `Broken` if decoding fails or panics.
pub(crate) fn decode(
    bytes: &[u8],
    kind: Kind,
    format: ImageFormat,
    limits: &Limits,
) -> Result<LumaImage, ScanError> {
    contained(|| decode_uncontained(bytes, kind, format, limits))
        .unwrap_or(Err(ScanError::Broken { kind }))
}

fn decode_uncontained(
    bytes: &[u8],
    kind: Kind,
    format: ImageFormat,
    limits: &Limits,
) -> Result<LumaImage, ScanError> {
    let broken = ScanError::Broken { kind };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // Some decoders allocate while they read the header, so the limit must be set first.
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
        return Err(ScanError::too_many_pixels(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let color = decoder.color_type();
    let length = usize::try_from(total).map_err(|_| ScanError::too_many_pixels(width, height))?;
    let mut decoded = Zeroizing::new(vec![0; length]);
    match decoder.read_image(&mut decoded) {
        Ok(()) => {}
        Err(ImageError::Limits(_)) => return Err(ScanError::too_many_pixels(width, height)),
        Err(_) => return Err(broken),
    }
    let pixels = luminance(&decoded, color).ok_or(broken.clone())?;
    drop(decoded);
    let picture = LumaImage::from_pixels(width, height, pixels).ok_or(broken.clone())?;
    upright(picture, orientation).ok_or(broken)
}

fn allocation_limits(limits: &Limits) -> image::Limits {
    let mut allocation = image::Limits::no_limits();
    allocation.max_alloc = Some(limits.decoded_bytes());
    allocation
}

/// The error for a header that exceeds the limits, with the claimed size if that can be read.
fn too_large_to_open(bytes: &[u8], format: ImageFormat, broken: ScanError) -> ScanError {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.no_limits();
    match reader.into_dimensions() {
        Ok((width, height)) => ScanError::too_many_pixels(width, height),
        Err(_) => broken,
    }
}

/// Converts samples from [`ImageDecoder::read_image`] (native endian) to one byte per pixel.
/// Returns `None` for sample formats that are not supported.
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
        // Floating-point TIFF holds measurements, not sheets.
        _ => return None,
    };
    Some(Zeroizing::new(pixels))
}

fn each<const BYTES: usize>(decoded: &[u8], pixel: impl Fn(&[u8; BYTES]) -> u8) -> Vec<u8> {
    let (pixels, _) = decoded.as_chunks::<BYTES>();
    pixels.iter().map(pixel).collect()
}

/// Blends with a white background: black modules of a transparent screenshot need white around
/// them.
fn on_white(luma: u8, alpha: u8) -> u8 {
    let (luma, alpha) = (u16::from(luma), u16::from(alpha));
    ((luma * alpha + 255 * (255 - alpha)) / 255) as u8
}

/// Returns the high byte of a 16-bit sample.
fn high(sample: [u8; 2]) -> u8 {
    (u16::from_ne_bytes(sample) >> 8) as u8
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use super::*;

    #[test]
    fn every_sample_format_gives_black_and_white() {
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
    fn half_transparent_black_is_mid_grey() {
        assert_eq!(*luminance(&[0, 128], ColorType::La8).unwrap(), [127]);
    }
}
