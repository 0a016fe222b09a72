//! Folds: flat panels, with creases that lose their ink.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::{Field, cloud, wave};
use crate::picture::{Picture, Point};
use crate::relief::{Viewpoint, raise};

/// A page that was folded and unfolded.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Fold {
    /// Number of creases from side to side. The first passes through the symbol, away from its
    /// centre.
    pub across: u32,
    /// Number of creases from top to bottom. The first passes through the symbol.
    pub upright: u32,
    /// Height of the panels above the table, in millimetres.
    pub lift_mm: f32,
    /// Share of the ink lost along a crease.
    pub ink_loss: f32,
    /// Width of a worn crease, in millimetres.
    pub wear_mm: f32,
}

/// A crease: a line through the page.
struct Crease {
    through: Point,
    /// Unit normal of the line.
    normal: (f32, f32),
    /// Height in millimetres; negative for a valley.
    lift: f32,
}

impl Crease {
    /// Signed distance from the line, in pixels.
    fn distance(&self, x: f32, y: f32) -> f32 {
        (x - self.through.x) * self.normal.0 + (y - self.through.y) * self.normal.1
    }
}

impl Fold {
    /// Folds and unfolds the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let creases = self.creases(page, seed);
        let size = (page.width() as f32, page.height() as f32);
        let reach = size.0.max(size.1) / 2.0;
        let heights = Field::new(page.width(), page.height(), 3.0, |x, y| {
            creases
                .iter()
                .map(|crease| {
                    let distance = crease.distance(x, y).abs();
                    // Paper is stiff, so a crease is rounded over about a millimetre.
                    let round = per_mm * 0.8;
                    let distance = (distance * distance + round * round).sqrt();
                    crease.lift * (1.0 - distance / reach)
                })
                .sum::<f32>()
        });
        let view = Viewpoint {
            distance_mm: 380.0,
            aside: (0.12, 0.1),
            shading: 1.1,
            lamp: (0.6, 0.8),
        };
        raise(&self.worn(page, &creases, seed), &heights, &view)
    }

    fn creases(&self, page: &Picture, seed: u64) -> Vec<Crease> {
        let focus = page.focus();
        let per_mm = page.per_mm();
        let crease = |n: u32, upright: bool| {
            let chance = |salt: u64| {
                wave(
                    seed ^ salt,
                    n as f32 * 3.0,
                    f32::from(u8::from(upright)) * 3.0,
                )
            };
            let lean = (chance(1) - 0.5) * 3.0;
            let (sin, cos) = sin_cos(if upright { lean } else { 90.0 + lean });
            // The first crease is within 20 mm of the symbol's centre, further ones at intervals of
            // 70 mm.
            let away =
                (chance(2) - 0.5) * 40.0 + n as f32 * if chance(3) < 0.5 { 70.0 } else { -70.0 };
            let (away_x, away_y) = if upright { (away, 0.0) } else { (0.0, away) };
            let lift = self.lift_mm * mix(0.6, 1.0, chance(4));
            Crease {
                through: Point {
                    x: focus.x + away_x * per_mm,
                    y: focus.y + away_y * per_mm,
                },
                normal: (cos, sin),
                lift: if (n + u32::from(upright)).is_multiple_of(2) {
                    lift
                } else {
                    -lift
                },
            }
        };
        let across = (0..self.across).map(|n| crease(n, false));
        across
            .chain((0..self.upright).map(|n| crease(n, true)))
            .collect()
    }

    fn worn(&self, page: &Picture, creases: &[Crease], seed: u64) -> Picture {
        let per_mm = page.per_mm();
        page.toned(|x, y, level| {
            let (px, py) = (x as f32, y as f32);
            let (x_mm, y_mm) = (px / per_mm, py / per_mm);
            let mut level = level;
            for crease in creases {
                let distance = crease.distance(px, py).abs() / per_mm;
                if distance > self.wear_mm + 1.0 {
                    continue;
                }
                let distance = distance + (wave(seed ^ 8, x_mm / 2.0, y_mm / 2.0) - 0.5) * 0.4;
                let near = 1.0 - step(self.wear_mm * 0.3, self.wear_mm, distance);
                let flakes = step(0.3, 0.7, cloud(seed ^ 9, x_mm * 2.5, y_mm * 2.5));
                let lost = near * (self.ink_loss * 1.6 * flakes + self.ink_loss * 0.4).min(1.0);
                level = mix(level, 238.0, lost);
                // Broken fibres collect dirt.
                let line = 1.0 - step(0.0, 0.25, distance.abs());
                level *= 1.0 - 0.14 * line;
            }
            level
        })
    }
}
