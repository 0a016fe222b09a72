//! One file to the codes and the parts of recovery pages in it.

use code::TypedCode;

use crate::engine::{Engine, Text};
use crate::findings::Findings;
use crate::ladder::{climb, glance};
use crate::pdf::{Document, RESOLUTIONS};
use crate::progress::{Progress, go_on};
use crate::{Kind, Limits, ScanError, kind_of, picture};

/// A backup code or share in a file. Secret.
pub struct Scanned {
    /// The QR code's text, read as if it had been typed.
    pub code: TypedCode,
    /// The decoder that read it.
    pub engine: Engine,
    /// The page of the PDF, from 1; none for a picture.
    pub page: Option<usize>,
}

/// What is in a file: at least one code or part.
pub struct Finds {
    /// The backup codes and shares, in the order found.
    pub codes: Vec<Scanned>,
    /// The parts of recovery pages (`UR:BYTES/…`, BCR-2024-001) as they were read, in the order found.
    pub parts: Vec<Text>,
}

/// Finds the backup codes and shares, and the parts of recovery pages, in an image or a PDF.
///
/// The same code several times is one; QR codes that are none of ours are passed over if one of ours
/// is there. The file's name is never asked: its first bytes say what it is. Of a picture the first attempt
/// that finds a code is the last, so that an easy one costs no more; a page with parts has many symbols, and is
/// looked at until an attempt shows no new one.
///
/// # Errors
/// Says why there is no code: see [`ScanError`].
pub fn scan(bytes: &[u8], limits: &Limits, progress: &dyn Progress) -> Result<Finds, ScanError> {
    let kind = accept(bytes, limits)?;
    go_on(progress)?;
    match (kind, kind.image_format()) {
        (Kind::Heic, _) => Err(ScanError::Heic),
        (_, Some(format)) => {
            let picture = picture::decode(bytes, kind, format, limits)?;
            let mut findings = Findings::default();
            climb(&picture, 0, progress, &mut |engine, texts| {
                let new = findings.add(texts, engine, None);
                findings.is_enough(new)
            })?;
            findings.into_finds()
        }
        (_, None) => scan_pdf(&Document::open(bytes, limits)?, limits, progress),
    }
}

/// Judges a file by its size and its first bytes.
pub(crate) fn accept(bytes: &[u8], limits: &Limits) -> Result<Kind, ScanError> {
    let have = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if have == 0 {
        return Err(ScanError::Empty);
    }
    if have > limits.bytes {
        return Err(ScanError::TooManyBytes {
            have,
            most: limits.bytes,
        });
    }
    kind_of(bytes).ok_or(ScanError::Unsupported)
}

/// A glance at every page, so that different codes on different pages are noticed; only when that
/// shows nothing, the whole ladder, page by page, up to the first code.
fn scan_pdf(
    document: &Document,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Finds, ScanError> {
    let pages = document.pages().min(limits.pages);
    let mut findings = Findings::default();
    let mut drawn = 0;
    for index in 0..pages {
        go_on(progress)?;
        progress.at(index as u32, pages as u32);
        if let Some(page) = document.rasterised(index, RESOLUTIONS[0], limits) {
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
            go_on(progress)?;
            let Some(page) = document.rasterised(index, resolution, limits) else {
                break;
            };
            steps = climb(&page, steps, progress, &mut |engine, texts| {
                let new = findings.add(texts, engine, Some(index + 1));
                findings.is_enough(new)
            })?;
        }
    }
    if findings.any() {
        return findings.into_finds();
    }
    if drawn == 0 {
        return Err(ScanError::Broken { kind: Kind::Pdf });
    }
    if document.pages() > pages {
        return Err(ScanError::TooManyPages {
            have: document.pages(),
            looked_at: pages,
        });
    }
    findings.into_finds()
}
