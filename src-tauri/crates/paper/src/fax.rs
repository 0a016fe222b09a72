//! Fax transmission.

use image::Luma;

use crate::noise::{bits, grain, normal};
use crate::picture::Picture;
use crate::warp::scaled;

/// Group 3 fax machine (ITU-T T.4): black and white, 204 dots per inch horizontally.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Fax {
    /// Sends 196 lines per inch instead of 98.
    pub fine: bool,
    /// Levels below it become black.
    pub threshold: f32,
    /// Share of the lines that arrive broken: from some column on they repeat the previous line.
    pub broken_lines: f32,
    /// Standard deviation of the sender's noise, in levels.
    pub noise: f32,
}

impl Fax {
    /// Returns the received page as a picture with square pixels.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let across = 204.0 / page.dpi;
        let down = if self.fine { 196.0 } else { 98.0 } / page.dpi;
        let side = |length: u32, factor: f32| ((length as f32 * factor + 0.5) as u32).max(1);
        let width = side(page.width(), across);
        let lines = side(page.height(), down);
        let sent = scaled(page, width, lines, 204.0);
        let mut sent = sent.toned(|x, y, level| {
            let noisy = level + self.noise * normal(seed, x as i32, y as i32);
            if noisy < self.threshold { 0.0 } else { 255.0 }
        });
        for line in 1..lines {
            if grain(seed ^ 1, 0, line as i32) < self.broken_lines {
                let from = bits(seed ^ 2, 0, line as i32) % u64::from(width);
                for x in from as u32..width {
                    let above = *sent.grey.get_pixel(x, line - 1);
                    sent.grey.put_pixel(x, line, above);
                }
            }
        }
        self.printed(&sent, side(page.height(), across))
    }

    /// Stretches every line to its true height.
    fn printed(&self, sent: &Picture, height: u32) -> Picture {
        let stretch = height as f32 / sent.height() as f32;
        let mut printed = sent.clone();
        printed.grey = image::GrayImage::from_fn(sent.width(), height, |x, y| {
            let line = ((y as f32 + 0.5) / stretch) as u32;
            Luma([sent.grey.get_pixel(x, line.min(sent.height() - 1)).0[0]])
        });
        for corner in printed.symbol.iter_mut().flatten() {
            corner.y *= stretch;
        }
        printed
    }
}
