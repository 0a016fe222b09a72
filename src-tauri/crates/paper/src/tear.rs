//! Torn paper.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::cloud;
use crate::picture::{Picture, Point};
use crate::warp::{FrameSize, warp};

/// A corner of the page.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Corner {
    /// The upper left corner.
    UpperLeft,
    /// The upper right corner.
    UpperRight,
    /// The lower right corner.
    LowerRight,
    /// The lower left corner.
    LowerLeft,
}

/// A torn-off corner.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Tear {
    /// The corner.
    pub corner: Corner,
    /// Length along the horizontal and the vertical edge, in millimetres.
    pub size_mm: (f32, f32),
    /// Level of the surface under the page.
    pub under: f32,
}

impl Tear {
    /// Tears the corner off the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let (w, h) = (page.width() as f32, page.height() as f32);
        let (right, lower) = match self.corner {
            Corner::UpperLeft => (false, false),
            Corner::UpperRight => (true, false),
            Corner::LowerRight => (true, true),
            Corner::LowerLeft => (false, true),
        };
        let (across, down) = self.size_mm;
        let length = (across * across + down * down).sqrt();
        page.toned(|x, y, level| {
            let x = if right { w - x as f32 } else { x as f32 } / per_mm;
            let y = if lower { h - y as f32 } else { y as f32 } / per_mm;
            // Distance in millimetres from the line that cuts the corner off.
            let inside = (x / across + y / down - 1.0) * across * down / length;
            if inside > 8.0 {
                return level;
            }
            let ragged =
                7.0 * (cloud(seed, x / 18.0, y / 18.0) - 0.5) + 0.9 * (cloud(seed ^ 1, x, y) - 0.5);
            let inside = inside + ragged;
            if inside < 0.0 {
                return self.under * mix(0.9, 1.1, cloud(seed ^ 2, x / 4.0, y / 60.0));
            }
            // The white core of the paper shows at the torn edge.
            let core = 0.4 + 2.2 * cloud(seed ^ 3, x / 5.0, y / 5.0);
            if inside < core {
                246.0 - 14.0 * cloud(seed ^ 4, x * 2.0, y * 2.0)
            } else {
                level
            }
        })
    }
}

/// A page torn in two through its symbol and mended with clear tape.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Mended {
    /// Displacement of the lower half, in millimetres to the right and down.
    pub slip_mm: (f32, f32),
    /// Rotation of the lower half.
    pub degrees: f32,
}

impl Mended {
    /// Tears and mends the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let focus = page.focus();
        let (sin, cos) = sin_cos(self.degrees);
        let rip = |x: f32| {
            let x_mm = x / per_mm;
            focus.y
                + per_mm
                    * (9.0 * (cloud(seed, x_mm / 40.0, 0.0) - 0.5)
                        + 1.4 * (cloud(seed ^ 1, x_mm / 2.0, 0.0) - 0.5)
                        + 6.0)
        };
        let rips: Vec<f32> = (0..page.width()).map(|x| rip(x as f32 + 0.5)).collect();
        let rip = |x: f32| rips[(x as usize).min(rips.len() - 1)];
        let moved = warp(
            page,
            &FrameSize::of(page),
            |_, _| 235,
            |at| {
                if at.y < rip(at.x) {
                    return at;
                }
                let (dx, dy) = (at.x - focus.x, at.y - focus.y);
                Point {
                    x: focus.x + cos * dx + sin * dy - self.slip_mm.0 * per_mm,
                    y: focus.y - sin * dx + cos * dy - self.slip_mm.1 * per_mm,
                }
            },
        );
        let tape_half = 9.5;
        moved.toned(|x, y, level| {
            let (px, py) = (x as f32, y as f32);
            let below = (py - rip(px)) / per_mm;
            let mut level = level;
            if below.abs() < 1.2 {
                // White fibres where one half overlaps the other.
                let fibre = 0.15 + 0.5 * cloud(seed ^ 2, px / per_mm, py / per_mm);
                let torn = 1.0 - step(fibre * 0.6, fibre, below.abs());
                level = mix(level, 243.0, torn * 0.9);
                let shade = 1.0 - step(0.0, 0.3, (below - fibre).abs());
                level *= 1.0 - 0.2 * shade;
            }
            let from_tape = (py - focus.y) / per_mm - 6.0;
            if from_tape.abs() > tape_half + 0.5 {
                return level;
            }
            let on_tape = 1.0 - step(tape_half - 0.1, tape_half + 0.1, from_tape.abs());
            let edge = 1.0 - step(0.0, 0.35, (from_tape.abs() - tape_half).abs());
            let gloss = 26.0
                * step(
                    0.45,
                    0.75,
                    cloud(seed ^ 3, px / per_mm / 14.0, py / per_mm / 9.0),
                );
            level = mix(level, level * 0.93 + 12.0 + gloss, on_tape);
            level * (1.0 - 0.12 * edge)
        })
    }
}
