//! The result of scanning a file.

use code::TypedCode;

use crate::engine::{Engine, Text};

/// Backup code or share in a file. Secret.
pub struct Scanned {
    /// The QR code's text, parsed as if it had been typed.
    pub code: TypedCode,
    /// The decoder that read it.
    pub engine: Engine,
    /// Page of the PDF, counted from 1; `None` for a picture.
    pub page: Option<usize>,
}

/// QR codes of a file that are not of this program: at least one, or `ours`.
pub struct Foreign {
    /// Their texts, in the order found. Secret.
    pub texts: Vec<Text>,
    /// Whether there are codes, shares or parts as well. Those are not returned.
    pub ours: bool,
}

/// Contents of a file: at least one code or part.
pub struct Finds {
    /// The backup codes and shares, in the order found.
    pub codes: Vec<Scanned>,
    /// The parts of recovery pages (`UR:BYTES/…`, BCR-2024-001) as read, in the order found.
    pub parts: Vec<Text>,
}
