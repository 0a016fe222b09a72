//! How much of a symbol may be lost before it is no longer read: measured, by trying.

use zeroize::Zeroizing;

use crate::ScanError;
use crate::engine::{Engine, Symbol, symbol_of};
use crate::ladder::glance_and_rescue;
use crate::luma::Luma;
use crate::page::GreyPage;

/// The largest share of the symbol that is tried, in per cent of its area; a level H symbol restores about
/// that share of its codewords.
const MOST: u8 = 30;

/// White around the cut-out symbol, in modules; a sheet has so much at least.
const QUIET_ZONE: f32 = 4.0;

/// What [`damage_margin`] found.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The largest share of the symbol, in per cent of its area and from 0 to 30, up to which it was read
    /// under every cover that was tried.
    pub percent: u8,
}

/// Covers more and more of the QR symbol on `page` and reads what is left: by the first attempt of [`scan`](crate::scan) and
/// by its rescue.
///
/// Covers are squares from the corner without a finder pattern, stripes across and upright, and blotches
/// all over; each in white and in black; the same for the same page. They leave the three finder patterns alone:
/// these take 11 % of a sheet's symbol, and without two of them nothing finds it. Whoever shows the figure says so.
///
/// Measured on the picture that is given: 200 dpi shows a sheet as a careful scan does. Takes some
/// seconds. `expected` is what the symbol says; nothing of it is kept.
///
/// # Errors
/// `NotReadBy` if the symbol is not read even without a cover, or says something else.
pub fn damage_margin(page: &GreyPage, expected: &str) -> Result<Margin, ScanError> {
    const UNREAD: ScanError = ScanError::NotReadBy {
        engine: Engine::Rqrr,
    };
    let symbol = symbol_of(page.luma(), |text| text == expected).ok_or(UNREAD)?;
    let (cut, symbol) = cut_out(page.luma(), &symbol).ok_or(UNREAD)?;
    let places = places(&cut, &symbol);
    let covers = covers(symbol.modules);
    let survives = |percent: u8| {
        let share = f32::from(percent) / 100.0;
        covers.iter().all(|cover| {
            let shape = cover.shape.at(share, symbol.modules);
            covered(&cut, &places, &shape, cover.level)
                .is_some_and(|covered| reads(&covered, expected))
        })
    };
    // Most sheets bear all that is tried.
    if survives(MOST) {
        return Ok(Margin { percent: MOST });
    }
    // Each cover only grows, so halving finds where reading ends.
    let (mut read, mut unread) = (0, MOST);
    while unread - read > 1 {
        let between = read.midpoint(unread);
        if survives(between) {
            read = between;
        } else {
            unread = between;
        }
    }
    Ok(Margin { percent: read })
}

fn reads(picture: &Luma, expected: &str) -> bool {
    let texts = glance_and_rescue(picture);
    texts.iter().any(|text| text.as_str() == expected)
}

/// The symbol and the white around it, alone: time grows with pixels.
fn cut_out(page: &Luma, symbol: &Symbol) -> Option<(Luma, Symbol)> {
    let xs = symbol.corners.map(|corner| corner.0);
    let ys = symbol.corners.map(|corner| corner.1);
    let least = |values: &[f32]| values.iter().copied().fold(f32::MAX, f32::min);
    let most = |values: &[f32]| values.iter().copied().fold(f32::MIN, f32::max);
    let module = (most(&xs) - least(&xs)) / symbol.modules as f32;
    let white = QUIET_ZONE * module;
    let left = (least(&xs) - white).max(0.0) as u32;
    let top = (least(&ys) - white).max(0.0) as u32;
    let right = ((most(&xs) + white) as u32).min(page.width());
    let bottom = ((most(&ys) + white) as u32).min(page.height());
    let cut = page.cut(left, top, right, bottom)?;
    let corners = symbol
        .corners
        .map(|(x, y)| (x - left as f32, y - top as f32));
    let modules = symbol.modules;
    Some((cut, Symbol { corners, modules }))
}

/// Where each pixel lies on the symbol, in its sides from its upper left corner.
fn places(cut: &Luma, symbol: &Symbol) -> Vec<Option<(f32, f32)>> {
    let [origin, right, _, below] = symbol.corners;
    let (ax, ay) = (right.0 - origin.0, right.1 - origin.1);
    let (bx, by) = (below.0 - origin.0, below.1 - origin.1);
    let area = ax * by - ay * bx;
    (0..cut.height())
        .flat_map(|y| (0..cut.width()).map(move |x| (x, y)))
        .map(|(x, y)| {
            let (dx, dy) = (x as f32 + 0.5 - origin.0, y as f32 + 0.5 - origin.1);
            let (u, v) = ((dx * by - dy * bx) / area, (ax * dy - ay * dx) / area);
            ((0.0..1.0).contains(&u) && (0.0..1.0).contains(&v)).then_some((u, v))
        })
        .collect()
}

