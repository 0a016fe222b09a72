//! Steps that many recipes share.

use crate::arithmetic::mix;
use crate::dice::Dice;
use crate::flatbed::Flatbed;
use crate::photograph::Photograph;
use crate::picture::Picture;
use crate::print::Print;

/// Interpolates from `many` to `few` dots or pixels so that the size of each grows evenly.
pub(super) fn coarser(many: f32, few: f32, t: f32) -> f32 {
    1.0 / mix(1.0 / many, 1.0 / few, t)
}

pub(super) fn printed(page: &Picture, dice: &mut Dice) -> Picture {
    Print::GOOD.on(page, dice.seed())
}

pub(super) fn scanned(page: &Picture, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        degrees: dice.between(-1.0, 1.0),
        ..Flatbed::GOOD
    };
    flatbed.on(page, dice.seed())
}

/// A careful photograph by hand, which is never quite straight.
pub(super) fn by_hand(dice: &mut Dice) -> Photograph {
    let mut photograph = Photograph::CAREFUL;
    photograph.camera.tilt_degrees = dice.between(-4.0, 10.0);
    photograph.camera.slant_degrees = dice.between(-5.0, 5.0);
    photograph.camera.turn_degrees = dice.between(-4.0, 4.0);
    photograph.light.gradient = dice.between(0.02, 0.12);
    photograph.light.lamp_degrees = dice.between(0.0, 360.0);
    photograph
}

pub(super) fn photographed(page: &Picture, dice: &mut Dice) -> Picture {
    by_hand(dice).on(page, dice.seed())
}
