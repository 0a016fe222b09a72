//! Recipes about damage to paper.

use super::basics::{by_hand, photographed, printed};
use crate::arithmetic::mix;
use crate::camera::Camera;
use crate::cover::{Cover, Shape};
use crate::crumple::Crumple;
use crate::curl::Curl;
use crate::dice::Dice;
use crate::fold::Fold;
use crate::picture::Picture;
use crate::print::Print;
use crate::stain::{Soak, Stain};
use crate::tear::{Corner, Mended, Tear};

pub(super) fn fold(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let fold = Fold {
        across: 1,
        upright: 1,
        lift_mm: mix(3.0, 60.0, severity),
        ink_loss: mix(0.2, 1.0, severity),
        wear_mm: mix(0.35, 7.0, severity),
    };
    let folded = fold.on(&printed(page, dice), dice.seed());
    photographed(&folded, dice)
}

pub(super) fn fold_small(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let fold = Fold {
        across: 3,
        upright: 2,
        lift_mm: mix(2.0, 20.0, severity),
        ink_loss: mix(0.3, 1.0, severity),
        wear_mm: mix(0.4, 4.5, severity),
    };
    let folded = fold.on(&printed(page, dice), dice.seed());
    photographed(&folded, dice)
}

pub(super) fn curl(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let curl = Curl {
        height_mm: mix(8.0, 60.0, severity),
        degrees: if dice.unit() < 0.5 { 0.0 } else { 90.0 } + dice.between(-12.0, 12.0),
        aside: mix(0.1, 0.5, severity),
    };
    let rolled = curl.on(&printed(page, dice));
    photographed(&rolled, dice)
}

pub(super) fn crumple(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let crumple = Crumple {
        height_mm: mix(1.0, 12.0, severity),
        facet_mm: mix(34.0, 18.0, severity),
        ink_loss: mix(0.15, 0.9, severity),
    };
    let crumpled = crumple.on(&printed(page, dice), dice.seed());
    photographed(&crumpled, dice)
}

pub(super) fn stain(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let mut stained = printed(page, dice);
    for _ in 0..1 + (severity * 4.0) as u32 {
        let far = dice.between(18.0, 34.0);
        let stain = Stain {
            radius_mm: dice.between(36.0, 43.0),
            depth: mix(0.35, 1.1, severity),
            away_mm: (dice.either_way(far), dice.either_way(40.0 - far)),
        };
        stained = stain.on(&stained, dice.seed());
    }
    photographed(&stained, dice)
}

pub(super) fn soaked(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let soak = Soak {
        share: mix(0.25, 0.95, severity),
        run_mm: mix(0.3, 1.4, severity),
        washed: mix(0.15, 0.55, severity),
        cockle_mm: mix(1.0, 4.0, severity),
    };
    let soaked = soak.on(&printed(page, dice), dice.seed());
    photographed(&soaked, dice)
}

fn cover(page: &Picture, severity: f32, dice: &mut Dice, shape: Shape) -> Picture {
    covered(page, mix(0.02, 0.3, severity), dice, shape)
}

fn covered(page: &Picture, share: f32, dice: &mut Dice, shape: Shape) -> Picture {
    let cover = Cover {
        share,
        shape,
        level: if dice.unit() < 0.5 { 20 } else { 250 },
    };
    let covered = cover.on(&printed(page, dice), dice.seed());
    photographed(&covered, dice)
}

pub(super) fn cover_corner(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    cover(page, severity, dice, Shape::Corner)
}

pub(super) fn cover_stripe(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let shape = if dice.unit() < 0.5 {
        Shape::Across
    } else {
        Shape::Upright
    };
    cover(page, severity, dice, shape)
}

pub(super) fn cover_blotches(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    cover(page, severity, dice, Shape::Blotches)
}

pub(super) fn cover_finder(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let shape = [Shape::UpperLeft, Shape::UpperRight, Shape::LowerLeft][dice.below(3)];
    // A small share of the symbol's area is a whole finder pattern.
    covered(page, 0.3 * severity * severity, dice, shape)
}

pub(super) fn cover_patch(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    cover(page, severity, dice, Shape::Patch)
}

pub(super) fn torn_corner(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let corners = [
        Corner::UpperLeft,
        Corner::UpperRight,
        Corner::LowerRight,
        Corner::LowerLeft,
    ];
    let size = mix(30.0, 260.0, severity);
    let tear = Tear {
        corner: corners[dice.below(corners.len())],
        size_mm: (size, size * dice.between(0.7, 1.5)),
        under: Camera::STRAIGHT.table * 0.95,
    };
    let torn = tear.on(&printed(page, dice), dice.seed());
    photographed(&torn, dice)
}

pub(super) fn torn_mended(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let slip = mix(0.1, 2.4, severity);
    let mended = Mended {
        slip_mm: (dice.either_way(slip), dice.either_way(slip * 0.5)),
        degrees: dice.either_way(mix(0.1, 2.0, severity)),
    };
    let mended = mended.on(&printed(page, dice), dice.seed());
    photographed(&mended, dice)
}

pub(super) fn ten_years(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let faded = Print {
        ink: mix(60.0, 130.0, severity),
        paper: mix(240.0, 222.0, severity),
        dropouts: mix(0.002, 0.02, severity),
        ..Print::GOOD
    };
    let fold = Fold {
        across: 2,
        upright: 1,
        lift_mm: mix(2.0, 7.0, severity),
        ink_loss: mix(0.3, 0.8, severity),
        wear_mm: mix(0.4, 0.9, severity),
    };
    let crumple = Crumple {
        height_mm: mix(0.6, 2.5, severity),
        facet_mm: 34.0,
        ink_loss: mix(0.1, 0.4, severity),
    };
    let stain = Stain {
        radius_mm: 39.0,
        depth: mix(0.3, 0.7, severity),
        away_mm: (dice.either_way(30.0), dice.either_way(18.0)),
    };
    let page = faded.on(page, dice.seed());
    let page = fold.on(&page, dice.seed());
    let page = crumple.on(&page, dice.seed());
    let page = stain.on(&page, dice.seed());
    let mut photograph = by_hand(dice);
    photograph.light.exposure = mix(0.7, 0.5, severity);
    photograph.light.gradient = mix(0.15, 0.4, severity);
    photograph.lens.defocus_mm = mix(0.15, 0.3, severity);
    photograph.sensor.noise = mix(5.0, 12.0, severity);
    photograph.on(&page, dice.seed())
}
