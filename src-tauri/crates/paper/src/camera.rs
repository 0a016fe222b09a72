//! Position of a camera over the page, and its perspective.

use crate::arithmetic::{level, sin_cos};
use crate::noise::cloud;
use crate::picture::{Picture, Point};
use crate::warp::{FrameSize, at_dpi, warp};

/// Position and resolution of the camera. The page fills the height or the width of the photograph.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Camera {
    /// Pixels across the photograph.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Tilt of the page's upper edge away from the camera.
    pub tilt_degrees: f32,
    /// Tilt of the page's right edge away from the camera.
    pub slant_degrees: f32,
    /// Clockwise rotation of the page in the photograph.
    pub turn_degrees: f32,
    /// Distance from the camera to the centre of the page, in millimetres.
    pub distance_mm: f32,
    /// Share of the photograph that the page fills in its tighter dimension: 1 touches the edges.
    pub fill: f32,
    /// Level of the table under the page.
    pub table: f32,
}

/// Rows of a homography: maps homogeneous coordinates from one plane to another.
type Homography = [[f32; 3]; 3];

impl Camera {
    /// Two megapixels, straight above.
    pub const STRAIGHT: Camera = Camera {
        width: 1300,
        height: 1750,
        tilt_degrees: 0.0,
        slant_degrees: 0.0,
        turn_degrees: 0.0,
        distance_mm: 380.0,
        fill: 0.94,
        table: 96.0,
    };

    /// Photographs the page, sharp and in even light.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let (plane, per_mm) = self.aim(page);
        // Sampling a page with much finer pixels than the photograph would skip most of them.
        let reduced;
        let page = if page.per_mm() > per_mm * 1.4 {
            reduced = at_dpi(page, per_mm * 25.4 * 1.2);
            &reduced
        } else {
            page
        };
        let back = inverse(&plane);
        let (w, h) = (page.width() as f32, page.height() as f32);
        let (x_mm, y_mm) = (w / page.per_mm(), h / page.per_mm());
        let frame = FrameSize {
            width: self.width,
            height: self.height,
            dpi: per_mm * 25.4,
        };
        let table = |x: u32, y: u32| {
            let (x, y) = (x as f32, y as f32);
            let plank = cloud(seed, x / 60.0, y / 700.0);
            let fibre = cloud(seed ^ 1, x / 9.0, y / 160.0);
            level(self.table * (0.72 + 0.36 * plank + 0.2 * fibre))
        };
        warp(page, &frame, table, |at| {
            let on_page = through(&back, at);
            Point {
                x: (on_page.x / x_mm + 0.5) * w,
                y: (on_page.y / y_mm + 0.5) * h,
            }
        })
    }

    /// Returns the map from millimetres on the page, with (0, 0) at its centre, to pixels of the
    /// photograph, and the number of pixels per millimetre at the centre.
    fn aim(&self, page: &Picture) -> (Homography, f32) {
        let (st, ct) = sin_cos(self.tilt_degrees);
        let (ss, cs) = sin_cos(self.slant_degrees);
        let (sr, cr) = sin_cos(self.turn_degrees);
        // Rotated in its own plane, then around the horizontal axis, then around the vertical one.
        let rotated = |x: f32, y: f32| {
            let (x, y) = (cr * x - sr * y, sr * x + cr * y);
            let (y, z) = (ct * y, -st * y);
            let (x, z) = (cs * x - ss * z, ss * x + cs * z);
            (x, y, z)
        };
        let (ux, uy, uz) = rotated(1.0, 0.0);
        let (vx, vy, vz) = rotated(0.0, 1.0);
        let mut plane = [
            [ux, vx, 0.0],
            [uy, vy, 0.0],
            [uz / self.distance_mm, vz / self.distance_mm, 1.0],
        ];

        // Then translated and scaled to fill the photograph.
        let half = Point {
            x: page.width() as f32 / page.per_mm() / 2.0,
            y: page.height() as f32 / page.per_mm() / 2.0,
        };
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| {
            through(
                &plane,
                Point {
                    x: x * half.x,
                    y: y * half.y,
                },
            )
        });
        let least = |of: fn(&Point) -> f32| corners.iter().map(of).fold(f32::MAX, f32::min);
        let most = |of: fn(&Point) -> f32| corners.iter().map(of).fold(f32::MIN, f32::max);
        let (left, right) = (least(|at| at.x), most(|at| at.x));
        let (top, bottom) = (least(|at| at.y), most(|at| at.y));
        let across = self.width as f32 / (right - left);
        let down = self.height as f32 / (bottom - top);
        let scale = across.min(down) * self.fill;
        let (mx, my) = ((left + right) / 2.0, (top + bottom) / 2.0);
        let (ox, oy) = (
            self.width as f32 / 2.0 - mx * scale,
            self.height as f32 / 2.0 - my * scale,
        );
        let last = plane[2];
        for column in 0..3 {
            plane[0][column] = plane[0][column] * scale + last[column] * ox;
            plane[1][column] = plane[1][column] * scale + last[column] * oy;
        }
        (plane, scale)
    }
}

