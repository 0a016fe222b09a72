//! A camera's frames, one after the other.

use zeroize::Zeroizing;

use crate::beside::Beside;
use crate::engine::{self, Engine, Text};
use crate::findings::Findings;
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

/// Mean luminance below which a frame without a symbol that can be read is too dark.
const DARK: u64 = 40;

/// Pixels a module below which a symbol that is not read is too far away.
const SMALL: f32 = 2.6;

/// Frames with a symbol in them that are not read before anything is said of it.
const PATIENCE: u32 = 4;

/// One engine looks at each frame on the calling thread. While it reads nothing, the rescue looks at as many as it can beside
/// it, and what it finds joins a later frame's.
#[derive(Default)]
pub(crate) struct Watching {
    beside: Option<Beside>,
    /// What the rescue saw last: the corners of a symbol, and pixels a module.
    symbol: Option<([(f32, f32); 4], f32)>,
    /// Frames in a row in which there was a symbol and nothing was read.
    unread: u32,
}

impl Watch for Watching {
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError> {
        let pixels = Zeroizing::new(frame.pixels.to_vec());
        let picture = Luma::new(frame.width, frame.height, pixels).ok_or(ScanError::BrokenFrame)?;
        let bright = mean(picture.pixels());
        let mut findings = Findings::default();
        let seen = engine::read_and_outlined(&picture);
        let mut read = !seen.is_empty();
        let mut outlines: Vec<_> = seen.iter().filter_map(|it| it.corners).collect();
        for one in seen {
            findings.add(&[one.text], Engine::Rxing, None);
        }
        if read {
            self.symbol = None;
            self.beside = None;
        } else if let Some(text) = self.rescue(picture) {
            findings.add(&[text], Engine::Rescue, None);
            read = true;
        }
        if let Some((corners, _)) = self.symbol {
            outlines.push(corners);
        }
        self.unread = if read || self.symbol.is_none() {
            0
        } else {
            self.unread + 1
        };
        let mut sight = findings.into_sight();
        sight.outlines = outlines;
        sight.hint = self.hint(read, bright);
        Ok(sight)
    }
}

impl Watching {
    /// What the rescue read of an earlier frame, if it is done with it; then it gets this one.
    fn rescue(&mut self, picture: Luma) -> Option<Text> {
        if self.beside.is_none() {
            self.beside = Beside::start();
        }
        let beside = self.beside.as_mut()?;
        let seen = beside.seen();
        beside.give(picture);
        let tracked = seen?;
        self.symbol = tracked.as_ref().map(|it| (it.corners, it.module));
        tracked?.text
    }

    fn hint(&self, read: bool, bright: u64) -> Option<Hint> {
        if read || self.symbol.is_some() && self.unread <= PATIENCE {
            return None;
        }
        // A symbol is found in less light than it can be read in.
        if bright < DARK {
            return Some(Hint::TooDark);
        }
        self.symbol.map(|(_, module)| {
            if module < SMALL {
                Hint::MoveCloser
            } else {
                Hint::HoldStill
            }
        })
    }
}

fn mean(pixels: &[u8]) -> u64 {
    let sum: u64 = pixels.iter().map(|&pixel| u64::from(pixel)).sum();
    sum / (pixels.len() as u64).max(1)
}
