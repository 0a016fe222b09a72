//! Fits the grid of modules to the rectified symbol: first as a plane, then bent, then by a mesh.
//!
//! The fit is guided by the modules whose colour is known (finder, timing and alignment patterns,
//! and the white margin) and by the contrast of the others: a grid that is aligned with the centres
//! of modules finds them clearly dark or light.

use super::canvas::{Canvas, Projection};
use super::layout::{MODULES, Module, SIDE, module};
use super::placement::Corners;

/// Control points per side of the mesh.
const KNOTS: usize = 7;
/// Distance between neighbouring control points, in modules.
const SPACING: f32 = SIDE as f32 / (KNOTS - 1) as f32;
/// Penalty of a control point for the squared distance from the mean of its neighbours, in modules.
const STIFFNESS: f32 = 14.0;
/// Weight of an unknown module, relative to a known one.
const UNKNOWN: f32 = 0.4;
/// Contrast above which more contrast does not improve the score.
const MAX_CONTRAST: f32 = 1.2;

/// A point of the grid, with its expected colour.
struct Spot {
    u: f32,
    v: f32,
    /// 1 dark, −1 light, 0 unknown.
    expected: f32,
    weight: f32,
}

/// A grid over a canvas.
pub(super) struct Grid {
    spots: Vec<Spot>,
    corners: Corners,
    /// Position of each spot on the plane.
    plane: Vec<(f32, f32)>,
    /// Displacement of each control point, in modules.
    knots: [(f32, f32); KNOTS * KNOTS],
}

impl Grid {
    /// Creates a grid that coincides with the canvas.
    pub(super) fn new() -> Grid {
        let end = SIDE as f32;
        let mut spots = Vec::with_capacity(MODULES + 8 * SIDE);
        for at in 0..MODULES {
            let (x, y) = (at % SIDE, at / SIDE);
            let (expected, weight) = match module(x, y) {
                Module::Fixed(dark) => {
                    let timing = (x == 6 || y == 6) && (8..SIDE - 8).contains(&x.max(y));
                    let weight = if timing {
                        2.5
                    } else if x > 20 && y > 20 {
                        1.5
                    } else {
                        1.0
                    };
                    (if dark { 1.0 } else { -1.0 }, weight)
                }
                Module::Format(_) | Module::Data => (0.0, UNKNOWN),
            };
            spots.push(Spot {
                u: x as f32 + 0.5,
                v: y as f32 + 0.5,
                expected,
                weight,
            });
        }
        for i in 0..SIDE {
            let along = i as f32 + 0.5;
            for (u, v) in [
                (along, -0.7),
                (along, end + 0.7),
                (-0.7, along),
                (end + 0.7, along),
            ] {
                spots.push(Spot {
                    u,
                    v,
                    expected: -1.0,
                    weight: 0.6,
                });
            }
        }
        let mut grid = Grid {
            spots,
            corners: [(0.0, 0.0), (end, 0.0), (end, end), (0.0, end)],
            plane: Vec::new(),
            knots: [(0.0, 0.0); KNOTS * KNOTS],
        };
        grid.plane = grid.projected(&grid.corners);
        grid
    }

    /// Corners of the plane, in modules of the canvas.
    pub(super) fn corners(&self) -> &Corners {
        &self.corners
    }

    fn projected(&self, corners: &Corners) -> Vec<(f32, f32)> {
        let projection = Projection::onto(corners);
        let end = SIDE as f32;
        self.spots
            .iter()
            .map(|spot| projection.at(spot.u / end, spot.v / end))
            .collect()
    }

    /// Moves the corners so that the known modules agree best. `steps` are step lengths in modules,
    /// in descending order.
    pub(super) fn fit_plane(&mut self, canvas: &Canvas, steps: &[f32]) {
        let known: Vec<usize> = (0..self.spots.len())
            .filter(|&i| self.spots[i].expected != 0.0)
            .collect();
        let score = |corners: &Corners| {
            let projection = Projection::onto(corners);
            known
                .iter()
                .map(|&i| {
                    let spot = &self.spots[i];
                    let (x, y) = projection.at(spot.u / SIDE as f32, spot.v / SIDE as f32);
                    spot.weight * agreement(canvas.coarse(x, y), spot.expected)
                })
                .sum::<f32>()
        };
        let mut best = score(&self.corners);
        let mut corners = self.corners;
        for &step in steps {
            for _ in 0..12 {
                let before = best;
                for direction in directions() {
                    for sign in [step, -step] {
                        let mut moved = corners;
                        for (corner, (x, y)) in moved.iter_mut().zip(direction) {
                            corner.0 += sign * x;
                            corner.1 += sign * y;
                        }
                        let now = score(&moved);
                        if now > best {
                            (best, corners) = (now, moved);
                        }
                    }
                }
                if best - before < 0.5 {
                    break;
                }
            }
        }
        self.corners = corners;
        self.plane = self.projected(&corners);
    }

