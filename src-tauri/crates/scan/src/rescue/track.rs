//! Reading over the frames of a camera: little work per frame, and evidence summed over frames.

use raster::LumaImage;

use super::canvas::{Canvas, Pyramid, module_size};
use super::decoder::Decoder;
use super::evidence::{self, Evidence};
use super::finder::Finder;
use super::grid::Grid;
use super::locate::{POSSIBLE, SURE, apart, find, fit_corners};
use super::placement::{Corners, placements};
use crate::engine::Text;
use crate::transform::cut;

/// Maximum number of pixels of a frame in which finder patterns are searched.
const SEARCHED_PIXELS: u64 = 300_000;

/// Maximum number of placements that are tried per frame.
const PLACEMENTS: usize = 2;

/// Minimum correlation, from −1 to 1, of the evidence of two frames that show the same symbol.
const SAME_SYMBOL: f32 = 0.35;

/// Factor by which each new frame reduces the evidence of earlier ones.
const DECAY: f32 = 0.85;

/// A symbol in a frame.
pub(crate) struct Tracked {
    /// Its text, if that is a code or a share whose checksum holds.
    pub(crate) text: Option<Text>,
    /// Its corners, in pixels of the frame.
    pub(crate) corners: Corners,
    /// Pixels per module.
    pub(crate) module: f32,
}

/// Follows one symbol from frame to frame.
pub(crate) struct Tracker {
    decoder: Decoder,
    /// Its corners in the last frame.
    last: Option<Corners>,
    /// Decaying sum of its evidence over the frames.
    sum: Option<Evidence>,
    /// Number of placements of the current search that have been tried.
    tried: usize,
    searches: u32,
}

impl Tracker {
    pub(crate) fn new() -> Tracker {
        Tracker {
            decoder: Decoder::new(),
            last: None,
            sum: None,
            tried: 0,
            searches: 1,
        }
    }

    /// Looks at one frame: at the symbol's last position, otherwise at a few possible placements.
    /// Their number limits the work per frame.
    pub(crate) fn look(&mut self, frame: &LumaImage) -> Option<Tracked> {
        let pyramid = Pyramid::of(frame);
        // A frame in which the symbol is found is not also read; the next one is.
        if let Some(corners) = self.followed(&pyramid) {
            self.last = Some(corners);
            return Some(Tracked {
                text: self.read(&pyramid, &corners),
                corners,
                module: module_size(&corners),
            });
        }
        self.sum = None;
        self.last = self.searched(frame, &pyramid);
        let corners = self.last?;
        Some(Tracked {
            text: None,
            corners,
            module: module_size(&corners),
        })
    }

    fn followed(&self, pyramid: &Pyramid<'_>) -> Option<Corners> {
        let (likeness, corners) = fit_corners(pyramid, &self.last?);
        (likeness > POSSIBLE).then_some(corners)
    }

    fn searched(&mut self, frame: &LumaImage, pyramid: &Pyramid<'_>) -> Option<Corners> {
        self.searches = self.searches.wrapping_add(1);
        let finders = if self.searches.is_multiple_of(2) {
            find(frame, SEARCHED_PIXELS)
        } else {
            in_the_centre(frame)
        };
        let (threes, twos) = placements(&finders);
        let all: Vec<_> = threes
            .into_iter()
            .take(4)
            .chain(twos.into_iter().take(8))
            .collect();
        let mut best: Option<(f32, Corners)> = None;
        let mut fitted: Vec<Corners> = Vec::new();
        if self.tried >= all.len() {
            self.tried = 0;
        }
        for placement in all.iter().skip(self.tried) {
            if fitted.len() == PLACEMENTS {
                break;
            }
            self.tried += 1;
            if fitted
                .iter()
                .any(|other| !apart(other, &placement.corners, 1.5))
            {
                continue;
            }
            fitted.push(placement.corners);
            let (likeness, corners) = fit_corners(pyramid, &placement.corners);
            if likeness > best.map_or(POSSIBLE, |(likeness, _)| likeness) {
                best = Some((likeness, corners));
            }
            if likeness > SURE {
                break;
            }
        }
        if best.is_some() {
            self.tried = 0;
        }
        best.map(|(_, corners)| corners)
    }

    fn read(&mut self, pyramid: &Pyramid<'_>, corners: &Corners) -> Option<Text> {
        let canvas = Canvas::of(pyramid, corners, 9);
        let mut grid = Grid::new();
        grid.relax(&canvas, &[0.4, 0.2, 0.1]);
        let expected: Vec<f32> = grid.expected().collect();
        let evidence = evidence::deblurred(&canvas, &grid, &expected)
            .unwrap_or_else(|| evidence::sampled(&canvas, &grid));
        let single = self.decoder.decode_with_known(evidence.clone(), &expected);
        if single.text.is_some() {
            return single.text;
        }
        match &mut self.sum {
            Some(sum) if correlation(sum, &evidence) > SAME_SYMBOL => {
                for (sum, new) in sum.iter_mut().zip(evidence.iter()) {
                    *sum = DECAY * *sum + new;
                }
                self.decoder.decode_with_known(sum.clone(), &expected).text
            }
            _ => {
                self.sum = Some(evidence);
                None
            }
        }
    }
}

/// Finds finder patterns in the centre of a frame (half of each side), where the same work finds
/// smaller ones.
fn in_the_centre(frame: &LumaImage) -> Vec<Finder> {
    let (left, top) = (frame.width() / 4, frame.height() / 4);
    let (right, bottom) = (frame.width() - left, frame.height() - top);
    let Some(centre) = cut(frame, left, top, right, bottom) else {
        return Vec::new();
    };
    let mut finders = find(&centre, SEARCHED_PIXELS);
    for finder in &mut finders {
        finder.x += left as f32;
        finder.y += top as f32;
    }
    finders
}

/// Correlation of two sets of evidence, assuming that their means are 0.
fn correlation(a: &Evidence, b: &Evidence) -> f32 {
    let product =
        |a: &Evidence, b: &Evidence| -> f32 { a.iter().zip(b.iter()).map(|(a, b)| a * b).sum() };
    product(a, b)
        / (product(a, a) * product(b, b))
            .sqrt()
            .max(f32::MIN_POSITIVE)
}
