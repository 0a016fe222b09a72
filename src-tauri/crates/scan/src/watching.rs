//! Looking at a camera's frames in this process.

use raster::LumaImage;
use zeroize::Zeroizing;

use crate::background::BackgroundTracker;
use crate::engine::{Engine, Text, read_with_outlines};
use crate::error::ScanError;
use crate::findings::Findings;
use crate::sight::{Frame, Hint, Sight, Watch};
use crate::wanted::Wanted;

/// Mean luminance below which a frame without a readable symbol is too dark.
const DARK: u64 = 40;

/// Pixels per module below which an unread symbol is too far away.
const SMALL: f32 = 2.6;

/// Number of consecutive frames with an unread symbol before a hint is given.
const PATIENCE: u32 = 4;

/// Reads each frame with one engine on the calling thread. While that reads nothing, a
/// [`BackgroundTracker`] looks at as many frames as it can, and its results join a later frame's.
#[derive(Default)]
pub(crate) struct Watching {
    wanted: Wanted,
    tracker: Option<BackgroundTracker>,
    /// The last symbol that the tracker found: its corners, and pixels per module.
    symbol: Option<([(f32, f32); 4], f32)>,
    /// Number of consecutive frames with a symbol of which nothing was read.
    unread: u32,
}

impl Watch for Watching {
    fn look(&mut self, frame: &Frame<'_>) -> Result<Sight, ScanError> {
        let pixels = Zeroizing::new(frame.pixels.to_vec());
        let picture = LumaImage::from_pixels(frame.width, frame.height, pixels)
            .ok_or(ScanError::BrokenFrame)?;
        let brightness = mean(picture.pixels());
        let mut findings = Findings::of(self.wanted);
        let sightings = read_with_outlines(&picture);
        let mut read = !sightings.is_empty();
        let mut outlines: Vec<_> = sightings.iter().filter_map(|it| it.corners).collect();
        for sighting in sightings {
            findings.add(&[sighting.text], Engine::Rxing, None);
        }
        if read {
            self.symbol = None;
            self.tracker = None;
        } else if let Some(text) = self.track(picture) {
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
        sight.hint = self.hint(read, brightness);
        Ok(sight)
    }
}

impl Watching {
    pub(crate) fn of(wanted: Wanted) -> Self {
        Self {
            wanted,
            ..Self::default()
        }
    }

    /// Reads later frames for these.
    pub(crate) fn want(&mut self, wanted: Wanted) {
        self.wanted = wanted;
    }

    /// Takes the tracker's text of an earlier frame, if it is finished, and hands it this frame.
    fn track(&mut self, picture: LumaImage) -> Option<Text> {
        if self.tracker.is_none() {
            self.tracker = BackgroundTracker::start();
        }
        let tracker = self.tracker.as_mut()?;
        let result = tracker.take_result();
        tracker.offer(picture);
        let tracked = result?;
        self.symbol = tracked.as_ref().map(|it| (it.corners, it.module));
        tracked?.text
    }

    fn hint(&self, read: bool, brightness: u64) -> Option<Hint> {
        if read || self.symbol.is_some() && self.unread <= PATIENCE {
            return None;
        }
        // Finding a symbol takes less light than reading it.
        if brightness < DARK {
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