fn covered(
    cut: &Luma,
    places: &[Option<(f32, f32)>],
    covers: &dyn Fn(f32, f32) -> bool,
    level: u8,
) -> Option<Luma> {
    let mut pixels = Zeroizing::new(cut.pixels().to_vec());
    for (pixel, place) in pixels.iter_mut().zip(places) {
        if place.is_some_and(|(u, v)| covers(u, v)) {
            *pixel = level;
        }
    }
    Luma::new(cut.width(), cut.height(), pixels)
}

struct Cover {
    shape: Shape,
    level: u8,
}

#[derive(Clone)]
enum Shape {
    /// A square from the lower right corner.
    Corner,
    /// A stripe from side to side through the middle.
    Across,
    /// A stripe from top to bottom through the middle.
    Upright,
    /// Round blotches, their middles in the order in which they fall.
    Blotches(Vec<(f32, f32)>),
}

/// Every cover that is tried, in black and in white.
fn covers(modules: usize) -> Vec<Cover> {
    [
        Shape::Across,
        Shape::Upright,
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
    /// Whether a place is covered when `share` of the symbol is.
    fn at(&self, share: f32, modules: usize) -> Box<dyn Fn(f32, f32) -> bool + '_> {
        match self {
            Shape::Corner => {
                let edge = 1.0 - share.sqrt();
                Box::new(move |u, v| u.min(v) > edge)
            }
            Shape::Across => Box::new(move |_, v| (v - 0.5).abs() < share / 2.0),
            Shape::Upright => Box::new(move |u, _| (u - 0.5).abs() < share / 2.0),
            Shape::Blotches(middles) => {
                let radius = blotch(modules);
                let map = Blotched::new(middles, share, radius, modules);
                Box::new(move |u, v| map.at(u, v))
            }
        }
    }
}

/// Radius of a blotch in sides of the symbol: two modules.
fn blotch(modules: usize) -> f32 {
    2.0 / modules as f32
}

/// Middles of blotches all over the symbol, from a fixed sequence; more than any share needs.
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

/// Cells a module and direction when blotches are drawn.
const FINE: usize = 8;

/// Blotches drawn on a grid, one after the other until they cover their share.
struct Blotched {
    side: usize,
    cells: Vec<bool>,
}

impl Blotched {
    fn new(middles: &[(f32, f32)], share: f32, radius: f32, modules: usize) -> Blotched {
        let side = modules * FINE;
        let mut cells = vec![false; side * side];
        let wanted = (share * cells.len() as f32) as usize;
        let finder = 8.0 / modules as f32;
        let place = |i: usize| (i as f32 + 0.5) / side as f32;
        let mut count = 0;
        for &(x, y) in middles {
            if count >= wanted {
                break;
            }
            let near = |middle: f32| {
                let first = ((middle - radius) * side as f32).max(0.0) as usize;
                first..(((middle + radius) * side as f32) as usize + 1).min(side)
            };
            for row in near(y) {
                for column in near(x) {
                    let (u, v) = (place(column), place(row));
                    let (dx, dy) = (u - x, v - y);
                    let cell = &mut cells[row * side + column];
                    if dx * dx + dy * dy < radius * radius && !*cell && !in_finder(u, v, finder) {
                        *cell = true;
                        count += 1;
                    }
                }
            }
        }
        Blotched { side, cells }
    }

    fn at(&self, u: f32, v: f32) -> bool {
        let cell = |place: f32| ((place * self.side as f32) as usize).min(self.side - 1);
        self.cells[cell(v) * self.side + cell(u)]
    }
}

/// Whether a place belongs to one of the finder patterns, of this side with their white border.
fn in_finder(u: f32, v: f32, side: f32) -> bool {
    let near = |place: f32| place < side;
    let far = |place: f32| place > 1.0 - side;
    (near(u) && (near(v) || far(v))) || (far(u) && near(v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cover_takes_its_share_and_no_finder_pattern_and_grows_over_what_it_had() {
        const GRID: usize = 370;
        let place = |i: usize| (i as f32 + 0.5) / GRID as f32;
        for cover in covers(37) {
            let mut before = vec![false; GRID * GRID];
            for percent in 1..=MOST {
                let share = f32::from(percent) / 100.0;
                let covers = cover.shape.at(share, 37);
                let now: Vec<bool> = (0..GRID * GRID)
                    .map(|i| covers(place(i % GRID), place(i / GRID)))
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