    /// Agreement of the known modules, at most about 1.
    pub(super) fn likeness(&self, canvas: &Canvas) -> f32 {
        let (mut sum, mut most) = (0.0, 0.0);
        for (i, spot) in self.spots.iter().enumerate() {
            if spot.expected != 0.0 {
                let (x, y) = self.position(i);
                let seen = canvas.fine(x, y) * spot.expected;
                sum += spot.weight * seen.clamp(-1.0, 1.0);
                most += spot.weight;
            }
        }
        sum / most
    }

    /// Adds known modules, by row × [`SIDE`] + column, with whether they are dark.
    pub(super) fn learn(&mut self, modules: &[(usize, bool)]) {
        for &(at, dark) in modules {
            let spot = &mut self.spots[at];
            if spot.expected == 0.0 {
                spot.expected = if dark { 1.0 } else { -1.0 };
                spot.weight = 1.0;
            }
        }
    }

    /// Bends the plane by a few smooth curves, like rolled or folded paper.
    pub(super) fn bend(&mut self, canvas: &Canvas) {
        let half = SIDE as f32 / 2.0;
        let bends: Vec<[f32; CURVES]> = self
            .spots
            .iter()
            .map(|spot| curves(spot.u / half - 1.0, spot.v / half - 1.0))
            .collect();
        let score = |amounts: &[[f32; CURVES]; 2]| {
            let mut sum = 0.0;
            for ((spot, &(x, y)), curves) in self.spots.iter().zip(&self.plane).zip(&bends) {
                let by = amounts.map(|amounts| {
                    amounts
                        .iter()
                        .zip(curves)
                        .map(|(amount, it)| amount * it)
                        .sum::<f32>()
                });
                let seen = canvas.coarse(x + by[0], y + by[1]);
                sum += spot.weight * agreement(seen, spot.expected);
            }
            sum
        };
        let mut amounts = [[0.0; CURVES]; 2];
        let mut best = score(&amounts);
        for step in [0.8, 0.4, 0.2, 0.1] {
            for _ in 0..6 {
                let before = best;
                for axis in 0..2 {
                    for curve in 0..CURVES {
                        for sign in [step, -step] {
                            let mut moved = amounts;
                            moved[axis][curve] += sign;
                            let now = score(&moved);
                            if now > best {
                                (best, amounts) = (now, moved);
                            }
                        }
                    }
                }
                if best - before < 1.0 {
                    break;
                }
            }
        }
        for (i, knot) in self.knots.iter_mut().enumerate() {
            let position = |n: usize| n as f32 * SPACING / half - 1.0;
            let curves = curves(position(i % KNOTS), position(i / KNOTS));
            let [x, y] = amounts.map(|amounts| {
                amounts
                    .iter()
                    .zip(curves)
                    .map(|(amount, it)| amount * it)
                    .sum::<f32>()
            });
            *knot = (knot.0 + x, knot.1 + y);
        }
    }

    /// Moves each control point to where the modules around it agree best and have the most
    /// contrast.
    pub(super) fn relax(&mut self, canvas: &Canvas, steps: &[f32]) {
        let influence = self.influence();
        let coarse = steps.iter().copied().fold(0.0, f32::max);
        for &step in steps {
            let look = |x: f32, y: f32| {
                if step > 0.3 && coarse > 0.3 {
                    canvas.coarse(x, y)
                } else {
                    canvas.fine(x, y)
                }
            };
            for _ in 0..4 {
                let mut moved = false;
                for (knot, near) in influence.iter().enumerate() {
                    let (rest_x, rest_y) = self.rest(knot);
                    let here = self.knots[knot];
                    let spots: Vec<(f32, f32, f32, usize)> = near
                        .iter()
                        .map(|&(spot, share)| {
                            let (x, y) = self.position(spot);
                            (x, y, share, spot)
                        })
                        .collect();
                    let score = |dx: f32, dy: f32| {
                        let (x, y) = (here.0 + dx - rest_x, here.1 + dy - rest_y);
                        let mut sum = -STIFFNESS * (x * x + y * y);
                        for &(x, y, share, spot) in &spots {
                            let spot = &self.spots[spot];
                            let seen = look(x + share * dx, y + share * dy);
                            sum += spot.weight * agreement(seen, spot.expected);
                        }
                        sum
                    };
                    let mut best = (score(0.0, 0.0) + 0.05, 0.0, 0.0);
                    for (dx, dy) in COMPASS {
                        let now = score(dx * step, dy * step);
                        if now > best.0 {
                            best = (now, dx * step, dy * step);
                        }
                    }
                    if best.1 != 0.0 || best.2 != 0.0 {
                        self.knots[knot] = (here.0 + best.1, here.1 + best.2);
                        moved = true;
                    }
                }
                if !moved {
                    break;
                }
            }
        }
    }

