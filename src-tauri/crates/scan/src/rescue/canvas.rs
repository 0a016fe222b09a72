//! The rectified symbol: a fixed number of pixels per module, with the same contrast everywhere.

use raster::LumaImage;
use zeroize::Zeroizing;

use super::layout::SIDE;
use super::placement::Corners;
use crate::transform::shrunk;

/// Pixels per module.
const PIXELS_PER_MODULE: usize = 6;
/// Width of the margin around the symbol, in modules.
const MARGIN: usize = 5;
/// Pixels per side.
const WIDTH: usize = (SIDE + 2 * MARGIN) * PIXELS_PER_MODULE;

/// Image pyramid: each level has half the size of the one before, so rectification averages pixels
/// instead of skipping them.
pub(super) struct Pyramid<'a> {
    full: &'a LumaImage,
    halved: Vec<LumaImage>,
}

impl<'a> Pyramid<'a> {
    pub(super) fn of(full: &'a LumaImage) -> Pyramid<'a> {
        let halved = (1..=5)
            .take_while(|halvings| full.short_side() >> halvings >= 2 * SIDE as u32)
            .map_while(|halvings| shrunk(full, halvings))
            .collect();
        Pyramid { full, halved }
    }

    /// Returns the level in which a module of `module` pixels has about as many pixels as on the
    /// canvas, and the number of halvings.
    fn for_module(&self, module: f32) -> (&LumaImage, u32) {
        let mut halvings = 0;
        while module / (2.0 * f32::from(1u16 << halvings)) >= 0.8 * PIXELS_PER_MODULE as f32
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

/// Projective map from the unit square to a quadrilateral (Heckbert 1989).
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

/// Local contrast of the symbol: about 1 is dark and −1 light relative to the surroundings, 0 is
/// neither.
pub(super) struct Canvas {
    /// Averaged over about half a module.
    fine: Zeroizing<Vec<f32>>,
    /// Averaged over about a module, so a grid that is slightly off still responds.
    coarse: Zeroizing<Vec<f32>>,
}

impl Canvas {
    /// Rectifies the area between the corners and a margin around it. Contrast is relative to
    /// surroundings `window` modules wide.
    pub(super) fn of(pyramid: &Pyramid<'_>, corners: &Corners, window: usize) -> Canvas {
        let (picture, halvings) = pyramid.for_module(module_size(corners));
        let scale = 1.0 / (1u32 << halvings) as f32;
        let projection = Projection::onto(corners);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixels = picture.pixels();
        let side = (SIDE * PIXELS_PER_MODULE) as f32;
        let mut levels = Zeroizing::new(Vec::with_capacity(WIDTH * WIDTH));
        for y in 0..WIDTH {
            for x in 0..WIDTH {
                let position =
                    |at: usize| (at as f32 + 0.5 - (MARGIN * PIXELS_PER_MODULE) as f32) / side;
                let (px, py) = projection.at(position(x), position(y));
                levels.push(interpolated(
                    pixels,
                    (width, height),
                    px * scale - 0.5,
                    py * scale - 0.5,
                ));
            }
        }
        let contrast = contrast(&levels, window * PIXELS_PER_MODULE);
        let fine = averaged(&contrast, 1);
        let coarse = averaged(&fine, 2);
        Canvas { fine, coarse }
    }

    /// Contrast at a position, in modules from the symbol's corner.
    pub(super) fn fine(&self, u: f32, v: f32) -> f32 {
        at(&self.fine, u, v)
    }

    /// Contrast at a position, averaged over a module.
    pub(super) fn coarse(&self, u: f32, v: f32) -> f32 {
        at(&self.coarse, u, v)
    }
}

/// Pixels per module between these corners, by their area.
pub(super) fn module_size(corners: &Corners) -> f32 {
    let twice: f32 = (0..4)
        .map(|i| {
            let ((x0, y0), (x1, y1)) = (corners[i], corners[(i + 1) % 4]);
            x0 * y1 - x1 * y0
        })
        .sum();
    (twice.abs() / 2.0).sqrt() / SIDE as f32
}

fn at(map: &[f32], u: f32, v: f32) -> f32 {
    let pixel = |module: f32| {
        ((module + MARGIN as f32) * PIXELS_PER_MODULE as f32 - 0.5)
            .clamp(0.0, (WIDTH - 1) as f32 - 0.01)
    };
    let (x, y) = (pixel(u), pixel(v));
    let (left, top) = (x as usize, y as usize);
    let (dx, dy) = (x - left as f32, y - top as f32);
    let here = top * WIDTH + left;
    let above = map[here] + dx * (map[here + 1] - map[here]);
    let below = map[here + WIDTH] + dx * (map[here + WIDTH + 1] - map[here + WIDTH]);
    above + dy * (below - above)
}

/// Returns the level at a position by linear interpolation; beyond the edge, that of the nearest
/// pixel.
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

/// Difference of each level from the mean of a square around it, in standard deviations of the
/// square.
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

/// Replaces each value by the mean of a square around it, `reach` pixels in each direction.
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
    let mut down = Zeroizing::new(vec![0.0; map.len()]);
    along(&across, &mut down, WIDTH, 1);
    down
}
