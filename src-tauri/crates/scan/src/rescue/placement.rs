//! Possible placements of the symbol in a picture, derived from two or three finder patterns.

use super::finder::Finder;
use super::layout::SIDE;

/// Corners of the symbol in a picture, in pixels, clockwise from the upper left one in reading
/// orientation.
pub(super) type Corners = [(f32, f32); 4];

/// Distance between the centres of two finder patterns on one side, in modules.
const FINDER_DISTANCE: f32 = (SIDE - 7) as f32;
/// Centre of the first finder pattern, in modules.
const FINDER_CENTRE: f32 = 3.5;

/// Possible placement of the symbol, with a score.
pub(super) struct Placement {
    pub(super) corners: Corners,
    pub(super) score: f32,
}

/// Returns the placements from three finder patterns, and those from two, the likeliest of each
/// first.
pub(super) fn placements(finders: &[Finder]) -> (Vec<Placement>, Vec<Placement>) {
    let mut threes = Vec::new();
    let mut twos = Vec::new();
    for (i, a) in finders.iter().enumerate() {
        for (j, b) in finders.iter().enumerate() {
            if i == j {
                continue;
            }
            if i < j
                && let Some(fit) = side_fit(a, b, FINDER_DISTANCE * std::f32::consts::SQRT_2)
            {
                from_diagonal(a, b, fit, &mut twos);
            }
            let Some(side) = side_fit(a, b, FINDER_DISTANCE) else {
                continue;
            };
            // The symbol is on the clockwise side of the line from `a` to `b`.
            from_side(a, b, side, &mut twos);
            for (k, c) in finders.iter().enumerate() {
                if k == i || k == j {
                    continue;
                }
                if let Some(placement) = from_three(a, b, c, side) {
                    threes.push(placement);
                }
            }
        }
    }
    for placements in [&mut threes, &mut twos] {
        placements.sort_by(|a, b| b.score.total_cmp(&a.score));
    }
    (threes, twos)
}

/// Returns how badly two finders fit a distance of this many modules; 0 is a perfect fit.
fn side_fit(a: &Finder, b: &Finder, modules: f32) -> Option<f32> {
    let size = (a.module * b.module).sqrt();
    let sizes = (a.module / b.module).ln().abs();
    let distance = ((b.x - a.x).hypot(b.y - a.y) / (modules * size)).ln().abs();
    (sizes < 0.55 && distance < 0.4).then_some(sizes + distance)
}

/// Placement with `a` at the upper left, `b` at the upper right and `c` at the lower left.
fn from_three(a: &Finder, b: &Finder, c: &Finder, side: f32) -> Option<Placement> {
    let other = side_fit(a, c, FINDER_DISTANCE)?;
    let (ux, uy) = (b.x - a.x, b.y - a.y);
    let (vx, vy) = (c.x - a.x, c.y - a.y);
    let lengths = ux.hypot(uy) * vx.hypot(vy);
    let (cross, dot) = ((ux * vy - uy * vx) / lengths, (ux * vx + uy * vy) / lengths);
    if cross < 0.5 {
        return None;
    }
    let score = a.likeness + b.likeness + c.likeness - side - other - dot.abs();
    let corners = spanned((a.x, a.y), (ux, uy), (vx, vy));
    Some(Placement { corners, score })
}

/// Placements with two finders on one side of the symbol.
fn from_side(a: &Finder, b: &Finder, fit: f32, placements: &mut Vec<Placement>) {
    let (ux, uy) = (b.x - a.x, b.y - a.y);
    let (vx, vy) = (-uy, ux);
    let score = a.likeness + b.likeness - fit - skew(a, ux, uy) - skew(b, ux, uy);
    // Upper left and upper right: the symbol is below.
    let below = spanned((a.x, a.y), (ux, uy), (vx, vy));
    // Lower left and upper left: rows run from `b` along (vx, vy), columns back to `a`.
    let right = spanned((b.x, b.y), (vx, vy), (-ux, -uy));
    for corners in [below, right] {
        placements.push(Placement { corners, score });
    }
}

/// Placements with the finders at the upper right and the lower left, in either order.
fn from_diagonal(a: &Finder, b: &Finder, fit: f32, placements: &mut Vec<Placement>) {
    for (right, left) in [(a, b), (b, a)] {
        let (dx, dy) = (left.x - right.x, left.y - right.y);
        // The way from the lower left to the upper right is u − v, and v is u rotated clockwise by
        // 90°.
        let (ux, uy) = ((dy - dx) / 2.0, (-dx - dy) / 2.0);
        let (vx, vy) = (-uy, ux);
        let first = (right.x - ux, right.y - uy);
        let score = a.likeness + b.likeness - fit - skew(a, ux, uy) - skew(b, ux, uy);
        placements.push(Placement {
            corners: spanned(first, (ux, uy), (vx, vy)),
            score,
        });
    }
}

/// Angle between a finder's sides and a direction, from 0 (parallel) to 1 (45°).
fn skew(finder: &Finder, x: f32, y: f32) -> f32 {
    let along = y.atan2(x) / std::f32::consts::FRAC_PI_2;
    let off = (along - finder.turn).rem_euclid(1.0);
    2.0 * off.min(1.0 - off)
}

/// Returns the corners, given the first finder's centre and the vectors to its two neighbours'
/// centres.
fn spanned(first: (f32, f32), u: (f32, f32), v: (f32, f32)) -> Corners {
    let at = |column: f32, row: f32| {
        let (right, down) = (
            (column - FINDER_CENTRE) / FINDER_DISTANCE,
            (row - FINDER_CENTRE) / FINDER_DISTANCE,
        );
        (
            first.0 + right * u.0 + down * v.0,
            first.1 + right * u.1 + down * v.1,
        )
    };
    let end = SIDE as f32;
    [at(0.0, 0.0), at(end, 0.0), at(end, end), at(0.0, end)]
}
