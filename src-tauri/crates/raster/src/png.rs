//! A picture as a PNG file.

use std::io::{self, Write};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use zeroize::Zeroizing;

use crate::luma::LumaImage;

impl LumaImage {
    /// Encodes the picture as a PNG file with 8 bits of grey.
    ///
    /// The bytes are wiped on drop, and the buffer never grows, so it leaves no copies. Copies
    /// inside the encoder are not wiped.
    ///
    /// # Errors
    /// Those of the encoder.
    pub fn png(&self) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut file = FixedBuffer::for_png_of(self);
        PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Up)
            .write_image(
                self.pixels(),
                self.width(),
                self.height(),
                ExtendedColorType::L8,
            )
            .map_err(io::Error::other)?;
        Ok(file.bytes)
    }
}

/// Buffer with a fixed capacity: reallocation would leave copies of a secret behind.
struct FixedBuffer {
    bytes: Zeroizing<Vec<u8>>,
    capacity: usize,
}

impl FixedBuffer {
    fn for_png_of(picture: &LumaImage) -> FixedBuffer {
        // One filter byte per row, plus the overhead of deflate and of the chunks for pixels that
        // cannot be compressed.
        let raw = picture.pixels().len() + picture.height() as usize;
        let capacity = raw + raw / 64 + 4096;
        FixedBuffer {
            bytes: Zeroizing::new(Vec::with_capacity(capacity)),
            capacity,
        }
    }
}

impl Write for FixedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.capacity {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
