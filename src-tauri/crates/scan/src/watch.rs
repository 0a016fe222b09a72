//! A camera's frames, one after the other.

use zeroize::Zeroizing;

use crate::engine::{self, Engine, Text};
use crate::findings::Findings;
use crate::luma::Luma;
use crate::rescue::Tracker;
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

/// Watches on the calling thread.
///
/// One engine looks at each frame. While it reads nothing it looks at every other one only, and the rescue at those
/// between: each frame has its bounded share of work.
#[derive(Default)]
pub(crate) struct Watching {
    tracker: Option<Tracker>,
    /// Whether the rescue has its turn.
    rescues: bool,
    /// What the last turn of the rescue showed.
    symbol: Option<([(f32, f32); 4], f32)>,
    /// Frames in a row in which there was a symbol and nothing was read.
    unread: u32,
}

impl Watch for Watching {
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError> {
        let pixels = Zeroizing::new(frame.pixels.to_vec());
        let picture = Luma::new(frame.width, frame.height, pixels).ok_or(ScanError::BrokenFrame)?;
        let mut findings = Findings::default();
        let mut outlines = Vec::new();
        let mut read = false;
        if self.rescues {
            let tracker = self.tracker.get_or_insert_with(Tracker::new);
            let tracked = tracker.look(&picture);
            self.symbol = tracked.as_ref().map(|it| (it.corners, it.module));
            if let Some(text) = tracked.and_then(|it| it.text) {
                findings.add(&[text], Engine::Rescue, None);
                read = true;
            }
        } else {
            let seen = engine::read_and_outlined(&picture);
            read = !seen.is_empty();
            outlines.extend(seen.iter().filter_map(|it| it.corners));
            for one in seen {
                findings.add(&[one.text], Engine::Rxing, None);
            }
            if read {
                self.symbol = None;
                self.tracker = None;
            }
        }
        self.rescues = !self.rescues && !read;
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
        sight.hint = self.hint(read, &picture);
        Ok(sight)
    }
}

impl Watching {
    fn hint(&self, read: bool, picture: &Luma) -> Option<Hint> {
        if read || self.symbol.is_some() && self.unread <= PATIENCE {
            return None;
        }
        // A symbol is found in less light than it can be read in.
        if mean(picture.pixels()) < DARK {
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
