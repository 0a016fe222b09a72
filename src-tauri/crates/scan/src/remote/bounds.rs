//! Kinds of answers, and the limits on one answer.

pub(super) const PROGRESS: u8 = 1;
pub(super) const FINDS: u8 = 2;
pub(super) const SHEET: u8 = 3;
pub(super) const SIGHT: u8 = 4;
pub(super) const ERROR: u8 = 5;
pub(super) const FOREIGN: u8 = 6;

/// Maximum number of bytes of an answer: many times the recovery pages of the largest wallet.
pub(super) const MAX_BYTES: usize = 4 << 20;
/// Maximum number of codes and shares in an answer: three sets of the largest size.
pub(super) const MAX_CODES: usize = 96;
/// Maximum number of parts of recovery pages in an answer.
pub(super) const MAX_PARTS: usize = 4096;
/// Maximum number of foreign texts in an answer. A person means one of them, and each is checked
/// not to be a code.
pub(super) const MAX_FOREIGN: usize = 256;
/// Maximum number of bytes of a text. A QR code has up to 4,296 characters, or up to 2,953 bytes,
/// each of which takes up to three bytes in UTF-8.
pub(super) const MAX_TEXT: usize = 3 * 2953;
/// Maximum number of outlines in an answer. More would only be clutter that is slow to draw.
pub(super) const MAX_OUTLINES: usize = 64;
