//! Covers of growing size over a symbol.

/// The largest share of the symbol that is covered, in per cent of its area. A level H symbol
/// restores about this share of its codewords.
pub(super) const MAX_PERCENT: u8 = 30;

/// One way to cover a symbol.
pub(super) struct Cover {
    pub(super) shape: Shape,
    /// Grey level: 0 black, 255 white.
    pub(super) level: u8,
}

/// Shape of a cover.
#[derive(Clone)]
pub(super) enum Shape {
    /// A square in the lower right corner.
    Corner,
    /// A stripe from side to side through the middle.
    Horizontal,
    /// A stripe from top to bottom through the middle.
    Vertical,
    /// Round blotches, given by their centres in the order in which they are drawn.
    Blotches(Vec<(f32, f32)>),
}

/// Returns every cover that is tried, in black and in white.
pub(super) fn covers(modules: usize) -> Vec<Cover> {
    [
        Shape::Horizontal,
        Shape::Vertical,
        Shape::Corner,
        Shape::Blotches(blotches(1, modules)),
        Shape::Blotches(blotches(2, modules)),
    ]
    .into_iter()
    .flat_map(|shape| {
        [0, 255].map(|level| Cover {
            shape: shape.clone(),
            level,
        })
    })
    .collect()
}

impl Shape {
    /// Returns a function that tells whether a position is covered when `share` of the symbol is.
    pub(super) fn at(&self, share: f32, modules: usize) -> Box<dyn Fn(f32, f32) -> bool + '_> {
        match self {
            Shape::Corner => {
                let edge = 1.0 - share.sqrt();
                Box::new(move |u, v| u.min(v) > edge)
            }
            Shape::Horizontal => Box::new(move |_, v| (v - 0.5).abs() < share / 2.0),
            Shape::Vertical => Box::new(move |u, _| (u - 0.5).abs() < share / 2.0),
            Shape::Blotches(centres) => {
                let radius = blotch_radius(modules);
                let map = BlotchMap::new(centres, share, radius, modules);
                Box::new(move |u, v| map.at(u, v))
            }
        }
    }
}

/// Radius of a blotch, in sides of the symbol: two modules.
fn blotch_radius(modules: usize) -> f32 {
    2.0 / modules as f32
}

/// Centres of blotches all over the symbol, from a fixed sequence, more than any share needs.
fn blotches(seed: u64, modules: usize) -> Vec<(f32, f32)> {
    // SplitMix64.
    let mut state = seed;
    let mut unit = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u32 << 24) as f32
    };
    (0..modules * modules).map(|_| (unit(), unit())).collect()
}

/// Cells per module, in each direction, of the grid that blotches are drawn on.
const CELLS_PER_MODULE: usize = 8;

/// Grid on which blotches are drawn one after the other until they cover their share.
struct BlotchMap {
    side: usize,
    cells: Vec<bool>,
}

impl BlotchMap {
    fn new(centres: &[(f32, f32)], share: f32, radius: f32, modules: usize) -> BlotchMap {
        let side = modules * CELLS_PER_MODULE;
        let mut cells = vec![false; side * side];
        let wanted = (share * cells.len() as f32) as usize;
        let finder = 8.0 / modules as f32;
        let position = |i: usize| (i as f32 + 0.5) / side as f32;
        let mut count = 0;
        for &(x, y) in centres {
            if count >= wanted {
                break;
            }
            let near = |centre: f32| {
                let first = ((centre - radius) * side as f32).max(0.0) as usize;
                first..(((centre + radius) * side as f32) as usize + 1).min(side)
            };
            for row in near(y) {
                for column in near(x) {
                    let (u, v) = (position(column), position(row));
                    let (dx, dy) = (u - x, v - y);
                    let cell = &mut cells[row * side + column];
                    if dx * dx + dy * dy < radius * radius && !*cell && !in_finder(u, v, finder) {
                        *cell = true;
                        count += 1;
                    }
                }
            }
        }
        BlotchMap { side, cells }
    }

    fn at(&self, u: f32, v: f32) -> bool {
        let cell = |position: f32| ((position * self.side as f32) as usize).min(self.side - 1);
        self.cells[cell(v) * self.side + cell(u)]
    }
}

/// Whether a position is in one of the finder patterns; `side` is their side with the white border.
fn in_finder(u: f32, v: f32, side: f32) -> bool {
    let near = |position: f32| position < side;
    let far = |position: f32| position > 1.0 - side;
    (near(u) && (near(v) || far(v))) || (far(u) && near(v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_take_their_share_spare_finder_patterns_and_contain_smaller_ones() {
        const GRID: usize = 370;
        let position = |i: usize| (i as f32 + 0.5) / GRID as f32;
        for cover in covers(37) {
            let mut before = vec![false; GRID * GRID];
            for percent in 1..=MAX_PERCENT {
                let share = f32::from(percent) / 100.0;
                let covers = cover.shape.at(share, 37);
                let now: Vec<bool> = (0..GRID * GRID)
                    .map(|i| covers(position(i % GRID), position(i / GRID)))
                    .collect();
                let count = now.iter().filter(|&&covered| covered).count();
                let measured = count as f32 / (GRID * GRID) as f32;
                assert!((measured - share).abs() < 0.012, "{percent}: {measured}");
                assert!(before.iter().zip(&now).all(|(before, now)| !before || *now));
                for (u, v) in [(0.1, 0.1), (0.9, 0.1), (0.1, 0.9)] {
                    assert!(!covers(u, v), "{percent}");
                }
                before = now;
            }
        }
    }
}
