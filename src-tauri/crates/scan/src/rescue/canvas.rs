//! The symbol straightened: the same few pixels for each module whatever the picture, and the same contrast everywhere.

use zeroize::Zeroizing;

use super::layout::SIDE;
use super::place::Corners;
use crate::luma::Luma;

/// Pixels a module.
const FINE: usize = 6;
/// Modules around the symbol.
const MARGIN: usize = 5;
/// Pixels a side.
const WIDTH: usize = (SIDE + 2 * MARGIN) * FINE;

/// A picture in sizes that are halved from one to the next, so that straightening it averages and does not skip.
pub(super) struct Sizes<'a> {
    full: &'a Luma,
    halved: Vec<Luma>,
}

impl<'a> Sizes<'a> {
    pub(super) fn of(full: &'a Luma) -> Sizes<'a> {
        let halved = (1..=5)
            .take_while(|halvings| full.short_side() >> halvings >= 2 * SIDE as u32)
            .map_while(|halvings| full.shrunk(halvings))
            .collect();
        Sizes { full, halved }
    }

    /// The size in which a module of `module` pixels has about as many pixels as on the canvas; and how often it is halved.
    fn for_module(&self, module: f32) -> (&Luma, u32) {
        let mut halvings = 0;
        while module / (2.0 * f32::from(1u16 << halvings)) >= 0.8 * FINE as f32
            && (halvings as usize) < self.halved.len()
        {
            halvings += 1;
        }
        match halvings {
            0 => (self.full, 0),
            some => (&self.halved[some as usize - 1], some),
        }
    }
}

/// The map of a square with the corners (0, 0) and (1, 1) to a quadrilateral (Heckbert 1989).
#[derive(Copy, Clone)]
pub(super) struct Projection {
    rows: [[f32; 3]; 3],
}

impl Projection {
    pub(super) fn onto(corners: &Corners) -> Projection {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = *corners;
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (dx1, dy1, dx2, dy2) = (x1 - x2, y1 - y2, x3 - x2, y3 - y2);
        let area = dx1 * dy2 - dx2 * dy1;
        let area = if area.abs() < 1.0e-6 { 1.0e-6 } else { area };
        let g = (sx * dy2 - dx2 * sy) / area;
        let h = (dx1 * sy - sx * dy1) / area;
        Projection {
            rows: [
                [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
                [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
                [g, h, 1.0],
            ],
        }
    }

    pub(super) fn at(&self, u: f32, v: f32) -> (f32, f32) {
        let [x, y, w] = self.rows.map(|[a, b, c]| a * u + b * v + c);
        let w = if w.abs() < 1.0e-6 { 1.0e-6 } else { w };
        (x / w, y / w)
    }
}

/// How dark the places of the symbol are, against their surroundings: 0 is neither, about 1 is dark and −1 light.
pub(super) struct Canvas {
    /// Averaged over about half a module.
    fine: Zeroizing<Vec<f32>>,
    /// Averaged over about a module, so that what is a little off still answers.
    coarse: Zeroizing<Vec<f32>>,
}

impl Canvas {
    /// Straightens what lies between the corners, and a margin around. Surroundings are `window` modules wide.
    pub(super) fn of(sizes: &Sizes<'_>, corners: &Corners, window: usize) -> Canvas {
        let (picture, halvings) = sizes.for_module(module_of(corners));
        let scale = 1.0 / (1u32 << halvings) as f32;
        let projection = Projection::onto(corners);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixels = picture.pixels();
        let side = (SIDE * FINE) as f32;
        let mut levels = Zeroizing::new(Vec::with_capacity(WIDTH * WIDTH));
        for y in 0..WIDTH {
            for x in 0..WIDTH {
                let place = |at: usize| (at as f32 + 0.5 - (MARGIN * FINE) as f32) / side;
                let (px, py) = projection.at(place(x), place(y));
                levels.push(interpolated(
                    pixels,
                    (width, height),
                    px * scale - 0.5,
                    py * scale - 0.5,
                ));
            }
        }
        let contrast = contrast(&levels, window * FINE);
        let fine = averaged(&contrast, 1);
        let coarse = averaged(&fine, 2);
        Canvas { fine, coarse }
    }

    /// How dark a place is; in modules from the symbol's corner.
    pub(super) fn fine(&self, u: f32, v: f32) -> f32 {
        at(&self.fine, u, v)
    }

    /// The same, averaged over a module.
    pub(super) fn coarse(&self, u: f32, v: f32) -> f32 {
        at(&self.coarse, u, v)
    }
}

/// Pixels a module between such corners, by their area.
pub(super) fn module_of(corners: &Corners) -> f32 {
    let twice: f32 = (0..4)
        .map(|i| {
            let ((x0, y0), (x1, y1)) = (corners[i], corners[(i + 1) % 4]);
            x0 * y1 - x1 * y0
        })
        .sum();
    (twice.abs() / 2.0).sqrt() / SIDE as f32
}

fn at(map: &[f32], u: f32, v: f32) -> f32 {
    let place = |module: f32| {
        ((module + MARGIN as f32) * FINE as f32 - 0.5).clamp(0.0, (WIDTH - 1) as f32 - 0.01)
    };
    let (x, y) = (place(u), place(v));
    let (left, top) = (x as usize, y as usize);
    let (dx, dy) = (x - left as f32, y - top as f32);
    let here = top * WIDTH + left;
    let above = map[here] + dx * (map[here + 1] - map[here]);
    let below = map[here + WIDTH] + dx * (map[here + WIDTH + 1] - map[here + WIDTH]);
    above + dy * (below - above)
}

/// The level at a place, linearly between pixels; beyond the edge the outermost one.
fn interpolated(pixels: &[u8], (width, height): (usize, usize), x: f32, y: f32) -> f32 {
    let (x, y) = (
        x.clamp(0.0, (width - 1) as f32),
        y.clamp(0.0, (height - 1) as f32),
    );
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (dx, dy) = (x - left as f32, y - top as f32);
    let level = |x: usize, y: usize| f32::from(pixels[y * width + x]);
    let above = level(left, top) + dx * (level(right, top) - level(left, top));
    let below = level(left, bottom) + dx * (level(right, bottom) - level(left, bottom));
    above + dy * (below - above)
}

/// Each level against the mean of a square around it, in its standard deviations.
fn contrast(levels: &[f32], window: usize) -> Zeroizing<Vec<f32>> {
    let row = WIDTH + 1;
    let mut sums = Zeroizing::new(vec![(0.0f64, 0.0f64); row * row]);
    for y in 0..WIDTH {
        let mut line = (0.0, 0.0);
        for x in 0..WIDTH {
            let level = f64::from(levels[y * WIDTH + x]);
            line = (line.0 + level, line.1 + level * level);
            let above = sums[y * row + x + 1];
            sums[(y + 1) * row + x + 1] = (above.0 + line.0, above.1 + line.1);
        }
    }
    let over = |left: usize, top: usize, right: usize, bottom: usize| {
        let corner = |x: usize, y: usize| sums[y * row + x];
        let (a, b) = (corner(left, top), corner(right, top));
        let (c, d) = (corner(left, bottom), corner(right, bottom));
        let count = ((right - left) * (bottom - top)) as f64;
        let mean = (d.0 + a.0 - b.0 - c.0) / count;
        let square = (d.1 + a.1 - b.1 - c.1) / count;
        (mean as f32, (square - mean * mean).max(0.0).sqrt() as f32)
    };
    let (_, overall) = over(0, 0, WIDTH, WIDTH);
    let floor = (0.25 * overall).max(1.0);
    let half = window / 2;
    let mut contrast = Zeroizing::new(Vec::with_capacity(WIDTH * WIDTH));
    for y in 0..WIDTH {
        let (top, bottom) = (y.saturating_sub(half), (y + half + 1).min(WIDTH));
        for x in 0..WIDTH {
            let (left, right) = (x.saturating_sub(half), (x + half + 1).min(WIDTH));
            let (mean, spread) = over(left, top, right, bottom);
            contrast.push(((mean - levels[y * WIDTH + x]) / spread.max(floor)).clamp(-2.0, 2.0));
        }
    }
    contrast
}

/// Each value the mean of a square around it, `reach` pixels each way.
fn averaged(map: &[f32], reach: usize) -> Zeroizing<Vec<f32>> {
    let along = |map: &[f32], to: &mut Vec<f32>, step: usize, stride: usize| {
        for line in 0..WIDTH {
            for i in 0..WIDTH {
                let (first, last) = (i.saturating_sub(reach), (i + reach).min(WIDTH - 1));
                let sum: f32 = (first..=last).map(|i| map[line * stride + i * step]).sum();
                to[line * stride + i * step] = sum / (last - first + 1) as f32;
            }
        }
    };
    let mut across = Zeroizing::new(vec![0.0; map.len()]);
    along(map, &mut across, 1, WIDTH);
    let mut both = Zeroizing::new(vec![0.0; map.len()]);
    along(&across, &mut both, WIDTH, 1);
    both
}
