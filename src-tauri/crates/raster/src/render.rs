//! Pages of a PDF that the app itself has made.

use crate::error::{OpenError, RenderError};
use crate::luma::LumaImage;
use crate::pdf::{MAX_PIXELS, PdfFile};

/// Returns the number of pages of a PDF, which is at least one.
///
/// # Errors
/// See [`OpenError`].
pub fn pages(pdf: &[u8]) -> Result<usize, OpenError> {
    Ok(PdfFile::open(pdf, MAX_PIXELS)?.pages())
}

/// Rasterises one page of a PDF, counted from 0, on white, at `dpi` pixels per inch. The resolution
/// is reduced if the page would exceed [`MAX_PIXELS`].
///
/// Text is drawn only in typefaces that are embedded in the PDF.
///
/// # Errors
/// See [`RenderError`].
pub fn render(pdf: &[u8], page: usize, dpi: f32) -> Result<LumaImage, RenderError> {
    let pdf = PdfFile::open(pdf, MAX_PIXELS)?;
    let have = pdf.pages();
    if page >= have {
        return Err(RenderError::NoSuchPage { have });
    }
    pdf.draw(page, dpi).ok_or(RenderError::Undrawable)
}
