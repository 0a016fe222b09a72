//! Why a document cannot be made.

use crate::local_time::LocalTimeError;
use crate::qr::QrError;

/// Why a sheet or pages cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// A date outside the calendar.
    #[error(transparent)]
    Date(#[from] LocalTimeError),
    /// A text that does not fit its QR symbol.
    #[error(transparent)]
    Qr(#[from] QrError),
    /// More QR symbols than a page holds.
    #[error("{symbols} QR codes are too many for a page")]
    TooMany {
        /// Number of symbols.
        symbols: usize,
    },
    /// A built-in typeface cannot be parsed or embedded.
    #[error("a built-in typeface cannot be used")]
    Typeface,
    /// The PDF library rejected its own document.
    #[error("the PDF file cannot be assembled")]
    File(#[from] lopdf::Error),
    /// The file could not be written to memory.
    #[error("the PDF file cannot be written")]
    Write(#[from] std::io::Error),
}
