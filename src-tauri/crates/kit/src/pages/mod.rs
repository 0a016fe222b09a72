//! Recovery pages: the wallet itself on paper, as QR codes that the code opens.
//!
//! ```text
//! kit JSON ─ gzip ─▶ ─ age, code as passphrase ─▶ file ─▶ CBOR byte string ─▶ `ur:bytes/…`
//! ```
//!
//! [`make`] returns the texts of the symbols page by page, of which any one page may be lost;
//! [`extent`] predicts the number of pages. A [`Collector`] takes symbols in any order until they
//! yield the file, and [`open`] opens it. `docs/pages-format.md` specifies the format, the choice
//! of parts and how it was measured.
//!
//! Input from paper is untrusted: sizes are checked before anything is allocated based on a part.

mod collector;
mod make;
mod part;
mod plan;
mod set;
pub(crate) mod zip;

use std::fmt;

use code::BackupCode;

use crate::age_file::AgeFile;
use crate::{KitContents, OpenError, document, passphrase};

pub use collector::{Added, Collector, CorruptSet, PageProgress, Progress};
pub use make::{Extent, MakeError, Pages, extent, make, make_with, pages_for};

/// Maximum number of symbols on a page.
pub const SYMBOLS_A_PAGE: usize = 20;

/// Maximum size in bytes of the JSON that pages can hold, 200 KiB.
pub const MAX_JSON: usize = 200 << 10;

/// Maximum length of the text of a symbol: the capacity of a version 15 QR symbol of level M in
/// alphanumeric mode.
pub const MAX_TEXT: usize = 600;

/// Maximum size of a fragment in bytes. It keeps a part within [`MAX_TEXT`] characters.
const FRAGMENT: usize = 266;

/// Maximum size in bytes of a file to open; parts cannot carry more.
const MAX_FILE: usize = part::MAX_MESSAGE;

/// Maximum size in bytes of the decompressed JSON.
pub(crate) const MAX_UNZIPPED: usize = 1 << 20;

/// The name of a set of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetName {
    /// CRC-32 of the message. The message contains a salt, so two sets have the same checksum only
    /// with a probability of 2⁻³².
    pub checksum: u32,
    /// Size of the message in bytes.
    pub length: usize,
}

/// Formats the checksum as printed on the pages: eight hexadecimal digits, `0A1B-2C3D`.
impl fmt::Display for SetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (high, low) = (self.checksum >> 16, self.checksum & 0xFFFF);
        f.pad(&format!("{high:04X}-{low:04X}"))
    }
}

/// Opens the file returned by [`Collector::finished`].
///
/// Sizes are checked before anything is decrypted, decompressed or allocated. Takes a tenth of a
/// second and 32 MiB for pages made by [`make`], up to 4 GiB for a file made with log₂ N = 22.
///
/// # Errors
/// See [`OpenError`], except [`OpenError::NotTogether`], which does not occur.
pub fn open(file: &[u8], code: &BackupCode) -> Result<KitContents, OpenError> {
    let file = AgeFile::new(file, MAX_FILE)?;
    let zipped = passphrase::unlock(&file, code)?;
    let json = zip::gunzip(&zipped, MAX_UNZIPPED).ok_or(OpenError::NotAKit)?;
    document::read(&json)
}
