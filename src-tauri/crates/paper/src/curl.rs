//! A page that was rolled up.

use crate::arithmetic::sin_cos;
use crate::noise::Field;
use crate::picture::Picture;
use crate::relief::{View, raise};

/// A page bent around a cylinder.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Curl {
    /// Height of the middle above the edges, in millimetres.
    pub height_mm: f32,
    /// Direction in which it is bent: 0 around an upright axis, 90 around a level one.
    pub degrees: f32,
    /// How far the camera stands aside: 0 straight above, 1 at 45 degrees.
    pub aside: f32,
}

impl Curl {
    /// The page, seen from there.
    pub fn on(&self, page: &Picture) -> Picture {
        let (sin, cos) = sin_cos(self.degrees);
        let (w, h) = (page.width() as f32, page.height() as f32);
        let half = (w * cos.abs() + h * sin.abs()) / 2.0;
        let along = |x: f32, y: f32| ((x - w / 2.0) * cos + (y - h / 2.0) * sin) / half;
        let heights = Field::new(page.width(), page.height(), 6.0, |x, y| {
            let along = along(x, y);
            // An arc, seen from the side.
            self.height_mm * (1.0 - along * along)
        });
        let view = View {
            distance_mm: 350.0,
            // Across the arc it would only stretch and squeeze; along it lines bend.
            aside: (
                self.aside * (0.5 * cos - sin),
                self.aside * (0.5 * sin + cos),
            ),
            shading: 0.45,
            lamp: (cos, sin),
        };
        raise(page, &heights, &view)
    }
}
