//! How much is taken in.

/// Bounds on one file. What exceeds them gets a named error before memory is spent on it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of one picture, and of one rasterised page.
    pub pixels: u64,
    /// Bytes of one file.
    pub bytes: u64,
    /// Pages of one PDF that are looked at.
    pub pages: usize,
}

impl Default for Limits {
    /// 50 megapixels (what phones' main cameras deliver), 64 MiB, 50 pages.
    fn default() -> Limits {
        Limits {
            pixels: 50_000_000,
            bytes: 64 << 20,
            pages: 50,
        }
    }
}

impl Limits {
    /// Bytes that decoding one picture may take at once: 4 a pixel of the largest (four channels of 8 bits). Pictures
    /// of 16 bits a channel have to be smaller.
    pub(crate) fn decoded_bytes(&self) -> u64 {
        self.pixels.saturating_mul(4)
    }
}
