//! Covers over a part of the symbol.

use crate::arithmetic::mix;
use crate::noise::grain;
use crate::picture::{Picture, Point};

/// Shape of a cover. The first four leave out the three finder patterns; most decoders cannot find
/// a symbol if one of these is missing.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A square in the lower right corner.
    Corner,
    /// A stripe from side to side, between the finder patterns.
    Across,
    /// A stripe from top to bottom, between the finder patterns.
    Upright,
    /// Round blotches all over.
    Blotches,
    /// A square in the upper left corner, over the finder pattern.
    UpperLeft,
    /// A square in the upper right corner, over the finder pattern.
    UpperRight,
    /// A square in the lower left corner, over the finder pattern.
    LowerLeft,
    /// A round patch anywhere.
    Patch,
}

/// A cover over a share of the symbol.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Cover {
    /// Share of the symbol's area, from 0 to 0.4.
    pub share: f32,
    /// Its shape.
    pub shape: Shape,
    /// Its level: 255 for paper, 0 for ink.
    pub level: u8,
}

/// The side of a finder pattern with its white border, as a share of a version 5 symbol's 37
/// modules.
const FINDER: f32 = 8.0 / 37.0;
/// Radius of a blotch, as a share of the symbol's side: two modules.
const BLOTCH: f32 = 2.0 / 37.0;

impl Cover {
    /// Puts the cover on the page. Returns the page unchanged if it has no symbol.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let Some(corners) = page.symbol else {
            return page.clone();
        };
        let centres = match self.shape {
            Shape::Blotches => blotches(self.share, seed),
            Shape::Patch => vec![patch(self.share, seed)],
            Shape::Corner
            | Shape::Across
            | Shape::Upright
            | Shape::UpperLeft
            | Shape::UpperRight
            | Shape::LowerLeft => Vec::new(),
        };
        page.toned(|x, y, level| {
            let at = Point {
                x: x as f32 + 0.5,
                y: y as f32 + 0.5,
            };
            match within(&corners, at) {
                Some((u, v)) if self.covers(u, v, &centres) => f32::from(self.level),
                _ => level,
            }
        })
    }

    /// Whether a position is covered, in sides of the symbol from its upper left corner.
    fn covers(&self, u: f32, v: f32, centres: &[(f32, f32)]) -> bool {
        let half = self.share / 2.0;
        let side = self.share.sqrt();
        match self.shape {
            Shape::Corner => u.min(v) > 1.0 - side,
            Shape::UpperLeft => u.max(v) < side,
            Shape::UpperRight => (1.0 - u).max(v) < side,
            Shape::LowerLeft => u.max(1.0 - v) < side,
            Shape::Across => (v - 0.5).abs() < half,
            Shape::Upright => (u - 0.5).abs() < half,
            Shape::Blotches => {
                !in_finder(u, v)
                    && centres.iter().any(|&(x, y)| {
                        let (dx, dy) = (u - x, v - y);
                        dx * dx + dy * dy < BLOTCH * BLOTCH
                    })
            }
            Shape::Patch => centres.iter().any(|&(x, y)| {
                let (dx, dy) = (u - x, v - y);
                (dx * dx + dy * dy) * std::f32::consts::PI < self.share
            }),
        }
    }
}

fn in_finder(u: f32, v: f32) -> bool {
    let near = |position: f32| position < FINDER;
    let far = |position: f32| position > 1.0 - FINDER;
    (near(u) && (near(v) || far(v))) || (far(u) && near(v))
}

/// Centres of as many blotches as cover the share, measured on a fine grid.
fn blotches(share: f32, seed: u64) -> Vec<(f32, f32)> {
    const GRID: usize = 148;
    let mut covered = vec![false; GRID * GRID];
    let mut count = 0;
    let mut blotches = Vec::new();
    for n in 0..1000 {
        if count as f32 >= share * (GRID * GRID) as f32 {
            break;
        }
        let (x, y) = (grain(seed, n, 0), grain(seed, n, 1));
        blotches.push((x, y));
        for (i, cell) in covered.iter_mut().enumerate() {
            let u = ((i % GRID) as f32 + 0.5) / GRID as f32;
            let v = ((i / GRID) as f32 + 0.5) / GRID as f32;
            let (dx, dy) = (u - x, v - y);
            if !*cell && dx * dx + dy * dy < BLOTCH * BLOTCH && !in_finder(u, v) {
                *cell = true;
                count += 1;
            }
        }
    }
    blotches
}

/// Centre of a patch that lies completely on the symbol.
fn patch(share: f32, seed: u64) -> (f32, f32) {
    let radius = (share / std::f32::consts::PI).sqrt();
    let coordinate = |axis| mix(radius, 1.0 - radius, grain(seed, 0, axis));
    (coordinate(0), coordinate(1))
}

/// Position in sides of a parallelogram given by its corners; `None` outside.
fn within(corners: &[Point; 4], at: Point) -> Option<(f32, f32)> {
    let [origin, right, _, below] = corners;
    let (ax, ay) = (right.x - origin.x, right.y - origin.y);
    let (bx, by) = (below.x - origin.x, below.y - origin.y);
    let (dx, dy) = (at.x - origin.x, at.y - origin.y);
    let area = ax * by - ay * bx;
    let (u, v) = ((dx * by - dy * bx) / area, (ax * dy - ay * dx) / area);
    ((0.0..1.0).contains(&u) && (0.0..1.0).contains(&v)).then_some((u, v))
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    #[test]
    fn every_shape_covers_its_share_and_only_the_finder_pattern_in_its_name() {
        let corner = |x, y| Point { x, y };
        let symbol = [
            corner(20.0, 30.0),
            corner(390.0, 30.0),
            corner(390.0, 400.0),
            corner(20.0, 400.0),
        ];
        let grey = GrayImage::from_pixel(420, 430, Luma([255]));
        let page = Picture::new(grey, 150.0, Some(symbol));
        for shape in [
            Shape::Corner,
            Shape::Across,
            Shape::Upright,
            Shape::Blotches,
            Shape::UpperLeft,
            Shape::UpperRight,
            Shape::LowerLeft,
            Shape::Patch,
        ] {
            for share in [0.05f32, 0.2, 0.3] {
                let cover = Cover {
                    share,
                    shape,
                    level: 0,
                };
                let covered = cover.on(&page, 4);
                let count = covered.grey.iter().filter(|&&level| level == 0).count();
                let measured = count as f32 / (370.0 * 370.0);
                assert!(
                    (measured - share).abs() < 0.012,
                    "{shape:?} {share} {measured}"
                );
                let centres = [(30, 40), (380, 40), (30, 390)];
                let free = centres.map(|(x, y)| covered.grey.get_pixel(x, y).0 == [255]);
                match shape {
                    Shape::UpperLeft => assert_eq!(free, [false, true, true]),
                    Shape::UpperRight => assert_eq!(free, [true, false, true]),
                    Shape::LowerLeft => assert_eq!(free, [true, true, false]),
                    // A patch may cover any of them.
                    Shape::Patch => {}
                    Shape::Corner | Shape::Across | Shape::Upright | Shape::Blotches => {
                        assert_eq!(free, [true; 3], "{shape:?}");
                    }
                }
            }
        }
    }
}
