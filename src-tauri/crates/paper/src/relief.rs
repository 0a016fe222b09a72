//! Paper that is not flat: its heights displace the print in the picture and change the shading.

use crate::noise::Field;
use crate::picture::{Picture, Point};
use crate::warp::{FrameSize, warp};

/// Positions of the camera and the lamp.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Viewpoint {
    /// Distance from the camera to the paper, in millimetres. Height has more effect at a short
    /// distance.
    pub(crate) distance_mm: f32,
    /// Displacement of the print per millimetre of height, in millimetres, for a camera that is not
    /// straight above.
    pub(crate) aside: (f32, f32),
    /// Brightening of a 45° slope that faces the lamp, and darkening of one that faces away.
    pub(crate) shading: f32,
    /// Direction of the lamp, a unit vector.
    pub(crate) lamp: (f32, f32),
}

/// Draws the page with these heights: in millimetres, by position in pixels.
pub(crate) fn raise(page: &Picture, heights: &Field, view: &Viewpoint) -> Picture {
    let (cx, cy) = (page.width() as f32 / 2.0, page.height() as f32 / 2.0);
    let per_mm = page.per_mm();
    let frame = FrameSize::of(page);
    let raised = warp(
        page,
        &frame,
        |_, _| 90,
        |at| {
            let height = heights.at(at.x, at.y);
            let nearer = height / view.distance_mm;
            Point {
                x: at.x - (at.x - cx) * nearer - height * per_mm * view.aside.0,
                y: at.y - (at.y - cy) * nearer - height * per_mm * view.aside.1,
            }
        },
    );
    raised.toned(|x, y, level| {
        let (x, y) = (x as f32, y as f32);
        let reach = 1.5;
        let slope_x = heights.at(x + reach, y) - heights.at(x - reach, y);
        let slope_y = heights.at(x, y + reach) - heights.at(x, y - reach);
        let slope = (slope_x * view.lamp.0 + slope_y * view.lamp.1) * per_mm / (2.0 * reach);
        let light = (1.0 - view.shading * slope).clamp(0.35, 1.18);
        level * light
    })
}
