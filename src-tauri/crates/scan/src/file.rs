//! One file to the codes and the parts of recovery pages in it, or to foreign texts.

use raster::PdfFile;

use crate::accept::accept;
use crate::error::ScanError;
use crate::findings::Findings;
use crate::finds::{Finds, Foreign};
use crate::kind::Kind;
use crate::ladder::{climb, glance};
use crate::limits::Limits;
use crate::picture;
use crate::progress::{Progress, check_cancelled};
use crate::wanted::Wanted;

/// Resolutions for rasterising, in dots per inch: the first gives a sheet's modules five pixels or
/// more, the second is for small print.
pub(crate) const RESOLUTIONS: [f32; 2] = [200.0, 400.0];

/// Finds the backup codes and shares, and the parts of recovery pages, in an image or a PDF.
///
/// Duplicates count once. Foreign QR codes are ignored if there is a code or part of ours. The kind
/// of file is recognised by its first bytes, never by its name. For a picture, the first attempt
/// that finds a code is the last one, so easy pictures are fast. A page with parts has many
/// symbols, so attempts continue until one finds nothing new.
///
/// # Errors
/// Gives the reason why there is no code: see [`ScanError`].
pub fn scan(bytes: &[u8], limits: &Limits, progress: &dyn Progress) -> Result<Finds, ScanError> {
    read(bytes, limits, Wanted::Ours, progress)?.into_finds()
}

/// Reads the texts of foreign QR codes in an image or a PDF, which [`scan`] ignores.
///
/// Duplicates count once. For a picture, the first attempt that reads any QR code is the last one.
///
/// # Errors
/// Those of [`scan`], except `NotABackupCode`.
pub fn read_foreign(
    bytes: &[u8],
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Foreign, ScanError> {
    let findings = read(bytes, limits, Wanted::All, progress)?;
    match findings.any() {
        true => Ok(findings.into_foreign()),
        false => Err(ScanError::NoCode),
    }
}

fn read(
    bytes: &[u8],
    limits: &Limits,
    wanted: Wanted,
    progress: &dyn Progress,
) -> Result<Findings, ScanError> {
    let kind = accept(bytes, limits)?;
    check_cancelled(progress)?;
    match (kind, kind.image_format()) {
        (Kind::Heic, _) => Err(ScanError::Heic),
        (_, Some(format)) => {
            let picture = picture::decode(bytes, kind, format, limits)?;
            let mut findings = Findings::of(wanted);
            climb(&picture, 0, progress, &mut |engine, texts| {
                let new = findings.add(texts, engine, None);
                findings.is_enough(new)
            })?;
            Ok(findings)
        }
        (_, None) => {
            let pdf = PdfFile::open(bytes, limits.pixels)?;
            read_pdf(&pdf, limits, wanted, progress)
        }
    }
}

/// Glances at every page first, so that different codes on different pages are all found. Only if
/// that finds nothing, climbs the whole ladder page by page up to the first code.
fn read_pdf(
    pdf: &PdfFile,
    limits: &Limits,
    wanted: Wanted,
    progress: &dyn Progress,
) -> Result<Findings, ScanError> {
    let pages = pdf.pages().min(limits.pages);
    let mut findings = Findings::of(wanted);
    let mut drawn = 0;
    for index in 0..pages {
        check_cancelled(progress)?;
        progress.at(index as u32, pages as u32);
        if let Some(page) = pdf.draw(index, RESOLUTIONS[0]) {
            drawn += 1;
            let (engine, texts) = glance(&page);
            findings.add(&texts, engine, Some(index + 1));
        }
    }
    let mut steps = pages as u32;
    'pages: for index in 0..pages {
        for resolution in RESOLUTIONS {
            if findings.any() {
                break 'pages;
            }
            check_cancelled(progress)?;
            let Some(page) = pdf.draw(index, resolution) else {
                break;
            };
            steps = climb(&page, steps, progress, &mut |engine, texts| {
                let new = findings.add(texts, engine, Some(index + 1));
                findings.is_enough(new)
            })?;
        }
    }
    if findings.any() {
        return Ok(findings);
    }
    if drawn == 0 {
        return Err(ScanError::Broken { kind: Kind::Pdf });
    }
    if pdf.pages() > pages {
        return Err(ScanError::TooManyPages {
            have: pdf.pages(),
            looked_at: pages,
        });
    }
    Ok(findings)
}
