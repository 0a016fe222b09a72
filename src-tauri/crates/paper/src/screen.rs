//! A page photographed from a screen.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::cloud;
use crate::picture::{Picture, Point};
use crate::warp::{FrameSize, at_dpi, sample, warp};

/// A screen in front of a camera.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Screen {
    /// Screen pixels per inch of the displayed page.
    pub dpi: f32,
    /// Camera pixels per screen pixel: near 1 the two grids interfere (moiré), at 3 single pixels
    /// show.
    pub camera: f32,
    /// Rotation of the camera.
    pub degrees: f32,
    /// Share of the light lost in the gaps between pixels.
    pub gaps: f32,
    /// Depth of the dark bars from refreshing, from 0 to 1.
    pub flicker: f32,
    /// Level of its black, which emits some light.
    pub black: f32,
}

impl Screen {
    /// Returns the light at the camera, before its lens, sensor and compression.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let shown = at_dpi(page, self.dpi);
        let (sin, cos) = sin_cos(self.degrees);
        let (w, h) = (shown.width() as f32, shown.height() as f32);
        let frame = FrameSize {
            width: (w * self.camera * 1.06) as u32,
            height: (h * self.camera * 1.06) as u32,
            dpi: self.dpi * self.camera,
        };
        let (cx, cy) = (frame.width as f32 / 2.0, frame.height as f32 / 2.0);
        let back = |at: Point| {
            let (dx, dy) = ((at.x - cx) / self.camera, (at.y - cy) / self.camera);
            Point {
                x: w / 2.0 + cos * dx + sin * dy,
                y: h / 2.0 - sin * dx + cos * dy,
            }
        };
        // Of this result, only the size and the symbol's position are used; pixels are computed
        // below, because screen pixels are square.
        let mut seen = warp(&shown, &frame, |_, _| 0, back);
        let refresh = h * self.camera / 2.3;
        for (x, y, pixel) in seen.grey.enumerate_pixels_mut() {
            let mut light = 0.0;
            // A camera pixel averages over an area: four samples of it.
            for (ox, oy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let at = back(Point {
                    x: x as f32 + ox,
                    y: y as f32 + oy,
                });
                light += self.glow(&shown, at) / 4.0;
            }
            let bar = ((y as f32) / refresh + cloud(seed, 0.0, 0.0)) % 1.0;
            light *= 1.0 - self.flicker * step(0.3, 0.5, (bar - 0.5).abs());
            pixel.0[0] = crate::arithmetic::level(light);
        }
        seen
    }

    /// Light of the screen at a position in its pixels.
    fn glow(&self, shown: &Picture, at: Point) -> f32 {
        let pixel = Point {
            x: at.x.floor() + 0.5,
            y: at.y.floor() + 0.5,
        };
        // Around the page, the dark grey of a viewer's background.
        let level = sample(&shown.grey, pixel).unwrap_or(70.0);
        let (u, v) = (at.x - at.x.floor(), at.y - at.y.floor());
        // Three coloured stripes with gaps between them and below; green is the brightest in grey.
        let weight = if u < 0.333 {
            0.9
        } else if u < 0.667 {
            1.2
        } else {
            0.75
        };
        let stripe = (u * 3.0) % 1.0;
        let gap = (stripe < 0.2) || v < 0.14;
        let lit = if gap {
            1.0 - self.gaps
        } else {
            1.0 + self.gaps * 0.3
        };
        mix(self.black, 235.0, level / 255.0) * mix(1.0, weight, self.gaps) * lit
    }
}
