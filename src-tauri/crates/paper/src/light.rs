//! Light and shadow.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::wave;
use crate::picture::Picture;

/// The light in a photograph.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Light {
    /// Level of white paper as a share of 255: 0.85 in a normal photograph, 0.4 in a dark one.
    pub exposure: f32,
    /// Difference in brightness across the photograph: 0 is even, 1 is twice the mean at the bright
    /// side.
    pub gradient: f32,
    /// Direction of the lamp: 0 is right, 90 is below.
    pub lamp_degrees: f32,
    /// Darkening of the corners relative to the centre, from 0 to 1.
    pub vignette: f32,
    /// Darkness of a shadow across the symbol, from 0 (none) to 1 (black).
    pub shadow: f32,
    /// Width of the shadow's soft edge, in millimetres.
    pub shadow_edge_mm: f32,
    /// Level of black, raised by stray light.
    pub haze: f32,
}

impl Light {
    /// A well-lit room.
    pub const EVEN: Light = Light {
        exposure: 0.86,
        gradient: 0.06,
        lamp_degrees: 250.0,
        vignette: 0.05,
        shadow: 0.0,
        shadow_edge_mm: 8.0,
        haze: 10.0,
    };

    /// Applies the light to the photograph. The shadow is like that of a hand or phone: its edge is
    /// irregular and passes near the centre of the symbol.
    pub fn on(&self, photo: &Picture, seed: u64) -> Picture {
        let (w, h) = (photo.width() as f32, photo.height() as f32);
        let (sin, cos) = sin_cos(self.lamp_degrees);
        let focus = photo.focus();
        let per_mm = photo.per_mm();
        let edge = (self.shadow_edge_mm * per_mm / 2.0).max(0.5);
        let (fall_sin, fall_cos) = sin_cos(self.lamp_degrees + 155.0);
        let longer = w.max(h);
        photo.toned(|x, y, level| {
            let (dx, dy) = ((x as f32 - w / 2.0) / longer, (y as f32 - h / 2.0) / longer);
            let mut light = self.exposure;
            light *= 1.0 + self.gradient * 2.0 * (cos * dx + sin * dy);
            light *= 1.0 - self.vignette * 2.0 * (dx * dx + dy * dy);
            if self.shadow > 0.0 {
                let (sx, sy) = (x as f32 - focus.x, y as f32 - focus.y);
                let along = (fall_cos * sy - fall_sin * sx) / per_mm;
                let bow = 30.0 * (wave(seed, along / 45.0, 0.0) - 0.5) * per_mm;
                let depth = fall_cos * sx + fall_sin * sy + bow;
                light *= 1.0 - self.shadow * step(-edge, edge, depth);
            }
            mix(self.haze, 255.0, level * light / 255.0)
        })
    }
}
