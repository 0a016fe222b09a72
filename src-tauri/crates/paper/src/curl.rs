//! A page that was rolled up.

use crate::arithmetic::sin_cos;
use crate::noise::Field;
use crate::picture::Picture;
use crate::relief::{Viewpoint, raise};

/// A page bent around a cylinder.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Curl {
    /// Height of the centre above the edges, in millimetres.
    pub height_mm: f32,
    /// Direction of the bend: 0 around a vertical axis, 90 around a horizontal one.
    pub degrees: f32,
    /// Sideways position of the camera: 0 is straight above, 1 is at 45°.
    pub aside: f32,
}

impl Curl {
    /// Bends the page.
    pub fn on(&self, page: &Picture) -> Picture {
        let (sin, cos) = sin_cos(self.degrees);
        let (w, h) = (page.width() as f32, page.height() as f32);
        let half = (w * cos.abs() + h * sin.abs()) / 2.0;
        let along = |x: f32, y: f32| ((x - w / 2.0) * cos + (y - h / 2.0) * sin) / half;
        let heights = Field::new(page.width(), page.height(), 6.0, |x, y| {
            let along = along(x, y);
            // The profile is an arc.
            self.height_mm * (1.0 - along * along)
        });
        let view = Viewpoint {
            distance_mm: 350.0,
            // Displacement across the arc only stretches the page; along the arc it bends lines.
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
