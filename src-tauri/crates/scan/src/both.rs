//! The self-test of a written sheet.

use code::TypedCode;

use crate::engine::{Engine, Reader, Threshold};
use crate::findings::Findings;
use crate::pdf::{Document, RESOLUTIONS};
use crate::scanned::accept;
use crate::{Kind, Limits, ScanError};

/// Rasterises a PDF and reads it with each engine alone, each by its plainest attempt: a sheet
/// that needs more than that on the day it is written will not be read on the day it is needed.
///
/// Whether the two are the code that was to be written is for the caller to compare.
///
/// # Errors
/// `NotReadBy` for the first engine that finds no code of ours; what [`scan`](crate::scan) says of
/// a file that is no readable PDF, and of different codes in one file; `Unsupported` for a picture.
pub fn read_pdf_with_both(
    bytes: &[u8],
    limits: &Limits,
) -> Result<[(Engine, TypedCode); 2], ScanError> {
    if accept(bytes, limits)? != Kind::Pdf {
        return Err(ScanError::Unsupported);
    }
    let document = Document::open(bytes, limits)?;
    let rxing = read_with(&document, Reader::Rxing(Threshold::Local), limits)?;
    let rqrr = read_with(&document, Reader::Rqrr, limits)?;
    Ok([rxing, rqrr])
}

fn read_with(
    document: &Document,
    reader: Reader,
    limits: &Limits,
) -> Result<(Engine, TypedCode), ScanError> {
    let engine = reader.engine();
    for resolution in RESOLUTIONS {
        let mut findings = Findings::default();
        for index in 0..document.pages().min(limits.pages) {
            if let Some(page) = document.rasterised(index, resolution, limits) {
                findings.add(&reader.read(&page), engine, Some(index + 1));
            }
        }
        if findings.any() {
            return Ok((engine, findings.into_one()?.code));
        }
    }
    Err(ScanError::NotReadBy { engine })
}
