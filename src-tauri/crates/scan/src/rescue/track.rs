//! The same over the frames of a camera: little at a time, and what several frames show of one symbol together.

use super::canvas::{Canvas, Sizes, module_of};
use super::evidence::{self, Evidence};
use super::finder::Finder;
use super::fit::Grid;
use super::message::Decoder;
use super::place::{Corners, places};
use super::{POSSIBLE, SURE, apart, find, laid, outcome};
use crate::engine::Text;
use crate::luma::Luma;

/// Pixels of a frame in which finder patterns are looked for, at most.
const SEARCHED_PIXELS: u64 = 300_000;

/// Places that are looked at in one frame.
const PLACES: usize = 2;

/// How alike the evidence of two frames is, from −1 to 1, if they show the same symbol.
const ALIKE: f32 = 0.35;

/// What is kept of the evidence of earlier frames with each new one.
const KEPT: f32 = 0.85;

/// What a frame shows of a symbol.
pub(crate) struct Tracked {
    /// What it says, if that is a code or a share whose checksum holds.
    pub(crate) text: Option<Text>,
    /// Where it is, in pixels of the frame.
    pub(crate) corners: Corners,
    /// Pixels a module.
    pub(crate) module: f32,
}

/// One symbol, followed from frame to frame.
pub(crate) struct Tracker {
    decoder: Decoder,
    /// Where it was seen last.
    last: Option<Corners>,
    /// What all frames since then show of it.
    sum: Option<Evidence>,
    /// Places of the present search that were looked at.
    looked_at: usize,
    searches: u32,
}

impl Tracker {
    pub(crate) fn new() -> Tracker {
        Tracker {
            decoder: Decoder::new(),
            last: None,
            sum: None,
            looked_at: 0,
            searches: 1,
        }
    }

    /// Looks at one frame: at where the symbol was in the last one, or else at a few places where one may be. The work is
    /// bounded by their number.
    pub(crate) fn look(&mut self, frame: &Luma) -> Option<Tracked> {
        let sizes = Sizes::of(frame);
        // Finding it is enough for one frame, reading it for the next.
        if let Some(corners) = self.followed(&sizes) {
            self.last = Some(corners);
            return Some(Tracked {
                text: self.read(&sizes, &corners),
                corners,
                module: module_of(&corners),
            });
        }
        self.sum = None;
        self.last = self.searched(frame, &sizes);
        let corners = self.last?;
        Some(Tracked {
            text: None,
            corners,
            module: module_of(&corners),
        })
    }

    fn followed(&self, sizes: &Sizes<'_>) -> Option<Corners> {
        let (likeness, corners) = laid(sizes, &self.last?);
        (likeness > POSSIBLE).then_some(corners)
    }

    fn searched(&mut self, frame: &Luma, sizes: &Sizes<'_>) -> Option<Corners> {
        self.searches = self.searches.wrapping_add(1);
        let finders = if self.searches.is_multiple_of(2) {
            find(frame, SEARCHED_PIXELS)
        } else {
            in_the_middle(frame)
        };
        let (threes, twos) = places(&finders);
        let all: Vec<_> = threes
            .into_iter()
            .take(4)
            .chain(twos.into_iter().take(8))
            .collect();
        let mut best: Option<(f32, Corners)> = None;
        let mut seen: Vec<Corners> = Vec::new();
        if self.looked_at >= all.len() {
            self.looked_at = 0;
        }
        for place in all.iter().skip(self.looked_at) {
            if seen.len() == PLACES {
                break;
            }
            self.looked_at += 1;
            if seen.iter().any(|other| !apart(other, &place.corners, 1.5)) {
                continue;
            }
            seen.push(place.corners);
            let (likeness, corners) = laid(sizes, &place.corners);
            if likeness > best.map_or(POSSIBLE, |(likeness, _)| likeness) {
                best = Some((likeness, corners));
            }
            if likeness > SURE {
                break;
            }
        }
        if best.is_some() {
            self.looked_at = 0;
        }
        best.map(|(_, corners)| corners)
    }

    fn read(&mut self, sizes: &Sizes<'_>, corners: &Corners) -> Option<Text> {
        let canvas = Canvas::of(sizes, corners, 9);
        let mut grid = Grid::new();
        grid.relax(&canvas, &[0.4, 0.2, 0.1]);
        let expected: Vec<f32> = grid.expected().collect();
        let evidence = evidence::sharpened(&canvas, &grid, &expected)
            .unwrap_or_else(|| evidence::seen(&canvas, &grid));
        let single = outcome(evidence.clone(), &expected, &self.decoder);
        if single.text.is_some() {
            return single.text;
        }
        match &mut self.sum {
            Some(sum) if alike(sum, &evidence) > ALIKE => {
                for (sum, new) in sum.iter_mut().zip(evidence.iter()) {
                    *sum = KEPT * *sum + new;
                }
                outcome(sum.clone(), &expected, &self.decoder).text
            }
            _ => {
                self.sum = Some(evidence);
                None
            }
        }
    }
}

/// Finder patterns in the middle of a frame, half of each side of it, where small ones can be seen for the same work.
fn in_the_middle(frame: &Luma) -> Vec<Finder> {
    let (left, top) = (frame.width() / 4, frame.height() / 4);
    let Some(middle) = frame.cut(left, top, frame.width() - left, frame.height() - top) else {
        return Vec::new();
    };
    let mut finders = find(&middle, SEARCHED_PIXELS);
    for finder in &mut finders {
        finder.x += left as f32;
        finder.y += top as f32;
    }
    finders
}

/// The correlation of two sets of evidence, as if their means were 0.
fn alike(a: &Evidence, b: &Evidence) -> f32 {
    let product =
        |a: &Evidence, b: &Evidence| -> f32 { a.iter().zip(b.iter()).map(|(a, b)| a * b).sum() };
    product(a, b)
        / (product(a, a) * product(b, b))
            .sqrt()
            .max(f32::MIN_POSITIVE)
}