    /// Returns the spots around each control point, with their share of its displacement.
    fn influence(&self) -> Vec<Vec<(usize, f32)>> {
        let mut influence = vec![Vec::new(); KNOTS * KNOTS];
        for (i, spot) in self.spots.iter().enumerate() {
            for (knot, share) in shares(spot.u, spot.v) {
                if share > 0.0 {
                    influence[knot].push((i, share));
                }
            }
        }
        influence
    }

    /// Mean displacement of a control point's neighbours.
    fn rest(&self, knot: usize) -> (f32, f32) {
        let (x, y) = (knot % KNOTS, knot / KNOTS);
        let (mut sum, mut count) = ((0.0f32, 0.0f32), 0.0f32);
        let mut neighbours = Vec::with_capacity(4);
        if (1..KNOTS - 1).contains(&x) {
            neighbours.extend([knot - 1, knot + 1]);
        }
        if (1..KNOTS - 1).contains(&y) {
            neighbours.extend([knot - KNOTS, knot + KNOTS]);
        }
        if neighbours.is_empty() {
            // A corner has only its two neighbours.
            neighbours.push(if x == 0 { knot + 1 } else { knot - 1 });
            neighbours.push(if y == 0 { knot + KNOTS } else { knot - KNOTS });
        }
        for neighbour in neighbours {
            sum.0 += self.knots[neighbour].0;
            sum.1 += self.knots[neighbour].1;
            count += 1.0;
        }
        (sum.0 / count, sum.1 / count)
    }

    /// Position of a spot on the canvas, in modules.
    fn position(&self, spot: usize) -> (f32, f32) {
        let (x, y) = self.plane[spot];
        let (dx, dy) = self.displacement(self.spots[spot].u, self.spots[spot].v);
        (x + dx, y + dy)
    }

    fn displacement(&self, u: f32, v: f32) -> (f32, f32) {
        shares(u, v)
            .into_iter()
            .fold((0.0, 0.0), |(x, y), (knot, share)| {
                (
                    x + share * self.knots[knot].0,
                    y + share * self.knots[knot].1,
                )
            })
    }

    /// Positions of the centres of all modules on the canvas, row by row, in modules.
    pub(super) fn centres(&self) -> Vec<(f32, f32)> {
        (0..MODULES).map(|spot| self.position(spot)).collect()
    }

    /// Expected colour of each module, row by row: 1 dark, −1 light, 0 unknown.
    pub(super) fn expected(&self) -> impl Iterator<Item = f32> + '_ {
        self.spots[..MODULES].iter().map(|spot| spot.expected)
    }
}

/// Returns the four control points around a point, each with its weight in bilinear interpolation.
fn shares(u: f32, v: f32) -> [(usize, f32); 4] {
    let cell = |at: f32| {
        let at = (at / SPACING).clamp(0.0, (KNOTS - 1) as f32 - 1.0e-3);
        (at as usize, at.fract())
    };
    let ((x, dx), (y, dy)) = (cell(u), cell(v));
    let knot = y * KNOTS + x;
    [
        (knot, (1.0 - dx) * (1.0 - dy)),
        (knot + 1, dx * (1.0 - dy)),
        (knot + KNOTS, (1.0 - dx) * dy),
        (knot + KNOTS + 1, dx * dy),
    ]
}

fn agreement(seen: f32, expected: f32) -> f32 {
    let seen = seen.clamp(-MAX_CONTRAST, MAX_CONTRAST);
    if expected == 0.0 {
        seen.abs()
    } else {
        seen * expected
    }
}

/// Directions in which the corners move together: each alone, all, stretching, shearing and
/// rotating.
fn directions() -> Vec<[(f32, f32); 4]> {
    let mut directions = Vec::new();
    for patterns in [
        [1.0, 1.0, 1.0, 1.0],
        [-1.0, 1.0, 1.0, -1.0],
        [-1.0, -1.0, 1.0, 1.0],
        [-1.0, 1.0, -1.0, 1.0],
        [0.0, 0.0, 1.0, 0.0],
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 1.0],
    ] {
        directions.push(patterns.map(|it| (it, 0.0)));
        directions.push(patterns.map(|it| (0.0, it)));
    }
    directions
}

const COMPASS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.0, -1.0),
    (0.7, 0.7),
    (-0.7, 0.7),
    (0.7, -0.7),
    (-0.7, -0.7),
];

/// Number of curves on a square from −1 to 1 that keep its corners fixed.
const CURVES: usize = 7;

fn curves(s: f32, t: f32) -> [f32; CURVES] {
    let (across, down) = (1.0 - s * s, 1.0 - t * t);
    [
        across,
        down,
        across * t,
        down * s,
        across * s * 2.0,
        down * t * 2.0,
        across * down,
    ]
}
