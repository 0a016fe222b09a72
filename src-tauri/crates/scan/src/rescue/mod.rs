//! Past the engines: reads the symbol of a sheet where no decoder does, because it is known what is looked for.
//!
//! ```text
//! picture ─▶ finders ─▶ places ─▶ canvas ─▶ grid: plane, bent, piece by piece ─▶ evidence for each module
//!                                              ▲                                        │
//!                                              └── blocks that are settled ◀── likeliest codewords ─▶ text
//! ```
//!
//! A text comes out only if it is a codeword of the symbol in all four blocks and its own checksum of 65 bits holds
//! as it stands; nothing is filled in. Fewer than 2²⁴ texts are ever tried on one picture, so that one that nobody
//! wrote comes out of one picture in 2⁴⁰ at most.

mod canvas;
mod evidence;
mod field;
mod finder;
mod fit;
mod layout;
mod likely;
mod message;
mod place;
mod reed_solomon;
mod sums;
mod track;

pub(crate) use self::track::Tracker;

use self::canvas::{Canvas, Projection, Sizes};
use self::evidence::Evidence;
use self::finder::Finder;
use self::fit::Grid;
use self::layout::SIDE;
use self::message::{Decoder, Outcome};
use self::place::{Corners, places};
use self::sums::Sums;
use crate::ScanError;
use crate::engine::Text;
use crate::luma::Luma;
use crate::progress::{Progress, go_on};

/// Pixels of the picture in which finder patterns are looked for, at most.
const SEARCHED_PIXELS: u64 = 1_600_000;

/// Places of three finder patterns, and of two, that are looked at.
const THREES: usize = 12;
const TWOS: usize = 24;

/// Likeness of the known modules from which a place is read at once, and from which it is once all of its kind are
/// looked at.
const SURE: f32 = 0.6;
const POSSIBLE: f32 = 0.24;

/// Likeness after a first fit below which there is no second.
const HOPELESS: f32 = 0.12;

/// Of the latter, so many are read.
const DOUBTFUL: usize = 2;

/// Reads one symbol in `picture`.
pub(crate) fn rescue(picture: &Luma, progress: &dyn Progress) -> Result<Option<Text>, ScanError> {
    let (threes, twos) = places(&find(picture, SEARCHED_PIXELS));
    go_on(progress)?;
    let sizes = Sizes::of(picture);
    let decoder = Decoder::new();
    let mut tried: Vec<Corners> = Vec::new();
    for (places, most) in [(threes, THREES), (twos, TWOS)] {
        let mut doubtful: Vec<(f32, Corners)> = Vec::new();
        for place in places.iter().take(most) {
            go_on(progress)?;
            if tried.iter().any(|other| !apart(other, &place.corners, 1.5)) {
                continue;
            }
            let (likeness, corners) = laid(&sizes, &place.corners);
            if tried.iter().any(|other| !apart(other, &corners, 1.0)) {
                continue;
            }
            if likeness > SURE {
                if let Some(text) = read(&sizes, &corners, &decoder, progress)? {
                    return Ok(Some(text));
                }
                tried.push(corners);
            } else if likeness > POSSIBLE {
                let same = |it: &(f32, Corners)| !apart(&it.1, &corners, 1.0);
                match doubtful.iter().position(same) {
                    Some(at) if doubtful[at].0 < likeness => doubtful[at] = (likeness, corners),
                    Some(_) => {}
                    None => doubtful.push((likeness, corners)),
                }
            }
        }
        doubtful.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, corners) in doubtful.iter().take(DOUBTFUL) {
            if let Some(text) = read(&sizes, corners, &decoder, progress)? {
                return Ok(Some(text));
            }
            tried.push(*corners);
        }
    }
    Ok(None)
}

