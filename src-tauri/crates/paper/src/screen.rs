//! A page shown on a screen and photographed there.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::cloud;
use crate::picture::{Picture, Point};
use crate::warp::{Frame, at_dpi, sample, warp};

/// A screen in front of a camera.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Screen {
    /// Pixels of the screen an inch of the page as shown.
    pub dpi: f32,
    /// Pixels of the camera a pixel of the screen: near 1 the two grids beat (moiré), at 3 each shows.
    pub camera: f32,
    /// How far the camera is turned.
    pub degrees: f32,
    /// Share of the light that the gaps between pixels take.
    pub gaps: f32,
    /// Depth of the dark bars of its refreshing, from 0 to 1.
    pub flicker: f32,
    /// Level of its black, which glows.
    pub black: f32,
}

impl Screen {
    /// What the camera sees, before its own lens, sensor and file.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let shown = at_dpi(page, self.dpi);
        let (sin, cos) = sin_cos(self.degrees);
        let (w, h) = (shown.width() as f32, shown.height() as f32);
        let frame = Frame {
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
        // The shown page keeps its square pixels; only where they are is asked of `warp`.
        let mut seen = warp(&shown, &frame, |_, _| 0, back);
        let refresh = h * self.camera / 2.3;
        for (x, y, pixel) in seen.grey.enumerate_pixels_mut() {
            let mut light = 0.0;
            // A camera's pixel takes in an area: four places of it.
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

    /// Light of the screen at a place in its pixels.
    fn glow(&self, shown: &Picture, at: Point) -> f32 {
        let pixel = Point {
            x: at.x.floor() + 0.5,
            y: at.y.floor() + 0.5,
        };
        // Beside the page the viewer's dark grey; beyond its edge no light at all would be a cave.
        let level = sample(&shown.grey, pixel).unwrap_or(70.0);
        let (u, v) = (at.x - at.x.floor(), at.y - at.y.floor());
        // Three stripes of colour with gaps, and a gap below: in grey, green's stripe weighs most.
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
