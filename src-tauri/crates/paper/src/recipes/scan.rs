//! Recipes about scanners and fax machines.

use super::basics::{coarser, printed};
use crate::arithmetic::mix;
use crate::dice::Dice;
use crate::fax::Fax;
use crate::flatbed::Flatbed;
use crate::picture::Picture;
use crate::sensor::Jpeg;

fn scan(page: &Picture, severity: f32, dice: &mut Dice, dpi: f32) -> Picture {
    let flatbed = Flatbed {
        dpi,
        degrees: dice.either_way(mix(0.2, 6.0, severity)),
        blur_mm: mix(0.03, 1.15, severity),
        noise: mix(1.5, 30.0, severity),
        contrast: mix(1.1, 0.6, severity),
        threshold: None,
    };
    flatbed.on(&printed(page, dice), dice.seed())
}

pub(super) fn scan_300(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    scan(page, severity, dice, 300.0)
}

pub(super) fn scan_150(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    scan(page, severity, dice, 150.0)
}

pub(super) fn scan_low(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        dpi: coarser(110.0, 15.0, severity),
        degrees: dice.either_way(mix(0.2, 3.0, severity)),
        noise: mix(1.5, 5.0, severity),
        contrast: mix(1.1, 0.9, severity),
        ..Flatbed::GOOD
    };
    flatbed.on(&printed(page, dice), dice.seed())
}

pub(super) fn scan_bilevel(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let off = dice.either_way(mix(10.0, 118.0, severity));
    let flatbed = Flatbed {
        dpi: 200.0,
        degrees: dice.either_way(mix(0.2, 3.0, severity)),
        noise: mix(4.0, 40.0, severity),
        blur_mm: mix(0.08, 0.4, severity),
        threshold: Some(128.0 + off),
        ..Flatbed::GOOD
    };
    flatbed.on(&printed(page, dice), dice.seed())
}

pub(super) fn scan_turned(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        dpi: coarser(200.0, 20.0, severity),
        degrees: dice.between(0.0, 360.0) * severity,
        ..Flatbed::GOOD
    };
    flatbed.on(&printed(page, dice), dice.seed())
}

pub(super) fn scan_jpeg(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        dpi: coarser(150.0, 22.0, severity),
        degrees: dice.between(-1.0, 1.0),
        ..Flatbed::GOOD
    };
    let scan = flatbed.on(&printed(page, dice), dice.seed());
    let quality = mix(60.0, 2.0, severity) as u8;
    Jpeg { quality }.on(&scan)
}

fn fax(page: &Picture, severity: f32, dice: &mut Dice, fine: bool) -> Picture {
    let flatbed = Flatbed {
        dpi: page.dpi.max(200.0),
        degrees: dice.either_way(mix(0.2, 2.5, severity)),
        ..Flatbed::GOOD
    };
    let fed = flatbed.on(&printed(page, dice), dice.seed());
    let fax = Fax {
        fine,
        threshold: 140.0 + dice.either_way(mix(5.0, 45.0, severity)),
        broken_lines: mix(0.002, 0.75, severity),
        noise: mix(6.0, 100.0, severity),
    };
    fax.on(&fed, dice.seed())
}

pub(super) fn fax_fine(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    fax(page, severity, dice, true)
}

pub(super) fn fax_coarse(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    fax(page, severity, dice, false)
}
