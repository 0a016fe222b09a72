//! `pages` and `render` of the `raster` crate with this crate's limits and errors, for callers that
//! do not yet use `raster` itself.

use raster::{LumaImage, PdfFile};

use crate::accept::accept;
use crate::error::ScanError;
use crate::kind::Kind;
use crate::limits::Limits;

const BROKEN: ScanError = ScanError::Broken { kind: Kind::Pdf };

/// Returns the number of pages of a PDF, like [`raster::pages`].
///
/// # Errors
/// Those of [`scan`](crate::scan) for a file that is not a readable PDF; `Unsupported` for a
/// picture.
pub fn pages(pdf: &[u8], limits: &Limits) -> Result<usize, ScanError> {
    Ok(open(pdf, limits)?.pages())
}

/// Rasterises one page of a PDF, like [`raster::render`].
///
/// # Errors
/// Those of [`pages`]; `Broken` for a page that does not exist or cannot be drawn.
pub fn render(pdf: &[u8], page: usize, dpi: f32, limits: &Limits) -> Result<LumaImage, ScanError> {
    open(pdf, limits)?.draw(page, dpi).ok_or(BROKEN)
}

fn open(pdf: &[u8], limits: &Limits) -> Result<PdfFile, ScanError> {
    if accept(pdf, limits)? != Kind::Pdf {
        return Err(ScanError::Unsupported);
    }
    Ok(PdfFile::open(pdf, limits.pixels)?)
}
