//! Pages of a PDF as pictures: for the preview, for printers that want pixels, and for trials.

use std::io::{self, Write};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use zeroize::Zeroizing;

use crate::engine::symbol_of;
use crate::luma::Luma;
use crate::pdf::Document;
use crate::scanned::accept;
use crate::{Kind, Limits, ScanError};

/// A page in grey. Secret: a sheet shows its code. The pixels are wiped when it is dropped.
pub struct GreyPage {
    luma: Luma,
}

impl GreyPage {
    /// From levels, 0 black to 255 white, row by row without padding. `None` unless there is exactly one
    /// for each of `width` × `height` pixels, and at least one.
    pub fn from_pixels(width: u32, height: u32, pixels: Zeroizing<Vec<u8>>) -> Option<GreyPage> {
        Luma::new(width, height, pixels).map(|luma| GreyPage { luma })
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.luma.width()
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.luma.height()
    }

    /// One level a pixel, 0 black to 255 white, row by row without padding.
    pub fn pixels(&self) -> &[u8] {
        self.luma.pixels()
    }

    /// As a PNG file of 8-bit grey. The bytes are wiped when dropped and were never moved by a buffer
    /// that grew; what the encoder keeps meanwhile is out of reach.
    pub fn png(&self) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut file = Fixed::new(&self.luma);
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

    /// The corners of a QR symbol on the page, without its quiet zone, clockwise from the upper left one as
    /// the symbol is read; across and down, in pixels. Of several symbols any one. `None` if none is read.
    pub fn symbol(&self) -> Option<[(f32, f32); 4]> {
        symbol_of(&self.luma, |_| true).map(|symbol| symbol.corners)
    }

    pub(crate) fn luma(&self) -> &Luma {
        &self.luma
    }
}

/// A buffer that takes a PNG file without growing.
struct Fixed {
    bytes: Zeroizing<Vec<u8>>,
    room: usize,
}

impl Fixed {
    fn new(luma: &Luma) -> Fixed {
        // A filter byte a row, and what deflate and the chunks add to pixels that cannot be compressed.
        let raw = luma.pixels().len() + luma.height() as usize;
        let room = raw + raw / 64 + 4096;
        Fixed {
            bytes: Zeroizing::new(Vec::with_capacity(room)),
            room,
        }
    }
}

impl Write for Fixed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many pages a PDF has: at least one. More than [`Limits::pages`] are counted too.
///
/// # Errors
/// What [`scan`](crate::scan) says of a file that is no readable PDF; `Unsupported` for a picture.
pub fn pages(pdf: &[u8], limits: &Limits) -> Result<usize, ScanError> {
    Ok(open(pdf, limits)?.pages())
}

/// Rasterises one page of a PDF, `page` from 0, on white, at `dpi` pixels an inch; smaller where it would
/// have more pixels than the limits allow.
///
/// Text is drawn in the typefaces that the PDF brings; none other are there.
///
/// # Errors
/// What [`pages`] says; `NoSuchPage`; `Broken` for a page that cannot be drawn.
pub fn render(pdf: &[u8], page: usize, dpi: f32, limits: &Limits) -> Result<GreyPage, ScanError> {
    let document = open(pdf, limits)?;
    let have = document.pages();
    if page >= have {
        return Err(ScanError::NoSuchPage { have });
    }
    match document.rasterised(page, dpi, limits) {
        Some(luma) => Ok(GreyPage { luma }),
        None => Err(ScanError::Broken { kind: Kind::Pdf }),
    }
}

fn open(pdf: &[u8], limits: &Limits) -> Result<Document, ScanError> {
    if accept(pdf, limits)? != Kind::Pdf {
        return Err(ScanError::Unsupported);
    }
    Document::open(pdf, limits)
}
