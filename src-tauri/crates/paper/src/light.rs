//! Lamp and shadow.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::wave;
use crate::picture::Picture;

/// The light in a photograph.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Light {
    /// White paper comes out at so much of its level: 0.85 is a normal photograph, 0.4 a dark one.
    pub exposure: f32,
    /// How much brighter it is at one side than at the other: 0 even, 1 twice as bright as the mean.
    pub gradient: f32,
    /// Where the lamp is: 0 to the right, 90 below.
    pub lamp_degrees: f32,
    /// How much darker the corners are than the middle, from 0 to 1.
    pub vignette: f32,
    /// How dark a shadow lies across the symbol, from 0 (none) to 1 (black).
    pub shadow: f32,
    /// How soft the shadow's edge is, in millimetres.
    pub shadow_edge_mm: f32,
    /// How far black is lifted by stray light, in levels.
    pub haze: f32,
}

impl Light {
    /// A lit room.
    pub const EVEN: Light = Light {
        exposure: 0.86,
        gradient: 0.06,
        lamp_degrees: 250.0,
        vignette: 0.05,
        shadow: 0.0,
        shadow_edge_mm: 8.0,
        haze: 10.0,
    };

    /// The photograph in that light. A shadow is as a hand or phone throws it: its edge wavers and passes
    /// near the middle of the symbol.
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
