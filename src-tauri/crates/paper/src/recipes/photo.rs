//! Recipes about cameras.

use super::basics::{by_hand, coarser, printed};
use crate::arithmetic::mix;
use crate::camera::Camera;
use crate::dice::Dice;
use crate::lens::Lens;
use crate::light::Light;
use crate::photograph::Photograph;
use crate::picture::Picture;
use crate::screen::Screen;
use crate::sensor::{Jpeg, Sensor};

pub(super) fn photo(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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

/// A careful photograph, changed in one respect.
fn careful_except(
    page: &Picture,
    dice: &mut Dice,
    change: impl FnOnce(&mut Photograph, &mut Dice),
) -> Picture {
    let mut photograph = by_hand(dice);
    change(&mut photograph, dice);
    photograph.on(&printed(page, dice), dice.seed())
}

pub(super) fn photo_slanted(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, dice| {
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

pub(super) fn photo_turned(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, dice| {
        photo.camera.turn_degrees = dice.between(0.0, 360.0) * severity;
        photo.camera.tilt_degrees = mix(0.0, 15.0, severity);
        let width = 1000.0 * coarser(1.3, 0.2, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
    })
}

pub(super) fn photo_small(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, _| {
        let width = coarser(1000.0, 160.0, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
        photo.lens.defocus_mm = mix(0.15, 0.3, severity);
    })
}

pub(super) fn photo_defocused(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, _| {
        photo.lens.defocus_mm = mix(0.25, 1.5, severity);
    })
}

pub(super) fn photo_shaken(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, dice| {
        photo.lens.motion_mm = mix(0.4, 3.0, severity);
        photo.lens.motion_degrees = dice.between(0.0, 180.0);
    })
}

pub(super) fn photo_dark(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, _| {
        photo.light.exposure = mix(0.55, 0.16, severity);
        photo.light.haze = 14.0;
        photo.sensor.noise = mix(9.0, 44.0, severity);
        photo.sensor.blotchy = 0.4;
    })
}

pub(super) fn photo_uneven(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, _| {
        photo.light.gradient = mix(0.25, 0.95, severity);
        photo.light.vignette = mix(0.15, 1.2, severity);
        photo.light.haze = mix(10.0, 190.0, severity);
        photo.sensor.noise = mix(3.0, 28.0, severity);
    })
}

pub(super) fn photo_shadow(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, _| {
        photo.light.shadow = mix(0.35, 0.92, severity);
        photo.light.shadow_edge_mm = mix(14.0, 1.5, severity);
    })
}

pub(super) fn photo_jpeg(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
    careful_except(page, dice, |photo, _| {
        let width = mix(1000.0, 180.0, severity);
        photo.camera.width = width as u32;
        photo.camera.height = (width * 1.34) as u32;
        photo.jpeg.quality = mix(55.0, 2.0, severity) as u8;
    })
}

pub(super) fn screen(page: &Picture, severity: f32, dice: &mut Dice) -> Picture {
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
