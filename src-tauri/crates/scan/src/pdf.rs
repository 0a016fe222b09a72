//! PDF pages to luminance.

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
use crate::luma::Luma;
use crate::picture::{luma, too_many_pixels};
use crate::{Kind, Limits, ScanError};

/// PDF units an inch (ISO 32000-1 §8.3.2.3).
const UNITS_AN_INCH: f32 = 72.0;

/// Dots an inch to rasterise at: the first for sheets, whose modules are then five pixels or more,
/// the second for small print.
pub(crate) const RESOLUTIONS: [f32; 2] = [200.0, 400.0];

/// A parsed PDF, not yet rasterised. Nothing outside its bytes is ever asked for: no fonts (their
/// text stays out, a QR code is no text), no linked files, no scripts.
pub(crate) struct Document {
    pdf: Pdf,
}

impl Document {
    /// # Errors
    /// `EncryptedPdf` if it does not open without a password, `Broken` if it has no pages or is no
    /// PDF, `TooManyPixels` if it contains a picture of more than the limits allow.
    pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Document, ScanError> {
        const BROKEN: ScanError = ScanError::Broken { kind: Kind::Pdf };
        // The parser holds on to its bytes and drops them with the document: a copy that is wiped.
        let data = Arc::new(Zeroizing::new(bytes.to_vec()));
        let pdf = match contained(|| Pdf::new(data)) {
            Some(Ok(pdf)) => pdf,
            Some(Err(LoadPdfError::Decryption(_))) => return Err(ScanError::EncryptedPdf),
            Some(Err(LoadPdfError::Invalid)) | None => return Err(BROKEN),
        };
        if pdf.pages().is_empty() {
            return Err(BROKEN);
        }
        contained(|| refuse_large_pictures(&pdf, limits)).unwrap_or(Err(BROKEN))?;
        Ok(Document { pdf })
    }

    pub(crate) fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Rasterises a page (from 0) on white, at `resolution` dots an inch or less: a page that would
    /// have more pixels than the limits allow is drawn smaller. `None` if it cannot be drawn.
    pub(crate) fn rasterised(
        &self,
        index: usize,
        resolution: f32,
        limits: &Limits,
    ) -> Option<Luma> {
        let page = self.pdf.pages().get(index)?;
        contained(|| rasterise(page, resolution, limits)).flatten()
    }
}

/// Rasterising decodes pictures whole, however small they are drawn, so their sides are judged first.
fn refuse_large_pictures(pdf: &Pdf, limits: &Limits) -> Result<(), ScanError> {
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
        if u64::from(width) * u64::from(height) > limits.pixels {
            return Err(too_many_pixels(width, height));
        }
    }
    Ok(())
}

fn rasterise(page: &Page<'_>, resolution: f32, limits: &Limits) -> Option<Luma> {
    let (width, height) = page.render_dimensions();
    let scale = scale(width, height, resolution, limits)?;
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
    // On an opaque background, premultiplied is plain.
    let (rgba, _) = pixmap.data_as_u8_slice().as_chunks::<4>();
    let pixels = rgba.iter().map(|&[r, g, b, _]| luma(r, g, b)).collect();
    pixmap.data_as_u8_slice_mut().zeroize();
    Luma::new(width, height, Zeroizing::new(pixels))
}

/// Pixels a PDF unit, such that the page has at most `limits.pixels` of them and no side is longer
/// than a rasteriser's 16 bits. `None` for a page without an area.
fn scale(width: f32, height: f32, resolution: f32, limits: &Limits) -> Option<f32> {
    let area = width * height;
    if !(area.is_finite() && area > 0.0) {
        return None;
    }
    let by_area = (limits.pixels as f32 / area).sqrt();
    let by_side = f32::from(u16::MAX) / width.max(height);
    let scale = (resolution / UNITS_AN_INCH).min(by_area).min(by_side);
    let whole_pixels = width * scale >= 1.0 && height * scale >= 1.0;
    whole_pixels.then_some(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_drawn_smaller_rather_than_beyond_the_limits() {
        let limits = Limits::default();
        let a4 = scale(595.0, 842.0, 200.0, &limits);
        assert_eq!(a4, Some(200.0 / 72.0));
        for (width, height) in [(1e6, 1e6), (1e9, 10.0), (14_400.0, 14_400.0)] {
            if let Some(scale) = scale(width, height, 400.0, &limits) {
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
            assert_eq!(scale(width, height, 200.0, &limits), None, "{width}");
        }
    }
}
