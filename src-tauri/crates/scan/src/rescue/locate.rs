//! Finding symbols in a picture.

use raster::LumaImage;

use super::canvas::{Canvas, Projection, Pyramid, module_size};
use super::finder::{Finder, finders};
use super::grid::Grid;
use super::integral_image::IntegralImage;
use super::layout::SIDE;
use super::placement::Corners;
use crate::transform::shrunk;

/// Likeness of the known modules above which a placement is read at once.
pub(super) const SURE: f32 = 0.6;

/// Likeness of the known modules above which a placement may be a symbol.
pub(super) const POSSIBLE: f32 = 0.24;

/// Likeness after a first fit below which there is no second one.
const HOPELESS: f32 = 0.12;

/// Finds finder patterns, in a copy of the picture with at most `pixels` pixels.
pub(super) fn find(picture: &LumaImage, pixels: u64) -> Vec<Finder> {
    let mut halvings = 0;
    while picture.pixel_count() >> (2 * halvings) > pixels {
        halvings += 1;
    }
    let small = if halvings == 0 {
        None
    } else {
        shrunk(picture, halvings)
    };
    let searched = small.as_ref().unwrap_or(picture);
    let sums = IntegralImage::of(searched);
    let most = searched.short_side() as f32 / 30.0;
    let mut finders = finders(&sums, 1.4, most);
    let scale = (1u32 << halvings) as f32;
    for finder in &mut finders {
        finder.x *= scale;
        finder.y *= scale;
        finder.module *= scale;
    }
    finders
}

/// Moves the corners to where the known modules agree best. Returns how well they agree, and the
/// new corners.
pub(super) fn fit_corners(pyramid: &Pyramid<'_>, corners: &Corners) -> (f32, Corners) {
    let mut corners = *corners;
    let mut likeness = 0.0;
    for steps in [&[1.5, 0.75, 0.4][..], &[0.5, 0.25, 0.12][..]] {
        let canvas = Canvas::of(pyramid, &corners, 9);
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

/// Whether any corner is more than this many modules away from its counterpart.
pub(super) fn apart(a: &Corners, b: &Corners, modules: f32) -> bool {
    let module = modules * module_size(a);
    a.iter()
        .zip(b)
        .any(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1) > module)
}
