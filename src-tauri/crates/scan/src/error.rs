//! Why no code came out of a file.

use code::Identifier;

use crate::{Engine, Kind};

/// What went wrong, with what a person needs to do better. Never holds a text that was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// A file of no bytes.
    #[error("the file is empty")]
    Empty,
    /// Neither a picture nor a PDF, as far as its first bytes say.
    #[error("this kind of file cannot be read; PNG, JPEG, WebP, GIF, BMP, TIFF and PDF can")]
    Unsupported,
    /// A HEIC photo. The way out: take it as JPEG, or a screenshot of it.
    #[error("HEIC photos cannot be read; save the photo as JPEG, or take a screenshot of it")]
    Heic,
    /// A file larger than [`Limits::bytes`](crate::Limits::bytes).
    #[error("the file has {have} bytes; at most {most} are read")]
    TooManyBytes {
        /// Bytes of the file.
        have: u64,
        /// Bytes that are read.
        most: u64,
    },
    /// A picture of more pixels than [`Limits::pixels`](crate::Limits::pixels), as its header says,
    /// or of more bytes a pixel than fit beside them.
    #[error(
        "the picture has {megapixels} megapixels, which is too many; a smaller copy can be read"
    )]
    TooManyPixels {
        /// Millions of pixels, rounded up.
        megapixels: u64,
    },
    /// More pages than [`Limits::pages`](crate::Limits::pages), and no code on those looked at.
    #[error("no backup code on the first {looked_at} pages, and later ones are not read")]
    TooManyPages {
        /// Pages of the file.
        have: usize,
        /// Pages, from the first, that were looked at.
        looked_at: usize,
    },
    /// The file breaks the rules of its own kind, or ends too early.
    #[error("the {kind} file is damaged")]
    Broken {
        /// What the file claims to be.
        kind: Kind,
    },
    /// A PDF that wants a password.
    #[error("the PDF is protected by a password")]
    EncryptedPdf,
    /// Only from [`render`](crate::render): the PDF has no page of that number.
    #[error("the PDF has {have} pages, and this is none of them")]
    NoSuchPage {
        /// Pages of the file.
        have: usize,
    },
    /// No QR code was found.
    #[error("no QR code was found")]
    NoCode,
    /// QR codes were read, and none is a backup code or a share.
    #[error("the QR code is not a backup code")]
    NotABackupCode,
    /// Different backup codes or shares in one file; the same one several times is one.
    #[error("different backup codes were found in one file")]
    Several {
        /// One for each code, in the order found; shares of one set have the same. A code that only
        /// a later version understands has none.
        identifiers: Vec<Identifier>,
    },
    /// Only from [`read_pdf_with_both`](crate::read_pdf_with_both): this engine found no code.
    #[error("{engine} cannot read the sheet")]
    NotReadBy {
        /// The engine that failed.
        engine: Engine,
    },
    /// Only from [`Watch::look`](crate::Watch::look): not one byte for each pixel, or no pixel.
    #[error("the camera's frame is damaged")]
    BrokenFrame,
    /// Reading the file takes more time or memory than a file worth scanning does.
    #[error("reading the file takes too much time or memory")]
    TooHeavy,
    /// The process that scans cannot be started, or ended by itself.
    #[error("the scanner cannot be started")]
    Unavailable,
    /// [`Progress::cancelled`](crate::Progress::cancelled) said so.
    #[error("scanning was cancelled")]
    Cancelled,
}
