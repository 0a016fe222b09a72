//! The self-test of a written sheet.

use code::TypedCode;
use raster::PdfFile;

use crate::accept::accept;
use crate::engine::{Engine, Reader, Threshold};
use crate::error::ScanError;
use crate::file::RESOLUTIONS;
use crate::findings::Findings;
use crate::kind::Kind;
use crate::limits::Limits;

/// Rasterises a PDF and reads it with each engine separately, using only the plainest attempt of
/// each: a sheet that needs more on the day it is written will not be readable on the day it is
/// needed.
///
/// The caller compares both results with the code that was to be written.
///
/// # Errors
/// `NotReadBy` for the first engine that finds no code of ours; `Unsupported` for a picture;
/// `Several` for different codes in one file; otherwise those of [`scan`](crate::scan) for a file
/// that is not a readable PDF.
pub fn read_pdf_with_both(
    bytes: &[u8],
    limits: &Limits,
) -> Result<[(Engine, TypedCode); 2], ScanError> {
    if accept(bytes, limits)? != Kind::Pdf {
        return Err(ScanError::Unsupported);
    }
    let pdf = PdfFile::open(bytes, limits.pixels)?;
    let rxing = read_with(&pdf, Reader::Rxing(Threshold::Local), limits)?;
    let rqrr = read_with(&pdf, Reader::Rqrr, limits)?;
    Ok([rxing, rqrr])
}

fn read_with(
    pdf: &PdfFile,
    reader: Reader,
    limits: &Limits,
) -> Result<(Engine, TypedCode), ScanError> {
    let engine = reader.engine();
    for resolution in RESOLUTIONS {
        let mut findings = Findings::default();
        for index in 0..pdf.pages().min(limits.pages) {
            if let Some(page) = pdf.draw(index, resolution) {
                findings.add(&reader.read(&page), engine, Some(index + 1));
            }
        }
        if findings.any() {
            return Ok((engine, findings.into_one()?.code));
        }
    }
    Err(ScanError::NotReadBy { engine })
}
