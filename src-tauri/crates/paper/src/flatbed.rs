//! Flatbed scanner.

use crate::arithmetic::{mix, sin_cos};
use crate::blur::gaussian;
use crate::noise::{Field, normal, wave};
use crate::picture::{Picture, Point};
use crate::warp::{FrameSize, at_dpi, warp};

/// A flatbed scanner with the page on its glass.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Flatbed {
    /// Pixels per inch of the scan.
    pub dpi: f32,
    /// Clockwise rotation of the page.
    pub degrees: f32,
    /// Standard deviation of the optics' blur, in millimetres.
    pub blur_mm: f32,
    /// Standard deviation of the noise, in levels.
    pub noise: f32,
    /// Contrast: 1 is unchanged; 2 maps grey from 64 to 191 to black to white.
    pub contrast: f32,
    /// Levels above it become white, others black; `None` keeps the greys.
    pub threshold: Option<f32>,
}

impl Flatbed {
    /// An office scanner at 300 dpi.
    pub const GOOD: Flatbed = Flatbed {
        dpi: 300.0,
        degrees: 0.0,
        blur_mm: 0.04,
        noise: 2.0,
        contrast: 1.1,
        threshold: None,
    };

    /// Scans the page. The scan has the page's size, or is larger for a strongly rotated page; the
    /// lid around the page is white.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let scanned = at_dpi(page, self.dpi);
        let (sin, cos) = sin_cos(self.degrees);
        let (w, h) = (scanned.width() as f32, scanned.height() as f32);
        let mut frame = FrameSize::of(&scanned);
        if self.degrees.abs() > 8.0 {
            // A larger glass, so that the page's corners are not cut off.
            frame.width = (w * cos.abs() + h * sin.abs()) as u32 + 1;
            frame.height = (w * sin.abs() + h * cos.abs()) as u32 + 1;
        }
        let (cx, cy) = (frame.width as f32 / 2.0, frame.height as f32 / 2.0);
        let mut scan = if self.degrees.abs() < 0.01 {
            scanned
        } else {
            warp(
                &scanned,
                &frame,
                |_, _| 244,
                |at| {
                    let (dx, dy) = (at.x - cx, at.y - cy);
                    Point {
                        x: w / 2.0 + cos * dx + sin * dy,
                        y: h / 2.0 - sin * dx + cos * dy,
                    }
                },
            )
        };
        scan.grey = gaussian(&scan.grey, self.blur_mm * scan.per_mm());
        let per_mm = scan.per_mm();
        // Paper is never quite even.
        let uneven = Field::new(scan.width(), scan.height(), 8.0, |x, y| {
            3.0 * wave(seed ^ 7, x / per_mm / 3.0, y / per_mm / 3.0)
        });
        scan.toned(|x, y, level| {
            let noise = self.noise * normal(seed, x as i32, y as i32);
            let noisy = level + noise - uneven.at(x as f32, y as f32);
            let level = (noisy - 127.5) * self.contrast + 127.5;
            match self.threshold {
                Some(threshold) => mix(0.0, 255.0, f32::from(u8::from(level > threshold))),
                None => level,
            }
        })
    }
}
