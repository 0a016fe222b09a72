//! Positions of the QR symbols on all pages of a set.

use crate::blocks::capital_height;
use crate::model::Paper;
use crate::pages::dimensions::{BOTTOM, LABEL, MARGIN, TEXT, TOP};
use crate::qr::QUIET_ZONE;

/// A dot of a printer or scanner at 150 dpi. Modules are whole dots and start on one, so that at
/// this resolution and its multiples all are equally wide.
const DOT: f32 = 25.4 / 150.0;

/// Dots of a module in order of preference: 0.85, 0.68 and 0.51 mm.
const DOTS: [f32; 3] = [5.0, 4.0, 3.0];

/// White around a symbol and between it and its label, in modules (ISO/IEC 18004 §6.3.8).
const QUIET: f32 = QUIET_ZONE as f32;

/// A grid of symbols. Its size depends on their number and version: few symbols are drawn larger.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    paper: Paper,
    columns: usize,
    /// Side of a module.
    pub(crate) module: f32,
    /// Side of a symbol.
    side: f32,
    /// Upper edge of the first row.
    pub(crate) top: f32,
}

impl Grid {
    /// A grid for `count` symbols on the fullest page, of `modules` modules a side.
    pub(crate) fn new(paper: Paper, count: usize, modules: usize) -> Self {
        let grid = |dots: f32| {
            let module = dots * DOT;
            let side = module * modules as f32;
            let quiet = QUIET * module;
            let width = paper.width_mm() - 2.0 * MARGIN + quiet;
            let columns = (width / (side + quiet)).floor() as usize;
            let rows = count.div_ceil(columns.max(1));
            let last_label = BOTTOM + label_height();
            // The rows end at the bottom margin; few rows move up below.
            let top = paper.height_mm() - last_label - rows as f32 * pitch(side, module)
                + quiet
                + label_height();
            let grid = Grid {
                paper,
                columns,
                module,
                side,
                top,
            };
            (grid, top >= TOP + TEXT + quiet + 0.7)
        };
        let fits = DOTS.into_iter().map(grid).find(|(_, fits)| *fits);
        let (mut chosen, _) = fits.unwrap_or_else(|| grid(DOTS[2]));
        let highest = TOP + TEXT + 12.0;
        chosen.top = on_a_dot(chosen.top.min(highest));
        chosen
    }

    /// Left and upper edge of a symbol.
    pub(crate) fn position(&self, index: usize) -> (f32, f32) {
        let between = self.columns.saturating_sub(1).max(1) as f32;
        let spare = self.paper.width_mm() - 2.0 * MARGIN - self.columns as f32 * self.side;
        let (column, row) = (index % self.columns, index / self.columns);
        let left = MARGIN + column as f32 * (self.side + spare / between);
        let top = self.top + row as f32 * pitch(self.side, self.module);
        (on_a_dot(left), on_a_dot(top))
    }

    /// Baseline of the label of a symbol with this upper edge.
    pub(crate) fn label_baseline(&self, top: f32) -> f32 {
        top + self.side + QUIET * self.module + label_height()
    }
}

/// Distance between rows: symbol, white, label, white.
fn pitch(side: f32, module: f32) -> f32 {
    side + 2.0 * QUIET * module + label_height()
}

fn label_height() -> f32 {
    capital_height(LABEL)
}

fn on_a_dot(length: f32) -> f32 {
    (length / DOT).round() * DOT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::dimensions::SYMBOLS;

    fn grid(paper: Paper, count: usize) -> Grid {
        Grid::new(paper, count, 77)
    }

    #[test]
    fn symbols_keep_their_quiet_zone_and_are_as_large_as_their_number_allows() {
        for paper in [Paper::A4, Paper::Letter] {
            for (count, dots) in [
                (4, 5.0),
                (6, 5.0),
                (7, 4.0),
                (9, 4.0),
                (13, 3.0),
                (SYMBOLS, 3.0),
            ] {
                let grid = grid(paper, count);
                assert_eq!(grid.module, dots * DOT, "{paper:?} {count}");
                let positions: Vec<_> = (0..count).map(|index| grid.position(index)).collect();
                let needed = grid.side + QUIET * grid.module - 0.01;
                for (at, (left, top)) in positions.iter().enumerate() {
                    assert!(
                        *left >= MARGIN - DOT
                            && left + grid.side <= paper.width_mm() - MARGIN + DOT
                    );
                    assert!(top + grid.side + QUIET * grid.module <= paper.height_mm() - BOTTOM);
                    for (l, t) in &positions[at + 1..] {
                        assert!(
                            (left - l).abs() >= needed
                                || (top - t).abs() >= needed + label_height()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn modules_begin_on_a_dot_of_the_printer() {
        for (left, top) in (0..SYMBOLS).map(|index| grid(Paper::A4, SYMBOLS).position(index)) {
            for length in [left, top] {
                assert!((length / DOT - (length / DOT).round()).abs() < 0.001);
            }
        }
    }
}
