//! Frames of a camera: the port, and the result for each frame.

use crate::engine::Text;
use crate::error::ScanError;
use crate::finds::Scanned;

/// One frame of a camera, not mirrored.
#[derive(Copy, Clone)]
pub struct Frame<'a> {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `width` × `height` bytes of luminance, 0 black to 255 white, row by row without padding.
    pub pixels: &'a [u8],
}

/// Contents of a frame. All of it may be empty.
#[derive(Default)]
pub struct Sight {
    /// The backup codes and shares.
    pub codes: Vec<Scanned>,
    /// The parts of recovery pages.
    pub parts: Vec<Text>,
    /// Whether a foreign QR code was read.
    pub others: bool,
    /// The texts of foreign QR codes, in the order found; none unless they are wanted. Secret.
    pub foreign: Vec<Text>,
    /// The corners of each QR symbol that was found, read or not, without its quiet zone,
    /// clockwise; (x, y) in pixels of the frame.
    pub outlines: Vec<[(f32, f32); 4]>,
    /// Advice for the person who holds the camera.
    pub hint: Option<Hint>,
}

/// Advice that would help to read a symbol.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    /// There is too little light to see anything.
    TooDark,
    /// There is a symbol that is too small or too blurred to be read.
    MoveCloser,
    /// There is a symbol that is close enough and is still not read.
    HoldStill,
}

/// Looks at the frames of one camera. Earlier frames of a symbol may help to read it in a later
/// one.
pub trait Watch: Send {
    /// Looks at one frame, within 33 ms for 1280 × 720 pixels on two cores. Not for the UI thread.
    ///
    /// Finding nothing is not an error.
    ///
    /// # Errors
    /// `BrokenFrame` if the frame does not have one byte per pixel; [`ScanError::Unavailable`] and
    /// [`ScanError::TooHeavy`] from scanners in another process.
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError>;
}
