//! Recovery pages: the wallet itself on paper, as QR codes that open with the code.
//!
//! ```text
//! JSON of the kit ─ gzip ─▶ ─ age, the code as passphrase ─▶ file ─▶ CBOR byte string ─ fountain ─▶ `ur:bytes/…` parts
//! ```
//!
//! [`make`] gives the texts of the symbols, page by page, of which any one page may be lost; [`extent`] says before
//! how many pages it takes. A [`Collector`] takes symbols in any order until they give the file, and [`open`] opens
//! that. `docs/pages-format.md` describes every byte, the choice of parts and how it was measured.
//!
//! What comes from paper may be anything: lengths are checked before anything is allocated by what a part says.

mod collector;
mod make;
mod part;
mod plan;
mod set;
mod zip;

use std::fmt;

use code::BackupCode;

use crate::age_file::AgeFile;
use crate::{KitContents, OpenError, document, passphrase};

pub use collector::{Added, Collector, PageProgress, Progress, Spoilt};
pub use make::{Extent, MakeError, Pages, extent, make, pages_for};

/// Symbols on a full page.
pub const SYMBOLS_A_PAGE: usize = 20;

/// The longest JSON in bytes that pages are made of, 200 KiB.
pub const MOST_JSON: usize = 200 << 10;

/// The longest text of a symbol in characters: what a version 15 QR symbol of level M holds in alphanumeric mode.
pub const MOST_TEXT: usize = 600;

/// The longest fragment in bytes: with it a part has at most [`MOST_TEXT`] characters.
const FRAGMENT: usize = 266;

/// The longest file in bytes that is opened; more than parts can carry.
const MOST_FILE: usize = part::MOST_MESSAGE;

/// The longest JSON in bytes that is unzipped.
const MOST_UNZIPPED: usize = 1 << 20;

/// What tells one set of pages from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetName {
    /// CRC-32 of the message, which has salt in it: different for all sets, but for one in 2³².
    pub checksum: u32,
    /// Bytes of the message.
    pub length: usize,
}

/// The checksum as it is printed on the pages: eight hexadecimal digits, `0A1B-2C3D`.
impl fmt::Display for SetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (high, low) = (self.checksum >> 16, self.checksum & 0xFFFF);
        f.pad(&format!("{high:04X}-{low:04X}"))
    }
}

/// What the pages keep, given the file that [`Collector::finished`] gave.
///
/// Lengths are checked before anything is decrypted, unzipped or allocated. Takes a tenth of a second and 32 MiB for
/// pages that [`make`] made, up to 4 GiB for a file that was made with log₂ N = 22.
///
/// # Errors
/// See [`OpenError`]; [`OpenError::NotTogether`] is none of them.
pub fn open(file: &[u8], code: &BackupCode) -> Result<KitContents, OpenError> {
    let file = AgeFile::new(file, MOST_FILE)?;
    let zipped = passphrase::unlock(&file, code)?;
    let json = zip::gunzip(&zipped, MOST_UNZIPPED).ok_or(OpenError::NotAKit)?;
    document::read(&json)
}