fn through(plane: &Homography, at: Point) -> Point {
    let row = |row: &[f32; 3]| row[0] * at.x + row[1] * at.y + row[2];
    let w = row(&plane[2]);
    // Points behind the camera are not on the page.
    let w = if w > 1e-6 { w } else { 1e-6 };
    Point {
        x: row(&plane[0]) / w,
        y: row(&plane[1]) / w,
    }
}

/// Inverse matrix.
fn inverse(m: &Homography) -> Homography {
    let minor = |r: [usize; 2], c: [usize; 2]| {
        m[r[0]][c[0]] * m[r[1]][c[1]] - m[r[0]][c[1]] * m[r[1]][c[0]]
    };
    let determinant = m[0][0] * minor([1, 2], [1, 2]) - m[0][1] * minor([1, 2], [0, 2])
        + m[0][2] * minor([1, 2], [0, 1]);
    let adjoint = [
        [
            minor([1, 2], [1, 2]),
            -minor([0, 2], [1, 2]),
            minor([0, 1], [1, 2]),
        ],
        [
            -minor([1, 2], [0, 2]),
            minor([0, 2], [0, 2]),
            -minor([0, 1], [0, 2]),
        ],
        [
            minor([1, 2], [0, 1]),
            -minor([0, 2], [0, 1]),
            minor([0, 1], [0, 1]),
        ],
    ];
    adjoint.map(|row| row.map(|value| value / determinant))
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    #[test]
    fn a_tilted_page_stays_in_the_frame_and_its_symbol_is_tracked() {
        // The page is black only at its symbol.
        let grey = GrayImage::from_fn(620, 877, |x, y| {
            let inside = (200..400).contains(&x) && (300..500).contains(&y);
            Luma([if inside { 0 } else { 250 }])
        });
        let corner = |x, y| Point { x, y };
        let symbol = [
            corner(200.0, 300.0),
            corner(400.0, 300.0),
            corner(400.0, 500.0),
            corner(200.0, 500.0),
        ];
        let page = Picture::new(grey, 75.0, Some(symbol));
        for (tilt, slant, turn) in [(0.0, 0.0, 0.0), (40.0, 0.0, 10.0), (-30.0, 35.0, 200.0)] {
            let camera = Camera {
                tilt_degrees: tilt,
                slant_degrees: slant,
                turn_degrees: turn,
                ..Camera::STRAIGHT
            };
            let photo = camera.on(&page, 1);
            let corners = photo.symbol.expect("it had one");
            let area: f32 = (0..4)
                .map(|i| {
                    let (a, b) = (corners[i], corners[(i + 1) % 4]);
                    (a.x * b.y - b.x * a.y) / 2.0
                })
                .sum();
            let black = photo.grey.iter().filter(|&&level| level < 30).count() as f32;
            assert!((area / black - 1.0).abs() < 0.03, "{area} {black}");
            let middle = photo.focus();
            assert_eq!(
                photo.grey.get_pixel(middle.x as u32, middle.y as u32).0,
                [0]
            );
        }
    }
}
