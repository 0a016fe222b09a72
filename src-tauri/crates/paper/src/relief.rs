//! Paper that does not lie flat: its heights move the print in the picture and catch the light.

use crate::noise::Field;
use crate::picture::{Picture, Point};
use crate::warp::{Frame, warp};

/// From where the relief is seen, and lit.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct View {
    /// From the camera to the paper, in millimetres: nearer cameras see height more.
    pub(crate) distance_mm: f32,
    /// How far a millimetre of height moves the print aside, in millimetres, where the camera is not
    /// straight above.
    pub(crate) aside: (f32, f32),
    /// How much brighter a slope of 45° is on the side of the lamp; and darker on the other.
    pub(crate) shading: f32,
    /// Where the lamp is, as a direction of length 1.
    pub(crate) lamp: (f32, f32),
}

/// Draws the page with these heights, in millimetres, asked for in pixels.
pub(crate) fn raise(page: &Picture, heights: &Field, view: &View) -> Picture {
    let (cx, cy) = (page.width() as f32 / 2.0, page.height() as f32 / 2.0);
    let per_mm = page.per_mm();
    let frame = Frame::of(page);
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
