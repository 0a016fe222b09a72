//! The recipes themselves.

use crate::arithmetic::mix;
use crate::dice::Dice;
use crate::recipe::{Family, Recipe};
use crate::{
    Camera, Corner, Cover, Crumple, Curl, Fax, Flatbed, Fold, Generations, Jpeg, Lens, Light,
    Mended, Photograph, Picture, Print, Screen, Sensor, Shape, Soak, Stain, Tear,
};

const fn recipe(
    family: Family,
    name: &'static str,
    about: &'static str,
    steps: fn(&Picture, f32, &mut Dice) -> Picture,
) -> Recipe {
    Recipe {
        name,
        about,
        family,
        steps,
    }
}

use Family::{Damage, Photograph as Photo, Print as Printed, Scan as Scanned};

#[rustfmt::skip]
pub(crate) const RECIPES: &[Recipe] = &[
    recipe(Printed, "print-faint", "toner runs out, then scanned", faint),
    recipe(Printed, "print-heavy", "ink spreads over its edges, then scanned", heavy),
    recipe(Printed, "print-banded", "a worn drum leaves bands and specks, then scanned", banded),
    recipe(Printed, "print-draft", "few dots an inch, then scanned", draft),
    recipe(Printed, "generations", "printed, scanned and printed again, two to five times", generations),
    recipe(Scanned, "scan-300", "scanned at 300 dpi, not quite straight", scan_300),
    recipe(Scanned, "scan-150", "scanned at 150 dpi, not quite straight", scan_150),
    recipe(Scanned, "scan-low", "scanned at 110 down to 15 dpi", scan_low),
    recipe(Scanned, "scan-bilevel", "scanned to black and white, too light or too dark", scan_bilevel),
    recipe(Scanned, "scan-turned", "scanned lying at any angle, with fewer and fewer pixels", scan_turned),
    recipe(Scanned, "scan-jpeg", "scanned and squeezed into a small file", scan_jpeg),
    recipe(Scanned, "fax", "faxed in fine mode over a bad line", fax_fine),
    recipe(Scanned, "fax-coarse", "faxed in standard mode over a bad line", fax_coarse),
    recipe(Photo, "photo", "photographed by hand: a little of everything", photo),
    recipe(Photo, "photo-slanted", "photographed from aside", photo_slanted),
    recipe(Photo, "photo-turned", "photographed at any angle in the frame, from further and further away", photo_turned),
    recipe(Photo, "photo-small", "photographed from afar: few pixels", photo_small),
    recipe(Photo, "photo-defocused", "photographed out of focus", photo_defocused),
    recipe(Photo, "photo-shaken", "photographed with a moving hand", photo_shaken),
    recipe(Photo, "photo-dark", "photographed in the dark: noise", photo_dark),
    recipe(Photo, "photo-uneven", "photographed beside a lamp", photo_uneven),
    recipe(Photo, "photo-shadow", "photographed with a shadow across the symbol", photo_shadow),
    recipe(Photo, "photo-jpeg", "photographed and sent by a messenger that squeezes", photo_jpeg),
    recipe(Photo, "screen", "photographed from a screen: moiré and pixels", screen),
    recipe(Damage, "fold", "folded through the symbol", fold),
    recipe(Damage, "fold-small", "folded small enough for a wallet", fold_small),
    recipe(Damage, "curl", "rolled up", curl),
    recipe(Damage, "crumple", "crushed and smoothed", crumple),
    recipe(Damage, "stain", "under a coffee cup, up to five times", stain),
    recipe(Damage, "soaked", "in water; inkjet ink runs", soaked),
    recipe(Damage, "cover-corner", "a corner of the symbol covered, up to 30 %", cover_corner),
    recipe(Damage, "cover-stripe", "a stripe of the symbol covered, up to 30 %", cover_stripe),
    recipe(Damage, "cover-blotches", "blotches over the symbol, up to 30 %", cover_blotches),
    recipe(Damage, "cover-finder", "a corner with a finder pattern covered, up to 30 %", cover_finder),
    recipe(Damage, "cover-patch", "a round patch anywhere on the symbol, up to 30 %", cover_patch),
    recipe(Damage, "torn-corner", "a corner of the page gone", torn_corner),
    recipe(Damage, "torn-mended", "torn through the symbol and taped", torn_mended),
    recipe(Damage, "ten-years", "faded, folded, crumpled, stained, and photographed in poor light", ten_years),
];

/// From `many` to `few` dots or pixels, such that the size of each grows evenly.
fn coarser(many: f32, few: f32, t: f32) -> f32 {
    1.0 / mix(1.0 / many, 1.0 / few, t)
}

