//! A page that was crushed into a ball and smoothed again.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::{Field, cloud, grain, wave};
use crate::picture::Picture;
use crate::relief::{View, raise};

/// Crumpled paper.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Crumple {
    /// Height of the facets, in millimetres.
    pub height_mm: f32,
    /// Their size, in millimetres.
    pub facet_mm: f32,
    /// Share of the ink lost along the ridges.
    pub ink_loss: f32,
}

/// Ridges in so many directions.
const DIRECTIONS: u64 = 6;

impl Crumple {
    /// The page, smoothed.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        // Each direction folds the page to and fro; the folds wander, and fade here and there.
        let ridges: Vec<_> = (0..DIRECTIONS)
            .map(|n| {
                let (sin, cos) =
                    sin_cos(180.0 * (n as f32 + grain(seed, n as i32, 0)) / DIRECTIONS as f32);
                let length = self.facet_mm * mix(0.7, 1.9, grain(seed, n as i32, 1));
                let shift = 9.0 * grain(seed, n as i32, 2);
                (n, cos / length, sin / length, shift)
            })
            .collect();
        // Where between two folds a place is, 0 on one and 1 on the other; and how sharp they are there.
        let folded = |n: u64, across: f32, x_mm: f32, y_mm: f32| {
            let wander = 1.6 * cloud(seed ^ (100 + n), x_mm / 38.0, y_mm / 38.0);
            let turns = across + wander;
            let within = turns - turns.floor();
            let apart = if within < 0.5 { within } else { 1.0 - within } * 2.0;
            let sharp = step(0.35, 0.65, wave(seed ^ (200 + n), x_mm / 30.0, y_mm / 30.0));
            (apart, sharp)
        };
        let heights = Field::new(page.width(), page.height(), 4.0, |x, y| {
            let (x_mm, y_mm) = (x / per_mm, y / per_mm);
            let sum: f32 = ridges
                .iter()
                .map(|&(n, cos, sin, shift)| {
                    let (apart, sharp) = folded(n, x_mm * cos + y_mm * sin + shift, x_mm, y_mm);
                    (apart - 0.5) * sharp
                })
                .sum();
            let swell = cloud(seed ^ 50, x_mm / 60.0, y_mm / 60.0) - 0.5;
            self.height_mm * (sum * 0.55 + swell * 3.0)
        });
        let wear = Field::new(page.width(), page.height(), 2.0, |x, y| {
            let (x_mm, y_mm) = (x / per_mm, y / per_mm);
            ridges
                .iter()
                .map(|&(n, cos, sin, shift)| {
                    let (apart, sharp) = folded(n, x_mm * cos + y_mm * sin + shift, x_mm, y_mm);
                    (1.0 - step(0.0, 0.09, apart)) * sharp
                })
                .fold(0.0, f32::max)
        });
        let worn = page.toned(|x, y, level| {
            let (px, py) = (x as f32, y as f32);
            let flakes = step(
                0.35,
                0.65,
                cloud(seed ^ 60, px / per_mm * 2.0, py / per_mm * 2.0),
            );
            mix(level, 236.0, wear.at(px, py) * flakes * self.ink_loss)
        });
        let view = View {
            distance_mm: 380.0,
            aside: (0.2, 0.15),
            shading: 0.75,
            lamp: (0.7, 0.71),
        };
        raise(&worn, &heights, &view)
    }
}
