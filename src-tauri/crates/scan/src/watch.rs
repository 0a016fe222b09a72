//! A camera's frames, one after the other.

use zeroize::Zeroizing;

use crate::engine::Text;
use crate::findings::Findings;
use crate::ladder::glance;
use crate::luma::Luma;
use crate::{ScanError, Scanned};

/// One picture of a camera: luminance, 0 black to 255 white, row by row without padding. Not mirrored.
#[derive(Copy, Clone)]
pub struct Frame<'a> {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `width` × `height` bytes.
    pub pixels: &'a [u8],
}

/// What a frame shows. All of it may be empty.
#[derive(Default)]
pub struct Sight {
    /// The backup codes and shares.
    pub codes: Vec<Scanned>,
    /// The parts of recovery pages.
    pub parts: Vec<Text>,
    /// Whether a QR code was read that is none of ours.
    pub others: bool,
    /// The corners of each QR symbol that was found, read or not, without its quiet zone, clockwise; across and
    /// down, in pixels of the frame.
    pub outlines: Vec<[(f32, f32); 4]>,
    /// What the person could do so that more is seen.
    pub hint: Option<Hint>,
}

/// What would help.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hint {
    /// There is too little light to see anything.
    TooDark,
    /// There is a symbol, too small or too blurred to be read.
    MoveCloser,
    /// There is a symbol, close enough, and still not read.
    HoldStill,
}

/// Looks at frames of one camera. What earlier frames showed of a symbol may help with later ones.
pub trait Watch: Send {
    /// Looks at one frame, within 33 ms for 1280 × 720 pixels on two cores. Not for the UI thread.
    ///
    /// # Errors
    /// `BrokenFrame` if the frame does not have a byte for each pixel; what the place of scanning may say
    /// ([`ScanError::Unavailable`], [`ScanError::TooHeavy`]). Not finding anything is none.
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError>;
}

/// Mean luminance below which a frame without a symbol is too dark.
const DARK: u64 = 40;

/// Watches on the calling thread.
#[derive(Default)]
pub(crate) struct Watching {}

impl Watch for Watching {
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError> {
        let pixels = Zeroizing::new(frame.pixels.to_vec());
        let picture = Luma::new(frame.width, frame.height, pixels).ok_or(ScanError::BrokenFrame)?;
        let (engine, texts) = glance(&picture);
        let mut findings = Findings::default();
        findings.add(&texts, engine, None);
        let mut sight = findings.into_sight();
        if texts.is_empty() && mean(picture.pixels()) < DARK {
            sight.hint = Some(Hint::TooDark);
        }
        Ok(sight)
    }
}

fn mean(pixels: &[u8]) -> u64 {
    let sum: u64 = pixels.iter().map(|&pixel| u64::from(pixel)).sum();
    sum / (pixels.len() as u64).max(1)
}
