//! Grey pictures: one byte per pixel.

use zeroize::Zeroizing;

/// Grey picture: luminance from 0 (black) to 255 (white), row by row without padding.
///
/// Secret, because it may show a code. The pixels are wiped on drop.
pub struct LumaImage {
    width: u32,
    height: u32,
    pixels: Zeroizing<Vec<u8>>,
}

impl LumaImage {
    /// Returns `None` unless there is exactly one byte for each of `width` × `height` pixels, and
    /// at least one pixel.
    pub fn from_pixels(width: u32, height: u32, pixels: Zeroizing<Vec<u8>>) -> Option<LumaImage> {
        let count = u64::from(width) * u64::from(height);
        (count > 0 && u64::try_from(pixels.len()) == Ok(count)).then_some(LumaImage {
            width,
            height,
            pixels,
        })
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// One byte per pixel, row by row without padding.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Number of pixels.
    pub fn pixel_count(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Length of the shorter side, in pixels.
    pub fn short_side(&self) -> u32 {
        self.width.min(self.height)
    }
}

/// Luma of ITU-R BT.601 in 8-bit fixed point; the weights sum to 256.
pub fn luma(r: u8, g: u8, b: u8) -> u8 {
    let weighted = 77 * u16::from(r) + 150 * u16::from(g) + 29 * u16::from(b);
    (weighted >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_one_byte_per_pixel_and_at_least_one_pixel() {
        let picture = |width, height, bytes| {
            LumaImage::from_pixels(width, height, Zeroizing::new(vec![0; bytes]))
        };
        assert!(picture(2, 2, 3).is_none());
        assert!(picture(0, 2, 0).is_none());
        assert!(picture(2, 2, 4).is_some());
    }
}
