//! Printing: ink on paper.

use crate::arithmetic::{mix, step};
use crate::blur::gaussian;
use crate::noise::{grain, wave};
use crate::picture::Picture;
use crate::warp::{at_dpi, scaled};

/// A printer.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Print {
    /// Dots per inch, each either inked or not. Has no effect if the picture's pixels are not
    /// finer.
    pub raster_dpi: f32,
    /// Spread of ink over each edge, in millimetres; negative for strokes that are too thin.
    pub gain_mm: f32,
    /// Level of solid ink: 20 for a good laser printer, 120 for an empty cartridge.
    pub ink: f32,
    /// Level of the paper.
    pub paper: f32,
    /// Depth of bands across the page, from 0 to 1 (bands without ink).
    pub banding: f32,
    /// Share of the inked area that is missing in white specks.
    pub dropouts: f32,
    /// Share of the paper that is covered with stray toner.
    pub dust: f32,
}

impl Print {
    /// An office laser printer in good condition.
    pub const GOOD: Print = Print {
        raster_dpi: 600.0,
        gain_mm: 0.01,
        ink: 26.0,
        paper: 250.0,
        banding: 0.0,
        dropouts: 0.0005,
        dust: 0.0001,
    };

    /// Prints the page.
    pub fn on(&self, page: &Picture, seed: u64) -> Picture {
        let rastered = self.rastered(page);
        let mut spread = rastered.clone();
        // Blurring turns an edge into a cumulative normal curve, so shifting the threshold moves
        // the edge: by about one standard deviation per 0.35 of ink, up to 0.9 deviations.
        let gain = self.gain_mm * page.per_mm();
        let slope = (0.06 * page.per_mm()).max(0.45).max(gain.abs() / 0.9);
        spread.grey = gaussian(&rastered.grey, slope);
        let threshold = 0.5 - 0.35 * gain / slope;
        // Steep again, but no steeper than the pixels allow, with pure paper and pure ink
        // unchanged.
        let half = (0.5 / slope).min(threshold).min(1.0 - threshold);

        let per_mm = page.per_mm();
        let fine = per_mm * 0.22;
        spread.toned(|x, y, level| {
            let covered = 1.0 - level / 255.0;
            let mut ink = step(threshold - half, threshold + half, covered);
            let (px, py) = (x as f32, y as f32);
            if ink > 0.0 {
                ink *= 1.0 - 0.1 * wave(seed ^ 1, px / per_mm, py / per_mm);
                ink *= 1.0 - self.band(seed, y as f32 / per_mm);
                if self.drops(seed ^ 3, px / fine, py / fine, self.dropouts) {
                    ink *= 0.15;
                }
            }
            if self.dust > 0.0 && grain(seed ^ 4, x as i32, y as i32) < self.dust {
                ink = ink.max(0.7);
            }
            mix(self.paper, self.ink, ink)
        })
    }

    fn rastered(&self, page: &Picture) -> Picture {
        if self.raster_dpi > page.dpi * 1.5 {
            return page.clone();
        }
        let dots = at_dpi(page, self.raster_dpi);
        let dots = dots.toned(|_, _, level| if level < 128.0 { 0.0 } else { 255.0 });
        let mut page_again = scaled(&dots, page.width(), page.height(), page.dpi);
        page_again.symbol = page.symbol;
        page_again
    }

    /// Share of the ink that is missing at a vertical position in millimetres.
    fn band(&self, seed: u64, y_mm: f32) -> f32 {
        if self.banding == 0.0 {
            return 0.0;
        }
        let broad = wave(seed ^ 2, 0.0, y_mm / 9.0);
        let narrow = wave(seed ^ 5, 0.0, y_mm / 1.3);
        self.banding * (0.6 * step(0.35, 0.9, broad) + 0.4 * step(0.6, 0.85, narrow))
    }

    /// Whether a position belongs to the `share` that is missing.
    fn drops(&self, seed: u64, x: f32, y: f32, share: f32) -> bool {
        // Values of `wave` cluster around 0.5; this threshold gives about the requested share, up
        // to a half.
        share > 0.0 && wave(seed, x, y) < 0.5 * cube_root(share)
    }
}

/// Approximate cube root of a share, from square roots.
fn cube_root(share: f32) -> f32 {
    // x^(1/4) · x^(1/16) · x^(1/64) … tends to x^(1/3).
    let fourth = share.sqrt().sqrt();
    let sixteenth = fourth.sqrt().sqrt();
    let sixty_fourth = sixteenth.sqrt().sqrt();
    fourth * sixteenth * sixty_fourth
}