fn printed(page: &Picture, dice: &mut Dice) -> Picture {
    Print::GOOD.on(page, dice.seed())
}

fn scanned(page: &Picture, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        degrees: dice.between(-1.0, 1.0),
        ..Flatbed::GOOD
    };
    flatbed.on(page, dice.seed())
}

/// A careful photograph, as no hand holds a camera quite straight.
fn by_hand(dice: &mut Dice) -> Photograph {
    let mut photograph = Photograph::CAREFUL;
    photograph.camera.tilt_degrees = dice.between(-4.0, 10.0);
    photograph.camera.slant_degrees = dice.between(-5.0, 5.0);
    photograph.camera.turn_degrees = dice.between(-4.0, 4.0);
    photograph.light.gradient = dice.between(0.02, 0.12);
    photograph.light.lamp_degrees = dice.between(0.0, 360.0);
    photograph
}

fn photographed(page: &Picture, dice: &mut Dice) -> Picture {
    by_hand(dice).on(page, dice.seed())
}

fn faint(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        gain_mm: mix(0.0, -0.12, severity),
        ink: mix(90.0, 195.0, severity),
        dropouts: mix(0.002, 0.06, severity),
        banding: mix(0.1, 0.45, severity),
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

fn heavy(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        gain_mm: mix(0.06, 0.8, severity),
        ink: 12.0,
        dust: mix(0.0005, 0.012, severity),
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

fn banded(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        banding: mix(0.35, 1.0, severity),
        dropouts: mix(0.01, 0.12, severity),
        dust: mix(0.001, 0.01, severity),
        ink: 45.0,
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

fn draft(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let print = Print {
        raster_dpi: coarser(150.0, 13.0, severity),
        ink: 75.0,
        dropouts: 0.004,
        ..Print::GOOD
    };
    scanned(&print.on(page, dice.seed()), dice)
}

fn generations(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let generations = Generations {
        // 3 in the middle.
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

fn scan_300(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    scan(page, severity, dice, 300.0)
}

fn scan_150(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    scan(page, severity, dice, 150.0)
}

fn scan_low(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        dpi: coarser(110.0, 15.0, severity),
        degrees: dice.either_way(mix(0.2, 3.0, severity)),
        noise: mix(1.5, 5.0, severity),
        contrast: mix(1.1, 0.9, severity),
        ..Flatbed::GOOD
    };
    flatbed.on(&printed(page, dice), dice.seed())
}

fn scan_bilevel(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn scan_turned(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let flatbed = Flatbed {
        dpi: coarser(200.0, 20.0, severity),
        degrees: dice.between(0.0, 360.0) * severity,
        ..Flatbed::GOOD
    };
    flatbed.on(&printed(page, dice), dice.seed())
}

fn scan_jpeg(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn fax_fine(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    fax(page, severity, dice, true)
}

fn fax_coarse(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    fax(page, severity, dice, false)
}

fn photo(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let hand = Photograph::CAREFUL;
    let photograph = Photograph {
        camera: Camera {
            width: mix(1500.0, 600.0, severity) as u32,
            height: mix(2000.0, 800.0, severity) as u32,
            tilt_degrees: dice.between(0.5, 1.0) * mix(6.0, 50.0, severity),
            slant_degrees: dice.between(-1.0, 1.0) * mix(4.0, 36.0, severity),
            turn_degrees: dice.between(-1.0, 1.0) * mix(4.0, 25.0, severity),
            ..hand.camera
        },
        light: Light {
            exposure: mix(0.86, 0.6, severity),
            gradient: dice.between(0.05, 0.1) + 0.3 * severity,
            lamp_degrees: dice.between(0.0, 360.0),
            vignette: mix(0.05, 0.5, severity),
            shadow: 0.5 * severity,
            ..hand.light
        },
        lens: Lens {
            defocus_mm: mix(0.1, 0.7, severity),
            motion_mm: mix(0.05, 1.2, severity),
            motion_degrees: dice.between(0.0, 180.0),
        },
        sensor: Sensor {
            noise: mix(3.0, 22.0, severity),
            blotchy: 0.35,
        },
        jpeg: Jpeg {
            quality: mix(88.0, 20.0, severity) as u8,
        },
    };
    photograph.on(&printed(page, dice), dice.seed())
}

/// A careful photograph but for one thing.
fn but_for(
    page: &Picture,
    dice: &mut Dice,
    change: impl FnOnce(&mut Photograph, &mut Dice),
) -> Picture {
    let mut photograph = by_hand(dice);
    change(&mut photograph, dice);
    photograph.on(&printed(page, dice), dice.seed())
}

fn photo_slanted(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, dice| {
        let lean = mix(12.0, 84.0, severity);
        let share = dice.unit();
        photo.camera.tilt_degrees = dice.either_way(lean * share.max(0.2));
        photo.camera.slant_degrees = dice.either_way(lean * (1.0 - share).max(0.2));
        photo.camera.distance_mm = 450.0;
        let width = mix(1300.0, 650.0, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
    })
}

fn photo_turned(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, dice| {
        photo.camera.turn_degrees = dice.between(0.0, 360.0) * severity;
        photo.camera.tilt_degrees = mix(0.0, 15.0, severity);
        let width = 1000.0 * coarser(1.3, 0.2, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
    })
}

fn photo_small(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, _| {
        let width = coarser(1000.0, 160.0, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
        photo.lens.defocus_mm = mix(0.15, 0.3, severity);
    })
}

fn photo_defocused(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, _| {
        photo.lens.defocus_mm = mix(0.25, 1.5, severity);
    })
}

fn photo_shaken(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, dice| {
        photo.lens.motion_mm = mix(0.4, 3.0, severity);
        photo.lens.motion_degrees = dice.between(0.0, 180.0);
    })
}

fn photo_dark(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, _| {
        photo.light.exposure = mix(0.55, 0.16, severity);
        photo.light.haze = 14.0;
        photo.sensor.noise = mix(9.0, 44.0, severity);
        photo.sensor.blotchy = 0.4;
    })
}

fn photo_uneven(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, _| {
        photo.light.gradient = mix(0.25, 0.95, severity);
        photo.light.vignette = mix(0.15, 1.2, severity);
        photo.light.haze = mix(10.0, 190.0, severity);
        photo.sensor.noise = mix(3.0, 28.0, severity);
    })
}

fn photo_shadow(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, _| {
        photo.light.shadow = mix(0.35, 0.92, severity);
        photo.light.shadow_edge_mm = mix(14.0, 1.5, severity);
    })
}

fn photo_jpeg(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    but_for(page, dice, |photo, _| {
        let width = mix(1000.0, 180.0, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
        photo.jpeg.quality = mix(55.0, 2.0, severity) as u8;
    })
}

fn screen(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let screen = Screen {
        dpi: mix(110.0, 26.0, severity),
        camera: mix(2.2, 0.95, severity),
        degrees: dice.either_way(mix(1.0, 7.0, severity)),
        gaps: mix(0.15, 0.95, severity),
        flicker: mix(0.05, 0.8, severity),
        black: mix(20.0, 120.0, severity),
    };
    let seen = screen.on(page, dice.seed());
    let mut photograph = by_hand(dice);
    photograph.light.exposure = 0.95;
    photograph.light.vignette = mix(0.1, 0.5, severity);
    photograph.lens.defocus_mm = 0.1;
    photograph.sensor.noise = mix(3.0, 9.0, severity);
    photograph.developed(&seen, dice.seed())
}

fn fold(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn fold_small(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn curl(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let curl = Curl {
        height_mm: mix(8.0, 60.0, severity),
        degrees: if dice.unit() < 0.5 { 0.0 } else { 90.0 } + dice.between(-12.0, 12.0),
        aside: mix(0.1, 0.5, severity),
    };
    let rolled = curl.on(&printed(page, dice));
    photographed(&rolled, dice)
}

fn crumple(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let crumple = Crumple {
        height_mm: mix(1.0, 12.0, severity),
        facet_mm: mix(34.0, 18.0, severity),
        ink_loss: mix(0.15, 0.9, severity),
    };
    let crumpled = crumple.on(&printed(page, dice), dice.seed());
    photographed(&crumpled, dice)
}

fn stain(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn soaked(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn cover_corner(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    cover(page, severity, dice, Shape::Corner)
}

fn cover_stripe(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let shape = if dice.unit() < 0.5 {
        Shape::Across
    } else {
        Shape::Upright
    };
    cover(page, severity, dice, shape)
}

fn cover_blotches(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    cover(page, severity, dice, Shape::Blotches)
}

fn cover_finder(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let shape = [Shape::UpperLeft, Shape::UpperRight, Shape::LowerLeft][dice.below(3)];
    // A small share of the symbol is all of its finder pattern.
    covered(page, 0.3 * severity * severity, dice, shape)
}

fn cover_patch(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    cover(page, severity, dice, Shape::Patch)
}

fn torn_corner(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

fn torn_mended(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    let slip = mix(0.1, 2.4, severity);
    let mended = Mended {
        slip_mm: (dice.either_way(slip), dice.either_way(slip * 0.5)),
        degrees: dice.either_way(mix(0.1, 2.0, severity)),
    };
    let mended = mended.on(&printed(page, dice), dice.seed());
    photographed(&mended, dice)
}

fn ten_years(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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
