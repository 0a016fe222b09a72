//! Where the symbol may lie in the picture: quadrilaterals made of one, two or three finder patterns.

use super::finder::Finder;
use super::layout::SIDE;

/// The corners of the symbol in a picture, clockwise from the upper left one as it is read; in pixels.
pub(super) type Corners = [(f32, f32); 4];

/// Modules between the middles of two finder patterns on one side.
const APART: f32 = (SIDE - 7) as f32;
/// The middle of the first finder pattern, in modules.
const MIDDLE: f32 = 3.5;

/// A place and what speaks for it.
pub(super) struct Place {
    pub(super) corners: Corners,
    pub(super) rank: f32,
}

/// Places made of three finder patterns, then of two, the likeliest first of each kind.
pub(super) fn places(finders: &[Finder]) -> (Vec<Place>, Vec<Place>) {
    let mut threes = Vec::new();
    let mut twos = Vec::new();
    for (i, a) in finders.iter().enumerate() {
        for (j, b) in finders.iter().enumerate() {
            if i == j {
                continue;
            }
            if i < j
                && let Some(fit) = side_fit(a, b, APART * std::f32::consts::SQRT_2)
            {
                diagonal(a, b, fit, &mut twos);
            }
            let Some(side) = side_fit(a, b, APART) else {
                continue;
            };
            // The symbol lies clockwise of the side: `a` and `b` are two of its finders in one of three ways.
            neighbours(a, b, side, &mut twos);
            for (k, c) in finders.iter().enumerate() {
                if k == i || k == j {
                    continue;
                }
                if let Some(place) = three(a, b, c, side) {
                    threes.push(place);
                }
            }
        }
    }
    for places in [&mut threes, &mut twos] {
        places.sort_by(|a, b| b.rank.total_cmp(&a.rank));
    }
    (threes, twos)
}

/// How well two finders fit a distance of so many modules; 0 is perfect.
fn side_fit(a: &Finder, b: &Finder, modules: f32) -> Option<f32> {
    let size = (a.module * b.module).sqrt();
    let sizes = (a.module / b.module).ln().abs();
    let distance = ((b.x - a.x).hypot(b.y - a.y) / (modules * size)).ln().abs();
    (sizes < 0.55 && distance < 0.4).then_some(sizes + distance)
}

/// `a` upper left, `b` upper right, `c` lower left.
fn three(a: &Finder, b: &Finder, c: &Finder, side: f32) -> Option<Place> {
    let other = side_fit(a, c, APART)?;
    let (ux, uy) = (b.x - a.x, b.y - a.y);
    let (vx, vy) = (c.x - a.x, c.y - a.y);
    let lengths = ux.hypot(uy) * vx.hypot(vy);
    let (cross, dot) = ((ux * vy - uy * vx) / lengths, (ux * vx + uy * vy) / lengths);
    if cross < 0.5 {
        return None;
    }
    let rank = a.likeness + b.likeness + c.likeness - side - other - dot.abs();
    let corners = spanned((a.x, a.y), (ux, uy), (vx, vy));
    Some(Place { corners, rank })
}

/// Two finders on one side of the symbol.
fn neighbours(a: &Finder, b: &Finder, fit: f32, places: &mut Vec<Place>) {
    let (ux, uy) = (b.x - a.x, b.y - a.y);
    let (vx, vy) = (-uy, ux);
    let rank = a.likeness + b.likeness - fit - skew(a, ux, uy) - skew(b, ux, uy);
    // Upper left and upper right: the symbol is below.
    let below = spanned((a.x, a.y), (ux, uy), (vx, vy));
    // Lower left and upper left: from `b`, rows go along (vx, vy), columns back to `a`.
    let right = spanned((b.x, b.y), (vx, vy), (-ux, -uy));
    for corners in [below, right] {
        places.push(Place { corners, rank });
    }
}

/// Two finders at the ends of the symbol's diagonal: upper right and lower left, or the reverse.
fn diagonal(a: &Finder, b: &Finder, fit: f32, places: &mut Vec<Place>) {
    for (right, left) in [(a, b), (b, a)] {
        let (dx, dy) = (left.x - right.x, left.y - right.y);
        // From the lower left to the upper right is u − v, and v is u turned by a quarter clockwise.
        let (ux, uy) = ((dy - dx) / 2.0, (-dx - dy) / 2.0);
        let (vx, vy) = (-uy, ux);
        let first = (right.x - ux, right.y - uy);
        let rank = a.likeness + b.likeness - fit - skew(a, ux, uy) - skew(b, ux, uy);
        places.push(Place {
            corners: spanned(first, (ux, uy), (vx, vy)),
            rank,
        });
    }
}

/// How far a finder's sides are from lying along a direction: 0 to 1.
fn skew(finder: &Finder, x: f32, y: f32) -> f32 {
    let along = y.atan2(x) / std::f32::consts::FRAC_PI_2;
    let off = (along - finder.turn).rem_euclid(1.0);
    2.0 * off.min(1.0 - off)
}

/// The corners from the first finder's middle and the ways to the middles of its two neighbours.
fn spanned(first: (f32, f32), u: (f32, f32), v: (f32, f32)) -> Corners {
    let at = |column: f32, row: f32| {
        let (right, down) = ((column - MIDDLE) / APART, (row - MIDDLE) / APART);
        (
            first.0 + right * u.0 + down * v.0,
            first.1 + right * u.1 + down * v.1,
        )
    };
    let end = SIDE as f32;
    [at(0.0, 0.0), at(end, 0.0), at(end, end), at(0.0, end)]
}
