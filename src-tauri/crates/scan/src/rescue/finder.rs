//! Where finder patterns may be, however blurred, faint or unevenly lit: places that look like one.
//!
//! Engines look for dark and light runs of 1:1:3:1:1, which a blur of half a module or a blotch breaks. Here the
//! whole pattern is compared, each module by the mean of its pixels: what counts is how well dark and light places agree
//! with the pattern, relative to how much they differ at all.

use super::sums::Sums;

/// A place that looks like a finder pattern.
#[derive(Copy, Clone, Debug)]
pub(super) struct Finder {
    /// Its middle, in pixels.
    pub(super) x: f32,
    /// Its middle, in pixels.
    pub(super) y: f32,
    /// Pixels a module.
    pub(super) module: f32,
    /// How its sides lie, in quarter turns from 0 to 1.
    pub(super) turn: f32,
    /// How much it looks like one, at most 1.
    pub(super) likeness: f32,
}

/// Likeness from which a place is looked at closer.
const PROMISING: f32 = 0.45;
/// Likeness below which it is of no use to turn the pattern by an eighth.
const HOPELESS: f32 = 0.25;
/// Likeness with which it counts.
const ENOUGH: f32 = 0.55;

/// Places that are looked at closer, and those that are given.
const LOOKED_AT: usize = 160;
const GIVEN: usize = 14;

/// Ratio of one size to the next.
const RATIO: f32 = 1.22;

/// The places that look most like finder patterns with `least` to `most` pixels a module, best first.
pub(super) fn finders(sums: &Sums, least: f32, most: f32) -> Vec<Finder> {
    let mut promising = Vec::new();
    let mut module = least;
    while module <= most {
        sweep(sums, module, &mut promising);
        module *= RATIO;
    }
    promising.sort_by(|a: &Finder, b| b.likeness.total_cmp(&a.likeness));
    let mut kept: Vec<Finder> = Vec::new();
    for one in promising {
        if kept.len() == LOOKED_AT {
            break;
        }
        if kept.iter().all(|it| apart(it, &one, 1.5)) {
            kept.push(one);
        }
    }
    for one in &mut kept {
        settle(sums, one);
    }
    kept.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    let mut given: Vec<Finder> = Vec::new();
    for one in kept {
        if given.len() == GIVEN || one.likeness < ENOUGH {
            break;
        }
        if given.iter().all(|it| apart(it, &one, 4.0)) {
            given.push(one);
        }
    }
    given
}

fn apart(a: &Finder, b: &Finder, modules: f32) -> bool {
    (a.x - b.x).hypot(a.y - b.y) > modules * a.module.max(b.module)
}

fn sweep(sums: &Sums, module: f32, promising: &mut Vec<Finder>) {
    let step = module.max(1.0);
    let (right, bottom) = (sums.width() - 3.0 * module, sums.height() - 3.0 * module);
    let mut y = 3.0 * module;
    while y < bottom {
        let mut x = 3.0 * module;
        while x < right {
            if has_core(sums, x, y, module) {
                let at = |turn: f32| {
                    let one = Finder {
                        x,
                        y,
                        module,
                        turn,
                        likeness: 0.0,
                    };
                    let likeness = likeness(sums, &one);
                    Finder { likeness, ..one }
                };
                let (straight, askew) = (at(0.0), at(0.5));
                if straight.likeness.max(askew.likeness) > HOPELESS {
                    for one in [straight, at(0.25), askew, at(0.75)] {
                        if one.likeness > PROMISING {
                            promising.push(one);
                        }
                    }
                }
            }
            x += step;
        }
        y += step;
    }
}

