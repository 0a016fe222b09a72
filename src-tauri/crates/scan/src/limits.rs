//! Limits on the input.

/// Limits on one file. A file that exceeds one is refused with a named error before memory is spent
/// on it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of one picture, and of one rasterised page.
    pub pixels: u64,
    /// Bytes of one file.
    pub bytes: u64,
    /// Pages of one PDF that are read.
    pub pages: usize,
}

impl Default for Limits {
    /// 50 megapixels, 64 MiB, 50 pages.
    fn default() -> Limits {
        Limits {
            pixels: raster::MAX_PIXELS,
            bytes: 64 << 20,
            pages: 50,
        }
    }
}

impl Limits {
    /// Maximum number of bytes of a decoded picture: 4 per pixel of the largest one (four channels
    /// of 8 bits). Pictures with 16 bits per channel have to be smaller.
    pub(crate) fn decoded_bytes(&self) -> u64 {
        self.pixels.saturating_mul(4)
    }
}
