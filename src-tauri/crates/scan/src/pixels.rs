//! Scanning of pictures that are pixels already.

use raster::LumaImage;

use crate::engine::Text;
use crate::error::ScanError;
use crate::findings::Findings;
use crate::finds::Finds;
use crate::ladder::climb;
use crate::progress::Progress;

/// Finds codes, shares and parts in a picture, as [`scan`](crate::scan) does in a picture file.
///
/// # Errors
/// `NoCode`, `NotABackupCode`, `Cancelled`.
pub fn scan_pixels(picture: &LumaImage, progress: &dyn Progress) -> Result<Finds, ScanError> {
    let mut findings = Findings::default();
    climb(picture, 0, progress, &mut |engine, texts| {
        let new = findings.add(texts, engine, None);
        findings.is_enough(new)
    })?;
    findings.into_finds()
}

/// Returns the texts of all QR codes, ours or foreign, from the first attempt that reads any. For
/// benchmarks.
///
/// # Errors
/// `Cancelled`.
pub fn read_texts(picture: &LumaImage, progress: &dyn Progress) -> Result<Vec<Text>, ScanError> {
    let mut read = Vec::new();
    climb(picture, 0, progress, &mut |_, texts| {
        read = texts.to_vec();
        !read.is_empty()
    })?;
    Ok(read)
}