/// Finder patterns, looked for in at most so many pixels.
fn find(picture: &Luma, pixels: u64) -> Vec<Finder> {
    let mut halvings = 0;
    while picture.size() >> (2 * halvings) > pixels {
        halvings += 1;
    }
    let small = if halvings == 0 {
        None
    } else {
        picture.shrunk(halvings)
    };
    let searched = small.as_ref().unwrap_or(picture);
    let sums = Sums::of(searched);
    let most = searched.short_side() as f32 / 30.0;
    let mut finders = finder::finders(&sums, 1.4, most);
    let scale = (1u32 << halvings) as f32;
    for finder in &mut finders {
        finder.x *= scale;
        finder.y *= scale;
        finder.module *= scale;
    }
    finders
}

/// Lays a plane grid where the known modules agree best: how well they do, and the corners then.
fn laid(sizes: &Sizes<'_>, corners: &Corners) -> (f32, Corners) {
    let mut corners = *corners;
    let mut likeness = 0.0;
    for steps in [&[1.5, 0.75, 0.4][..], &[0.5, 0.25, 0.12][..]] {
        let canvas = Canvas::of(sizes, &corners, 9);
        let mut grid = Grid::new();
        grid.fit_plane(&canvas, steps);
        likeness = grid.likeness(&canvas);
        if likeness < HOPELESS {
            break;
        }
        let projection = Projection::onto(&corners);
        corners = grid
            .corners()
            .map(|(u, v)| projection.at(u / SIDE as f32, v / SIDE as f32));
    }
    (likeness, corners)
}

/// Whether any corner lies more than so many modules from its like.
fn apart(a: &Corners, b: &Corners, modules: f32) -> bool {
    let module = modules * canvas::module_of(a);
    a.iter()
        .zip(b)
        .any(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1) > module)
}

/// Reads the symbol between these corners, if it is one of ours.
fn read(
    sizes: &Sizes<'_>,
    corners: &Corners,
    decoder: &Decoder,
    progress: &dyn Progress,
) -> Result<Option<Text>, ScanError> {
    for window in [9, 5] {
        let canvas = Canvas::of(sizes, corners, window);
        for bent in [false, true] {
            go_on(progress)?;
            let mut grid = Grid::new();
            if bent {
                grid.bend(&canvas);
            }
            grid.relax(&canvas, &[0.4, 0.2, 0.1]);
            if let Some(text) = settle(&canvas, &mut grid, decoder) {
                return Ok(Some(text));
            }
        }
    }
    Ok(None)
}

/// Decodes what the grid meets; what is settled of it makes the grid, and the filter against blur, better for the rest.
fn settle(canvas: &Canvas, grid: &mut Grid, decoder: &Decoder) -> Option<Text> {
    for round in 0..4 {
        let expected: Vec<f32> = grid.expected().collect();
        let plain = evidence::seen(canvas, grid);
        let sharp = evidence::sharpened(canvas, grid, &expected);
        let mut settled = Vec::new();
        for evidence in [Some(plain), sharp].into_iter().flatten() {
            let outcome = outcome(evidence, &expected, decoder);
            if outcome.text.is_some() {
                return outcome.text;
            }
            settled.extend(outcome.settled);
        }
        let before = expected.iter().filter(|&&it| it != 0.0).count();
        grid.learn(&settled);
        if round > 0 && grid.expected().filter(|&it| it != 0.0).count() == before {
            break;
        }
        grid.relax(canvas, &[0.3, 0.15, 0.07]);
    }
    None
}

/// Decodes evidence, once what is known of the modules stands in for it.
fn outcome(mut evidence: Evidence, expected: &[f32], decoder: &Decoder) -> Outcome {
    const CERTAIN: f32 = 3.0;
    let mask = decoder.mask(&evidence);
    evidence::doubt_areas(&mut evidence);
    for (value, &expected) in evidence.iter_mut().zip(expected) {
        if expected != 0.0 {
            *value = CERTAIN * expected;
        }
    }
    decoder.decode(&evidence, mask)
}
