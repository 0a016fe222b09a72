//! Pages that are grey pixels already.

use crate::engine::Text;
use crate::findings::Findings;
use crate::ladder::climb;
use crate::page::GreyPage;
use crate::{Finds, Progress, ScanError};

/// Finds codes, shares and parts on a page, as [`scan`](crate::scan) does in a picture.
///
/// # Errors
/// `NoCode`, `NotABackupCode`, `Cancelled`.
pub fn read_grey(page: &GreyPage, progress: &dyn Progress) -> Result<Finds, ScanError> {
    let mut findings = Findings::default();
    climb(page.luma(), 0, progress, &mut |engine, texts| {
        let new = findings.add(texts, engine, None);
        findings.is_enough(new)
    })?;
    findings.into_finds()
}

/// The texts of all QR codes that the first attempt reads which reads any, ours or not: for measuring.
///
/// # Errors
/// `Cancelled`.
pub fn texts(page: &GreyPage, progress: &dyn Progress) -> Result<Vec<Text>, ScanError> {
    let mut read = Vec::new();
    climb(page.luma(), 0, progress, &mut |_, texts| {
        read = texts.to_vec();
        !read.is_empty()
    })?;
    Ok(read)
}
