//! The reasons why no code was read from a file.

use code::Identifier;
use raster::OpenError;

use crate::engine::Engine;
use crate::kind::Kind;

/// Error of a scan, with what the person needs to do better. Never holds a text that was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// By its first bytes, the file is neither a picture nor a PDF.
    #[error("this kind of file cannot be read; PNG, JPEG, WebP, GIF, BMP, TIFF and PDF can")]
    Unsupported,
    /// HEIC photo. A JPEG of it, or a screenshot, can be read.
    #[error("HEIC photos cannot be read; save the photo as JPEG, or take a screenshot of it")]
    Heic,
    /// The file is larger than [`Limits::bytes`](crate::Limits::bytes).
    #[error("the file has {have} bytes; the limit is {most}")]
    TooManyBytes {
        /// Bytes of the file.
        have: u64,
        /// Maximum number of bytes.
        most: u64,
    },
    /// According to its header, the picture has more pixels than
    /// [`Limits::pixels`](crate::Limits::pixels), or more bytes per pixel than that limit allows.
    #[error("the picture has {megapixels} megapixels, which is too many; use a smaller copy")]
    TooManyPixels {
        /// Millions of pixels, rounded up.
        megapixels: u64,
    },
    /// The PDF has more pages than [`Limits::pages`](crate::Limits::pages), and there is no code on
    /// those that were read.
    #[error("no backup code on the first {looked_at} pages; later pages are not read")]
    TooManyPages {
        /// Pages of the file.
        have: usize,
        /// Pages that were read, from the first.
        looked_at: usize,
    },
    /// The file violates its own format, or is truncated.
    #[error("the {kind} file is damaged")]
    Broken {
        /// The kind of file according to its first bytes.
        kind: Kind,
    },
    /// The PDF does not open without a password.
    #[error("the PDF is protected by a password")]
    EncryptedPdf,
    /// No QR code was found.
    #[error("no QR code was found")]
    NoCode,
    /// QR codes were read, and none is a backup code or a share.
    #[error("the QR code is not a backup code")]
    NotABackupCode,
    /// There are different backup codes or shares in one file. Duplicates count once.
    #[error("different backup codes were found in one file")]
    Several {
        /// One per code, in the order found. Shares of one set have the same identifier. A code
        /// that only a later version understands has none.
        identifiers: Vec<Identifier>,
    },
    /// Only from [`read_pdf_with_both`](crate::read_pdf_with_both): this engine found no code.
    #[error("{engine} cannot read the sheet")]
    NotReadBy {
        /// The engine that failed.
        engine: Engine,
    },
    /// Only from [`Watch::look`](crate::Watch::look): the frame has no pixels, or not one byte per
    /// pixel.
    #[error("the camera's frame is damaged")]
    BrokenFrame,
    /// Reading the file exceeds the time or memory limit.
    #[error("reading the file takes too much time or memory")]
    TooHeavy,
    /// The scanning process cannot be started, or ended by itself.
    #[error("the scanner cannot be started")]
    Unavailable,
    /// The scanning process could not give up the rights that it does not need, and has read
    /// nothing. [`Scanner::read_anyway`](crate::Scanner::read_anyway) makes the next ones read.
    #[error("the process that reads foreign files cannot be restricted on this system")]
    Unprotected,
    /// [`Progress::cancelled`](crate::Progress::cancelled) returned true.
    #[error("scanning was cancelled")]
    Cancelled,
}

impl ScanError {
    pub(crate) fn too_many_pixels(width: u32, height: u32) -> ScanError {
        ScanError::TooManyPixels {
            megapixels: (u64::from(width) * u64::from(height)).div_ceil(1_000_000),
        }
    }
}

impl From<OpenError> for ScanError {
    fn from(error: OpenError) -> ScanError {
        match error {
            OpenError::Broken => ScanError::Broken { kind: Kind::Pdf },
            OpenError::Encrypted => ScanError::EncryptedPdf,
            OpenError::TooManyPixels { width, height } => ScanError::too_many_pixels(width, height),
        }
    }
}
