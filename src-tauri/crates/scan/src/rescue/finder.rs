//! Candidates for finder patterns, however blurred, faint or unevenly lit.
//!
//! Engines look for runs of dark and light in the ratio 1:1:3:1:1, which a blur of half a module or
//! a blotch breaks. This search compares the whole pattern, using the mean of each module's pixels,
//! by how well dark and light areas agree with the pattern relative to their overall contrast.

use super::integral_image::IntegralImage;

/// Candidate for a finder pattern.
#[derive(Copy, Clone, Debug)]
pub(super) struct Finder {
    /// Centre, in pixels from the left.
    pub(super) x: f32,
    /// Centre, in pixels from the top.
    pub(super) y: f32,
    /// Pixels per module.
    pub(super) module: f32,
    /// Rotation of its sides, in quarter turns from 0 to 1.
    pub(super) turn: f32,
    /// Correlation with the pattern, at most 1.
    pub(super) likeness: f32,
}

/// Likeness above which a candidate is refined.
const PROMISING: f32 = 0.45;
/// Likeness below which rotations by an eighth of a turn are not tried.
const HOPELESS: f32 = 0.25;
/// Minimum likeness of a result.
const ENOUGH: f32 = 0.55;

/// Maximum number of candidates that are refined, and of results.
const REFINED: usize = 160;
const RESULTS: usize = 14;

/// Ratio between consecutive sizes.
const RATIO: f32 = 1.22;

/// Returns the best candidates for finder patterns with `least` to `most` pixels per module, best
/// first.
pub(super) fn finders(sums: &IntegralImage, least: f32, most: f32) -> Vec<Finder> {
    let mut promising = Vec::new();
    let mut module = least;
    while module <= most {
        sweep(sums, module, &mut promising);
        module *= RATIO;
    }
    promising.sort_by(|a: &Finder, b| b.likeness.total_cmp(&a.likeness));
    let mut kept: Vec<Finder> = Vec::new();
    for one in promising {
        if kept.len() == REFINED {
            break;
        }
        if kept.iter().all(|it| apart(it, &one, 1.5)) {
            kept.push(one);
        }
    }
    for one in &mut kept {
        refine(sums, one);
    }
    kept.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    let mut results: Vec<Finder> = Vec::new();
    for one in kept {
        if results.len() == RESULTS || one.likeness < ENOUGH {
            break;
        }
        if results.iter().all(|it| apart(it, &one, 4.0)) {
            results.push(one);
        }
    }
    results
}

fn apart(a: &Finder, b: &Finder, modules: f32) -> bool {
    (a.x - b.x).hypot(a.y - b.y) > modules * a.module.max(b.module)
}

fn sweep(sums: &IntegralImage, module: f32, promising: &mut Vec<Finder>) {
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

/// Whether there is a core that is darker than its surroundings, with light next to it. This check
/// is cheap and rejects most positions.
fn has_core(sums: &IntegralImage, x: f32, y: f32, module: f32) -> bool {
    let core = sums.mean(x, y, 2.2 * module);
    if sums.mean(x, y, 9.0 * module) < core + 2.0 {
        return false;
    }
    let (mean, spread) = sums.spread(x, y, 9.0 * module);
    if spread < 5.0 || core > mean - 0.35 * spread {
        return false;
    }
    // At any rotation, at least half of the points on a circle through the white ring are on it.
    let ring: f32 = CIRCLE
        .iter()
        .map(|(u, v)| sums.mean(x + 2.0 * u * module, y + 2.0 * v * module, 0.85 * module))
        .sum();
    ring / CIRCLE.len() as f32 > core + 0.5 * spread
}

/// Moves, scales and rotates a candidate to the local maximum of its likeness.
fn refine(sums: &IntegralImage, finder: &mut Finder) {
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

/// Rings of the pattern: distance from the centre in modules, and whether they are dark.
const RINGS: [(f32, bool); 4] = [(1.0, true), (2.0, false), (3.0, true), (4.0, false)];
/// Points on one ring: its corners and the centres of its sides.
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

/// Eight points on a circle.
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

/// Correlation of the levels with the pattern.
fn likeness(sums: &IntegralImage, finder: &Finder) -> f32 {
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
    // The correlation with a pattern of two classes is the distance of the class means, times the
    // root of the product of their shares, divided by the standard deviation.
    let distance = light / light_count - dark / dark_count;
    distance * (dark_count * light_count).sqrt() / count / variance.sqrt()
}
