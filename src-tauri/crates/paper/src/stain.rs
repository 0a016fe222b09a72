//! Coffee stains and water damage.

use crate::arithmetic::{mix, step};
use crate::blur::gaussian;
use crate::noise::{Field, cloud, grain, wave};
use crate::picture::{Picture, Point};
use crate::relief::{Viewpoint, raise};
use crate::warp::{FrameSize, warp};

/// The ring of a coffee cup, with drops around it.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Stain {
    /// Radius of the cup, in millimetres.
    pub radius_mm: f32,
    /// Share of the light that the ring absorbs at its darkest.
    pub depth: f32,
    /// Offset of the ring's centre from the symbol's, in millimetres.
    pub away_mm: (f32, f32),
}

impl Stain {
    /// Stains the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let focus = page.focus();
        let (cx, cy) = (
            focus.x + self.away_mm.0 * per_mm,
            focus.y + self.away_mm.1 * per_mm,
        );
        let drops = self.drops(seed ^ 2);
        let tint = Field::new(page.width(), page.height(), 3.0, |x, y| {
            cloud(seed ^ 1, (x - cx) / per_mm / 4.0, (y - cy) / per_mm / 4.0)
        });
        page.toned(|x, y, level| {
            let (px, py) = (x as f32, y as f32);
            let (dx, dy) = ((px - cx) / per_mm, (py - cy) / per_mm);
            let distance = (dx * dx + dy * dy).sqrt();
            let mut depth = 0.0;
            if distance < self.radius_mm + 5.0 {
                let uneven = tint.at(px, py);
                let inside = 1.0 - step(self.radius_mm - 2.0, self.radius_mm, distance);
                depth = inside * 0.12 * uneven;
                if distance > self.radius_mm - 5.0 {
                    depth += self.ring(seed, dx, dy, distance, uneven);
                }
            }
            for drop in &drops {
                depth = depth.max(drop.depth(seed ^ 3, dx, dy));
            }
            level * (1.0 - (self.depth * depth).min(0.95))
        })
    }

    /// Darkness of the ring at a position in millimetres from its centre.
    fn ring(&self, seed: u64, dx: f32, dy: f32, distance: f32, uneven: f32) -> f32 {
        let (ux, uy) = (dx / distance, dy / distance);
        // Around the cup, the ring is thick in some parts and broken in others.
        let thick = cloud(seed, ux * 1.7 + 5.0, uy * 1.7 + 5.0);
        let radius = self.radius_mm + (thick - 0.5) * 2.0;
        let half_width = mix(0.5, 3.2, thick);
        let off = (distance - radius) / half_width;
        let ring = (1.0 - step(0.35, 1.0, off.abs())) * step(0.22, 0.6, thick);
        // The outer rim dries darkest.
        let rim = (1.0 - step(0.0, 0.25, (off - 0.55).abs())) * step(0.2, 0.5, thick);
        ring * mix(0.45, 0.8, uneven) + rim * 0.5
    }

    /// Drops that fell next to the cup.
    fn drops(&self, seed: u64) -> [Drop; 9] {
        std::array::from_fn(|n| {
            let chance = |salt: i32| grain(seed, n as i32, salt);
            Drop {
                x: (chance(0) - 0.5) * 3.4 * self.radius_mm,
                y: (chance(1) - 0.5) * 3.4 * self.radius_mm,
                radius: mix(0.7, 4.5, chance(2) * chance(2)),
            }
        })
    }
}

/// A drop of coffee: its position relative to the ring's centre, and its radius, in millimetres.
struct Drop {
    x: f32,
    y: f32,
    radius: f32,
}

impl Drop {
    fn depth(&self, seed: u64, dx: f32, dy: f32) -> f32 {
        let (rx, ry) = (dx - self.x, dy - self.y);
        let distance = (rx * rx + ry * ry).sqrt() / self.radius;
        if distance > 1.1 {
            return 0.0;
        }
        let distance = distance + 0.25 * wave(seed, dx / 2.0, dy / 2.0);
        let body = 1.0 - step(0.9, 1.05, distance);
        let rim = 1.0 - step(0.0, 0.14, (distance - 0.93).abs());
        body * 0.4 + rim * 0.45
    }
}

/// Water on an inkjet print: ink runs, paper swells, and a tide line remains.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Soak {
    /// Approximate share of the page that was wet.
    pub share: f32,
    /// Distance that ink ran, in millimetres.
    pub run_mm: f32,
    /// Share of the ink that was washed away.
    pub washed: f32,
    /// Height of the waves in the dried paper, in millimetres.
    pub cockle_mm: f32,
}

impl Soak {
    /// Soaks and dries the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let focus = page.focus();
        // Wet above about 0.5. Water spread from the symbol as far as the share requires.
        let size = (page.width() as f32).max(page.height() as f32);
        let wet = Field::new(page.width(), page.height(), 4.0, |x, y| {
            let (dx, dy) = ((x - focus.x) / size, (y - focus.y) / size);
            let far = (dx * dx + dy * dy).sqrt();
            let ragged = cloud(seed, x / per_mm / 28.0, y / per_mm / 28.0) - 0.5;
            let reach = 0.1 + 0.75 * self.share;
            0.5 + (reach - far) * 3.0 + ragged * 1.1
        });
        let ran = self.ran(page, seed);
        let mixed = page.toned(|x, y, dry| {
            let (px, py) = (x as f32, y as f32);
            let wetness = wet.at(px, py);
            let was = step(0.46, 0.56, wetness);
            if was == 0.0 {
                return dry;
            }
            let ran = f32::from(ran.grey.get_pixel(x, y).0[0]);
            let ink = (250.0 - ran).max(0.0) * (1.0 - self.washed);
            let dull = 8.0 + 8.0 * wave(seed ^ 2, px / per_mm / 3.0, py / per_mm / 3.0);
            let level = mix(dry, 250.0 - ink - dull, was);
            // The tide line: dirt that the water carried to its edge.
            let edge = 1.0 - step(0.0, 0.05, (wetness - 0.52).abs());
            let inner = 1.0 - step(0.0, 0.04, (wetness - 0.8).abs());
            level * (1.0 - 0.22 * edge - 0.07 * inner)
        });
        let cockled = Field::new(page.width(), page.height(), 6.0, |x, y| {
            let (x_mm, y_mm) = (x / per_mm, y / per_mm);
            let long = wave(seed ^ 3, x_mm / 26.0, y_mm / 45.0) - 0.5;
            let short = wave(seed ^ 6, x_mm / 11.0, y_mm / 14.0) - 0.5;
            self.cockle_mm * (long + 0.2 * short) * step(0.4, 0.7, wet.at(x, y))
        });
        let view = Viewpoint {
            distance_mm: 380.0,
            aside: (0.15, 0.2),
            shading: 0.9,
            lamp: (0.8, 0.6),
        };
        raise(&mixed, &cockled, &view)
    }

    /// Lets all ink run: along the fibres in all directions, and slightly with the water.
    fn ran(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let run = self.run_mm * per_mm;
        let frayed = warp(
            page,
            &FrameSize::of(page),
            |_, _| 250,
            |at| {
                let (x, y) = (at.x / per_mm * 1.8, at.y / per_mm * 1.8);
                Point {
                    x: at.x + (wave(seed ^ 4, x, y) - 0.5) * run * 1.6,
                    y: at.y + (wave(seed ^ 5, x, y) - 0.55) * run * 1.6,
                }
            },
        );
        let mut ran = frayed;
        ran.grey = gaussian(&ran.grey, run * 0.6);
        ran.symbol = page.symbol;
        ran
    }
}
