//! A parsed PDF and the drawing of its pages.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::dict::keys::{HEIGHT, SUBTYPE, WIDTH};
use hayro::hayro_syntax::object::{Name, Object};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use zeroize::{Zeroize, Zeroizing};

use crate::contain::contained;
use crate::error::OpenError;
use crate::luma::{LumaImage, luma};

/// PDF units per inch (ISO 32000-1 §8.3.2.3).
const UNITS_PER_INCH: f32 = 72.0;

/// Default limit on the pixels of a picture or page: 50 megapixels, as phones' main cameras
/// deliver.
pub const MAX_PIXELS: u64 = 50_000_000;

/// Parsed PDF whose pages can be drawn.
///
/// Only its own bytes are read: no system fonts (text in them is not drawn), no linked files, no
/// scripts.
pub struct PdfFile {
    pdf: Pdf,
    max_pixels: u64,
}

impl PdfFile {
    /// Parses a PDF. `max_pixels` limits each drawn page and each picture inside the PDF.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(bytes: &[u8], max_pixels: u64) -> Result<PdfFile, OpenError> {
        // The parser keeps its bytes until it is dropped; this copy is wiped then.
        let data = Arc::new(Zeroizing::new(bytes.to_vec()));
        let pdf = match contained(|| Pdf::new(data)) {
            Some(Ok(pdf)) => pdf,
            Some(Err(LoadPdfError::Decryption(_))) => return Err(OpenError::Encrypted),
            Some(Err(LoadPdfError::Invalid)) | None => return Err(OpenError::Broken),
        };
        if pdf.pages().is_empty() {
            return Err(OpenError::Broken);
        }
        contained(|| reject_large_pictures(&pdf, max_pixels)).unwrap_or(Err(OpenError::Broken))?;
        Ok(PdfFile { pdf, max_pixels })
    }

    /// Number of pages: at least one.
    pub fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Rasterises the page at `index`, counted from 0, on white, at `dpi` pixels per inch. The
    /// resolution is reduced if the page would exceed the maximum number of pixels. Returns `None`
    /// if there is no such page or it cannot be drawn.
    pub fn draw(&self, index: usize, dpi: f32) -> Option<LumaImage> {
        let page = self.pdf.pages().get(index)?;
        contained(|| rasterise(page, dpi, self.max_pixels)).flatten()
    }
}

/// Rasterising decodes pictures in full, however small they are drawn, so their sizes are checked
/// first.
fn reject_large_pictures(pdf: &Pdf, max_pixels: u64) -> Result<(), OpenError> {
    for object in pdf.objects() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let dictionary = stream.dict();
        let subtype = dictionary.get::<Name<'_>>(SUBTYPE);
        if subtype.is_none_or(|subtype| subtype.as_ref() != b"Image") {
            continue;
        }
        let width = dictionary.get::<u32>(WIDTH).unwrap_or_default();
        let height = dictionary.get::<u32>(HEIGHT).unwrap_or_default();
        if u64::from(width) * u64::from(height) > max_pixels {
            return Err(OpenError::TooManyPixels { width, height });
        }
    }
    Ok(())
}

fn rasterise(page: &Page<'_>, dpi: f32, max_pixels: u64) -> Option<LumaImage> {
    let (width, height) = page.render_dimensions();
    let scale = scale(width, height, dpi, max_pixels)?;
    let mut pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    // The background is opaque, so premultiplied colours equal plain ones.
    let (rgba, _) = pixmap.data_as_u8_slice().as_chunks::<4>();
    let pixels = rgba.iter().map(|&[r, g, b, _]| luma(r, g, b)).collect();
    pixmap.data_as_u8_slice_mut().zeroize();
    LumaImage::from_pixels(width, height, Zeroizing::new(pixels))
}

/// Pixels per PDF unit, limited so that the page has at most `max_pixels` pixels and no side
/// exceeds the rasteriser's 16 bits. Returns `None` for a page without an area.
fn scale(width: f32, height: f32, dpi: f32, max_pixels: u64) -> Option<f32> {
    let area = width * height;
    if !(area.is_finite() && area > 0.0) {
        return None;
    }
    let by_area = (max_pixels as f32 / area).sqrt();
    let by_side = f32::from(u16::MAX) / width.max(height);
    let scale = (dpi / UNITS_PER_INCH).min(by_area).min(by_side);
    let whole_pixels = width * scale >= 1.0 && height * scale >= 1.0;
    whole_pixels.then_some(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resolution_is_reduced_to_stay_within_the_limits() {
        let a4 = scale(595.0, 842.0, 200.0, MAX_PIXELS);
        assert_eq!(a4, Some(200.0 / 72.0));
        for (width, height) in [(1e6, 1e6), (1e9, 10.0), (14_400.0, 14_400.0)] {
            if let Some(scale) = scale(width, height, 400.0, MAX_PIXELS) {
                assert!(width * scale * height * scale <= 50_100_000.0, "{width}");
                assert!(width * scale <= 65_536.0, "{width}");
            }
        }
        for (width, height) in [
            (0.0, 5.0),
            (f32::NAN, 5.0),
            (f32::INFINITY, 5.0),
            (1e30, 1e30),
        ] {
            assert_eq!(scale(width, height, 200.0, MAX_PIXELS), None, "{width}");
        }
    }
}