/// Whether there is a dark core, darker than the whole around it, with light beside it: cheap, and most places have none.
fn has_core(sums: &Sums, x: f32, y: f32, module: f32) -> bool {
    let core = sums.mean(x, y, 2.2 * module);
    if sums.mean(x, y, 9.0 * module) < core + 2.0 {
        return false;
    }
    let (mean, spread) = sums.spread(x, y, 9.0 * module);
    if spread < 5.0 || core > mean - 0.35 * spread {
        return false;
    }
    // A circle through the white ring meets it in half of these at least, however the pattern is turned.
    let ring: f32 = CIRCLE
        .iter()
        .map(|(u, v)| sums.mean(x + 2.0 * u * module, y + 2.0 * v * module, 0.85 * module))
        .sum();
    ring / CIRCLE.len() as f32 > core + 0.5 * spread
}

/// Moves, scales and turns a finder to where it looks most like one.
fn settle(sums: &Sums, finder: &mut Finder) {
    let mut step = 0.4;
    while step > 0.08 {
        let mut better = true;
        while better {
            better = false;
            let (move_by, scale) = (step * finder.module, 1.0 + step * 0.3);
            let here = *finder;
            for near in [
                Finder {
                    x: here.x + move_by,
                    ..here
                },
                Finder {
                    x: here.x - move_by,
                    ..here
                },
                Finder {
                    y: here.y + move_by,
                    ..here
                },
                Finder {
                    y: here.y - move_by,
                    ..here
                },
                Finder {
                    module: here.module * scale,
                    ..here
                },
                Finder {
                    module: here.module / scale,
                    ..here
                },
                Finder {
                    turn: here.turn + step * 0.25,
                    ..here
                },
                Finder {
                    turn: here.turn - step * 0.25,
                    ..here
                },
            ] {
                let likeness = likeness(sums, &near);
                if likeness > finder.likeness + 1.0e-4 {
                    *finder = Finder { likeness, ..near };
                    better = true;
                }
            }
        }
        step *= 0.5;
    }
}

/// Places of the pattern in modules from its middle, ring by ring; light on the rings 2 and 4.
const RINGS: [(f32, bool); 4] = [(1.0, true), (2.0, false), (3.0, true), (4.0, false)];
/// Places on one ring: corners, and the middles of the sides.
const AROUND: [(f32, f32); 8] = [
    (1.0, 0.0),
    (1.0, 1.0),
    (0.0, 1.0),
    (-1.0, 1.0),
    (-1.0, 0.0),
    (-1.0, -1.0),
    (0.0, -1.0),
    (1.0, -1.0),
];

/// Eight places on a circle.
const CIRCLE: [(f32, f32); 8] = [
    (1.0, 0.0),
    (0.707, 0.707),
    (0.0, 1.0),
    (-0.707, 0.707),
    (-1.0, 0.0),
    (-0.707, -0.707),
    (0.0, -1.0),
    (0.707, -0.707),
];

/// The correlation of the levels with the pattern.
fn likeness(sums: &Sums, finder: &Finder) -> f32 {
    let (sin, cos) = (finder.turn * std::f32::consts::FRAC_PI_2).sin_cos();
    let side = finder.module * 0.85;
    let core = sums.mean(finder.x, finder.y, side);
    let (mut dark, mut dark_count, mut light, mut light_count) = (core, 1.0, 0.0, 0.0);
    let mut squares = core * core;
    for (ring, is_dark) in RINGS {
        let reach = ring * finder.module;
        for (u, v) in AROUND {
            let x = finder.x + reach * (cos * u - sin * v);
            let y = finder.y + reach * (sin * u + cos * v);
            let level = sums.mean(x, y, side);
            squares += level * level;
            if is_dark {
                dark += level;
                dark_count += 1.0;
            } else {
                light += level;
                light_count += 1.0;
            }
        }
    }
    let count = dark_count + light_count;
    let mean = (dark + light) / count;
    let variance = squares / count - mean * mean;
    if variance < 9.0 {
        return 0.0;
    }
    // For two classes, the correlation is their distance times √(share · share) over the deviation.
    let distance = light / light_count - dark / dark_count;
    distance * (dark_count * light_count).sqrt() / count / variance.sqrt()
}
