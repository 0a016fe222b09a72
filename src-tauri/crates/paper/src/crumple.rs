//! A page that was crumpled into a ball and flattened.

use crate::arithmetic::{mix, sin_cos, step};
use crate::noise::{Field, bits, cloud, grain, wave};
use crate::picture::Picture;
use crate::relief::{Viewpoint, raise};

/// Crumpled paper: flat facets of several sizes with creases between them.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Crumple {
    /// Height of the facets' corners, in millimetres.
    pub height_mm: f32,
    /// Length of the largest facets, in millimetres.
    pub facet_mm: f32,
    /// Share of the ink lost along the creases.
    pub ink_loss: f32,
}

/// One of several layers of creases with different sizes.
struct Layer {
    seed: u64,
    sin: f32,
    cos: f32,
    size_mm: f32,
    height_mm: f32,
}

impl Layer {
    /// Returns the height in millimetres at a position in millimetres, and the closeness of a
    /// crease: 0 on it, up to 1.
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        // The lattice of corners is distorted so that its rows do not show.
        let bent = |n: u64| {
            wave(
                self.seed ^ n,
                x / self.size_mm / 1.7,
                y / self.size_mm / 1.7,
            ) - 0.5
        };
        let u = (x * self.cos + y * self.sin) / self.size_mm + 1.5 * bent(1);
        let v = (y * self.cos - x * self.sin) / self.size_mm + 1.5 * bent(2);
        let (column, row) = (u.floor(), v.floor());
        let (fu, fv) = (u - column, v - row);
        let (i, j) = (column as i32, row as i32);
        let corner = |di, dj| grain(self.seed, i + di, j + dj) - 0.5;
        // Each cell is divided into two triangles along one diagonal or the other.
        let rising = bits(self.seed ^ 3, i, j) & 1 == 0;
        let fu_here = if rising { fu } else { 1.0 - fu };
        let (near, far) = if rising { (0, 1) } else { (1, 0) };
        let (a, b) = (corner(near, 0), corner(far, 1));
        // Weights of the corners at the diagonal's start and end, and of the third corner.
        let (third, weights) = if fu_here > fv {
            (corner(far, 0), [1.0 - fu_here, fv, fu_here - fv])
        } else {
            (corner(near, 1), [1.0 - fv, fu_here, fv - fu_here])
        };
        let height = a * weights[0] + b * weights[1] + third * weights[2];
        let crease = weights.iter().copied().fold(1.0, f32::min);
        (height * self.height_mm, crease)
    }
}

impl Crumple {
    fn layers(&self, seed: u64) -> [Layer; 3] {
        [(1.0, 1.0), (0.47, 0.42), (0.21, 0.15)].map(|(size, height)| {
            let n = (size * 100.0) as u64;
            let (sin, cos) = sin_cos(90.0 * grain(seed, n as i32, 7));
            Layer {
                seed: seed ^ (n << 32),
                sin,
                cos,
                size_mm: self.facet_mm * size,
                height_mm: self.height_mm * height,
            }
        })
    }

    /// Crumples and flattens the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let per_mm = page.per_mm();
        let layers = self.layers(seed);
        let heights = Field::new(page.width(), page.height(), 3.0, |x, y| {
            let (x, y) = (x / per_mm, y / per_mm);
            layers.iter().map(|layer| layer.at(x, y).0).sum()
        });
        let wear = Field::new(page.width(), page.height(), 2.0, |x, y| {
            let (x, y) = (x / per_mm, y / per_mm);
            let worn = |layer: &Layer, share: f32| {
                let crease = layer.at(x, y).1 * layer.size_mm;
                share * (1.0 - step(0.1, 0.9, crease))
            };
            worn(&layers[0], 1.0).max(worn(&layers[1], 0.6))
        });
        let worn = page.toned(|x, y, level| {
            let (px, py) = (x as f32, y as f32);
            let wear = wear.at(px, py);
            if wear == 0.0 {
                return level;
            }
            let flakes = cloud(seed ^ 60, px / per_mm * 2.0, py / per_mm * 2.0);
            mix(
                level,
                236.0,
                wear * step(0.35, 0.65, flakes) * self.ink_loss,
            )
        });
        let view = Viewpoint {
            distance_mm: 380.0,
            aside: (0.2, 0.15),
            shading: 0.8,
            lamp: (0.7, 0.71),
        };
        raise(&worn, &heights, &view)
    }
}
