//! Recovery pages of the code on the screen: drawing, saving, and reading them back.

use std::io;
use std::path::Path;

use code::Identifier;
use kit::pages::Collector;
use scan::{ScanError, Scanner};
use sheet::{RecoveryPages, SheetError};
use thiserror::Error;
use usecases::World;
use usecases::pages::{self, Made, PagesError};
use usecases::session::Session;
use zeroize::Zeroizing;

use crate::saving::{Saver, UnverifiedFile};
use crate::style::{LocalOffset, Style, local_time};

/// Bytes of the largest file of pages that is read back; a page has about 90 kB.
const LARGEST_PAGES: u64 = 32 << 20;

/// Why pages were not drawn.
#[derive(Debug, Error)]
pub enum DrawPagesError {
    /// They could not be made of the wallet.
    #[error(transparent)]
    Make(#[from] PagesError),
    /// The PDF could not be made.
    #[error(transparent)]
    Draw(#[from] SheetError),
}

/// Why pages could not be read back.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadBackError {
    /// The PDF could not be scanned.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The symbols that were read do not give the whole file.
    #[error("the pages cannot be read back")]
    Incomplete,
}

/// Why pages were not saved. There is no file of them then.
#[derive(Debug, Error)]
pub enum SavePagesError {
    /// The file could not be written or read back.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// The pages in the file could not be read.
    #[error(transparent)]
    ReadBack(#[from] ReadBackError),
}

/// Recovery pages as a PDF.
pub struct DrawnPages {
    made: Made,
    pdf: Zeroizing<Vec<u8>>,
}

/// Makes pages of the wallet as it is now, and draws them. Takes some seconds for large wallets.
///
/// # Errors
/// See [`DrawPagesError`].
pub fn draw(
    world: &World<'_>,
    session: &Session,
    style: &Style,
    offset: LocalOffset<'_>,
) -> Result<DrawnPages, DrawPagesError> {
    let made = pages::make(world, session)?;
    let name = style.named.on_paper(session);
    let pdf = sheet::pages_pdf(&RecoveryPages {
        wallet: name.as_deref(),
        identifier: made.identifier,
        made: local_time(made.at, offset),
        items: made.items,
        set: &made.pages.set().to_string(),
        paper: style.paper,
        language: style.language,
        pages: made.pages.pages(),
    })?;
    Ok(DrawnPages { made, pdf })
}

/// Returns the name that the pages' file gets unless the person chooses another.
pub fn file_name(identifier: Identifier) -> String {
    format!("Recovery pages {identifier}.pdf")
}

impl DrawnPages {
    /// What the use cases made, to be checked and remembered.
    pub fn made(&self) -> &Made {
        &self.made
    }

    /// The PDF file.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// Number of pages.
    pub fn count(&self) -> usize {
        self.made.pages.pages().len()
    }

    /// Saves the pages beside `path` and reads them back. Returns the file, to be kept once
    /// [`usecases::pages::check`] accepts the bytes that the pages gave.
    ///
    /// # Errors
    /// See [`SavePagesError`].
    pub fn save<'a>(
        &self,
        saver: &Saver<'a>,
        scanner: &dyn Scanner,
        path: &'a Path,
    ) -> Result<(UnverifiedFile<'a>, Vec<u8>), SavePagesError> {
        let file = saver.write(path, &self.pdf)?;
        let read = file.read_back(LARGEST_PAGES)?;
        let bytes = read_back(scanner, &read)?;
        Ok((file, bytes))
    }
}

/// Rasterises the pages' PDF and reads its symbols. Returns the encrypted file that they carry, for
/// [`usecases::pages::check`].
///
/// # Errors
/// See [`ReadBackError`].
pub fn read_back(scanner: &dyn Scanner, pdf: &[u8]) -> Result<Vec<u8>, ReadBackError> {
    let finds = scanner.read_back(pdf)?;
    let mut collector = Collector::default();
    for part in &finds.parts {
        collector.add(part);
    }
    let file = collector.finished().ok().flatten();
    file.ok_or(ReadBackError::Incomplete)
}
