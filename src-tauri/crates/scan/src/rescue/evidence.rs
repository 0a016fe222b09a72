//! Evidence for the colour of each module, with its certainty.

use zeroize::Zeroizing;

use super::canvas::Canvas;
use super::grid::Grid;
use super::layout::{MODULES, Module, SIDE, module};

/// One value per module, row by row: positive for dark, and the larger the more certain. Secret.
pub(super) type Evidence = Zeroizing<Vec<f32>>;

/// Samples each module at its centre.
pub(super) fn sampled(canvas: &Canvas, grid: &Grid) -> Evidence {
    Zeroizing::new(
        grid.centres()
            .into_iter()
            .map(|(x, y)| canvas.fine(x, y))
            .collect(),
    )
}

/// Offsets from a module's centre at which the filter samples, in modules.
const REACH: [f32; 5] = [-1.0, -0.5, 0.0, 0.5, 1.0];
/// Number of weights of the filter: one per sample, and a constant.
const WEIGHTS: usize = 26;

/// Removes the blur from neighbouring modules with a linear filter, fitted by least squares to the
/// modules whose colour is `known`.
pub(super) fn deblurred(canvas: &Canvas, grid: &Grid, known: &[f32]) -> Option<Evidence> {
    let centres = grid.centres();
    let row = |&(x, y): &(f32, f32)| {
        let mut row = [1.0f32; WEIGHTS];
        for (i, dy) in REACH.into_iter().enumerate() {
            for (j, dx) in REACH.into_iter().enumerate() {
                row[i * 5 + j] = canvas.fine(x + dx, y + dy);
            }
        }
        row
    };
    let rows: Zeroizing<Vec<[f32; WEIGHTS]>> = Zeroizing::new(centres.iter().map(row).collect());
    let mut normal = NormalEquations::new();
    for (row, &known) in rows.iter().zip(known) {
        if known != 0.0 {
            normal.add(row, known, known.abs());
        }
    }
    let weights = normal.solved()?;
    Some(Zeroizing::new(
        rows.iter()
            .map(|row| {
                row.iter()
                    .zip(weights)
                    .map(|(value, weight)| value * weight)
                    .sum()
            })
            .collect(),
    ))
}

/// Normal equations of a weighted least-squares fit.
struct NormalEquations {
    left: [[f64; WEIGHTS]; WEIGHTS],
    right: [f64; WEIGHTS],
    trace: f64,
}

impl NormalEquations {
    fn new() -> NormalEquations {
        NormalEquations {
            left: [[0.0; WEIGHTS]; WEIGHTS],
            right: [0.0; WEIGHTS],
            trace: 0.0,
        }
    }

    fn add(&mut self, row: &[f32; WEIGHTS], wanted: f32, weight: f32) {
        let wanted = wanted.signum();
        for i in 0..WEIGHTS {
            let value = f64::from(row[i] * weight);
            for (to, &other) in self.left[i][..=i].iter_mut().zip(row) {
                *to += value * f64::from(other);
            }
            self.right[i] += value * f64::from(wanted);
            self.trace += value * f64::from(row[i]);
        }
    }

    /// Solves by Cholesky decomposition, with a ridge that keeps weights small if few modules are
    /// known.
    fn solved(mut self) -> Option<[f32; WEIGHTS]> {
        const RIDGE: f64 = 0.012;
        let ridge = RIDGE * self.trace / WEIGHTS as f64;
        for i in 0..WEIGHTS {
            self.left[i][i] += ridge;
            for j in 0..=i {
                let mut sum = self.left[i][j];
                for k in 0..j {
                    sum -= self.left[i][k] * self.left[j][k];
                }
                if i == j {
                    if sum <= 0.0 {
                        return None;
                    }
                    self.left[i][i] = sum.sqrt();
                } else {
                    self.left[i][j] = sum / self.left[j][j];
                }
            }
        }
        let mut solution = self.right;
        for i in 0..WEIGHTS {
            for k in 0..i {
                solution[i] -= self.left[i][k] * solution[k];
            }
            solution[i] /= self.left[i][i];
        }
        for i in (0..WEIGHTS).rev() {
            for k in i + 1..WEIGHTS {
                solution[i] -= self.left[k][i] * solution[k];
            }
            solution[i] /= self.left[i][i];
        }
        Some(solution.map(|weight| weight as f32))
    }
}

/// Reduces the certainty of uniform areas: covers cause them, masked data hardly ever does.
pub(super) fn discount_uniform_areas(evidence: &mut Evidence) {
    let data: Vec<bool> = (0..MODULES)
        .map(|at| module(at % SIDE, at / SIDE) == Module::Data)
        .collect();
    let mut trust = vec![1.0f32; MODULES];
    for (side, least, factor) in [(3, 8, 0.45), (4, 12, 0.1), (5, 16, 0.02)] {
        for y in 0..=SIDE - side {
            for x in 0..=SIDE - side {
                let area = || (0..side * side).map(|i| (y + i / side) * SIDE + x + i % side);
                let count = area().filter(|&at| data[at]).count();
                let dark = area().filter(|&at| evidence[at] > 0.0).count();
                if count >= least && (dark == 0 || dark == side * side) {
                    for at in area() {
                        trust[at] = trust[at].min(factor);
                    }
                }
            }
        }
    }
    for (value, trust) in evidence.iter_mut().zip(trust) {
        *value *= trust;
    }
}
