//! Reading one symbol in a still picture.

use raster::LumaImage;

use super::canvas::{Canvas, Pyramid};
use super::decoder::Decoder;
use super::evidence;
use super::grid::Grid;
use super::locate::{POSSIBLE, SURE, apart, find, fit_corners};
use super::placement::{Corners, placements};
use crate::engine::Text;
use crate::error::ScanError;
use crate::progress::{Progress, check_cancelled};

/// Maximum number of pixels of the picture in which finder patterns are searched.
const SEARCHED_PIXELS: u64 = 1_600_000;

/// Maximum number of placements with three finder patterns, and with two, that are tried.
const THREES: usize = 12;
const TWOS: usize = 24;

/// Number of doubtful placements of each kind that are read, once all of the kind have been fitted.
const DOUBTFUL: usize = 2;

/// Reads one symbol in `picture`.
pub(crate) fn rescue(
    picture: &LumaImage,
    progress: &dyn Progress,
) -> Result<Option<Text>, ScanError> {
    let (threes, twos) = placements(&find(picture, SEARCHED_PIXELS));
    check_cancelled(progress)?;
    let pyramid = Pyramid::of(picture);
    let decoder = Decoder::new();
    let mut tried: Vec<Corners> = Vec::new();
    for (placements, most) in [(threes, THREES), (twos, TWOS)] {
        let mut doubtful: Vec<(f32, Corners)> = Vec::new();
        for placement in placements.iter().take(most) {
            check_cancelled(progress)?;
            if tried
                .iter()
                .any(|other| !apart(other, &placement.corners, 1.5))
            {
                continue;
            }
            let (likeness, corners) = fit_corners(&pyramid, &placement.corners);
            if tried.iter().any(|other| !apart(other, &corners, 1.0)) {
                continue;
            }
            if likeness > SURE {
                if let Some(text) = read(&pyramid, &corners, &decoder, progress)? {
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
            if let Some(text) = read(&pyramid, corners, &decoder, progress)? {
                return Ok(Some(text));
            }
            tried.push(*corners);
        }
    }
    Ok(None)
}

/// Reads the symbol between these corners if it is one of ours.
fn read(
    pyramid: &Pyramid<'_>,
    corners: &Corners,
    decoder: &Decoder,
    progress: &dyn Progress,
) -> Result<Option<Text>, ScanError> {
    for window in [9, 5] {
        let canvas = Canvas::of(pyramid, corners, window);
        for bent in [false, true] {
            check_cancelled(progress)?;
            let mut grid = Grid::new();
            if bent {
                grid.bend(&canvas);
            }
            grid.relax(&canvas, &[0.4, 0.2, 0.1]);
            if let Some(text) = decode(&canvas, &mut grid, decoder) {
                return Ok(Some(text));
            }
        }
    }
    Ok(None)
}

/// Decodes the symbol under the grid. Blocks that are decoded with confidence improve the grid and
/// the filter against blur for the other blocks.
fn decode(canvas: &Canvas, grid: &mut Grid, decoder: &Decoder) -> Option<Text> {
    for round in 0..4 {
        let expected: Vec<f32> = grid.expected().collect();
        let plain = evidence::sampled(canvas, grid);
        let deblurred = evidence::deblurred(canvas, grid, &expected);
        let mut confident = Vec::new();
        for evidence in [Some(plain), deblurred].into_iter().flatten() {
            let decoded = decoder.decode_with_known(evidence, &expected);
            if decoded.text.is_some() {
                return decoded.text;
            }
            confident.extend(decoded.confident);
        }
        let before = expected.iter().filter(|&&it| it != 0.0).count();
        grid.learn(&confident);
        if round > 0 && grid.expected().filter(|&it| it != 0.0).count() == before {
            break;
        }
        grid.relax(canvas, &[0.3, 0.15, 0.07]);
    }
    None
}
