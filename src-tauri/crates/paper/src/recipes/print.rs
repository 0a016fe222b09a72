//! Recipes about printers, and copies of copies.

use super::basics::{coarser, scanned};
use crate::arithmetic::mix;
use crate::dice::Dice;
use crate::flatbed::Flatbed;
use crate::generations::Generations;
use crate::picture::Picture;
use crate::print::Print;

pub(super) fn faint(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        gain_mm: mix(0.0, -0.12, severity),
        ink: mix(90.0, 195.0, severity),
        dropouts: mix(0.002, 0.06, severity),
        banding: mix(0.1, 0.45, severity),
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

pub(super) fn heavy(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        gain_mm: mix(0.06, 0.8, severity),
        ink: 12.0,
        dust: mix(0.0005, 0.012, severity),
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

pub(super) fn banded(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        banding: mix(0.35, 1.0, severity),
        dropouts: mix(0.01, 0.12, severity),
        dust: mix(0.001, 0.01, severity),
        ink: 45.0,
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

pub(super) fn draft(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        raster_dpi: coarser(150.0, 13.0, severity),
        ink: 75.0,
        dropouts: 0.004,
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

pub(super) fn generations(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let generations = Generations {
        // Three at medium severity.
        prints: 2 + (severity * 3.0 + 0.01) as u32,
        print: Print {
            gain_mm: mix(0.02, 0.14, severity),
            dropouts: mix(0.001, 0.03, severity),
            dust: mix(0.0003, 0.01, severity),
            banding: mix(0.0, 0.5, severity),
            ..Print::GOOD
        },
        flatbed: Flatbed {
            dpi: 200.0,
            degrees: mix(0.4, 1.5, severity),
            contrast: mix(1.15, 1.35, severity),
            blur_mm: mix(0.05, 0.22, severity),
            ..Flatbed::GOOD
        },
    };
    generations.on(page, dice.seed())
}
