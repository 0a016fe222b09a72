//! Compares drawn sheets with committed pictures.
//!
//! After an intended change, review the new pictures in `target/artefacts/sheets` and accept them
//! with `ACCEPT_PICTURES=1 cargo test -p sheet --test integration pictures`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::variants::{Carried, EMAIL, LABEL, REACHES, Samples, Variant, reach};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, GrayImage, ImageEncoder};
use sheet::{Language, Paper, Reach};

const DOTS_AN_INCH: f32 = 80.0;

/// Number of grey levels in a picture, evenly spaced from black to white.
const GREYS: u8 = 8;

/// Tolerated difference of a dot in grey levels: computers round differently where an edge cuts a
/// dot.
const STEPS: u8 = 1;
/// Number of dots that may differ by more.
const STRAYS: usize = 10;

/// Limit for a committed picture in bytes.
const LARGEST: usize = 30_000;

/// The sheets with a different appearance.
fn pictured() -> Vec<Variant> {
    let whole = Variant {
        carried: Carried::Code,
        language: Language::English,
        paper: Paper::A4,
        reach: Reach::ThisComputer,
        timed: false,
        wallet: Some(EMAIL),
    };
    let mut pictured: Vec<Variant> = REACHES.map(|reach| Variant { reach, ..whole }).into();
    for variant in [
        Variant {
            timed: true,
            wallet: None,
            ..whole
        },
        Variant {
            paper: Paper::Letter,
            timed: true,
            wallet: Some(LABEL),
            ..whole
        },
        Variant {
            paper: Paper::Letter,
            reach: reach(true, true),
            ..whole
        },
        Variant {
            carried: Carried::Share,
            ..whole
        },
        Variant {
            carried: Carried::Share,
            reach: reach(true, false),
            wallet: None,
            ..whole
        },
        Variant {
            carried: Carried::OfMany,
            paper: Paper::Letter,
            reach: reach(true, true),
            ..whole
        },
    ] {
        pictured.push(variant);
    }
    let german: Vec<Variant> = pictured
        .iter()
        .map(|variant| Variant {
            language: Language::German,
            ..*variant
        })
        .collect();
    pictured.extend(german);
    pictured
}

/// Draws the page in [`GREYS`] grey levels.
fn drawn(pdf: &[u8]) -> GrayImage {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).unwrap();
    let scale = DOTS_AN_INCH / 72.0;
    let pixmap = hayro::render(
        &pdf.pages()[0],
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    );
    let (rgba, _) = pixmap.data_as_u8_slice().as_chunks::<4>();
    let grey = |value: u8| {
        let last = u16::from(GREYS - 1);
        let nearest = (u16::from(value) * last + 127) / 255;
        (nearest * 255 / last) as u8
    };
    let greys = rgba.iter().map(|&[value, ..]| grey(value)).collect();
    GrayImage::from_raw(pixmap.width().into(), pixmap.height().into(), greys).unwrap()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::NoFilter)
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::L8,
        )
        .unwrap();
    bytes
}

/// Describes the difference between a drawn page and the committed picture, if any.
fn difference_between(drawn: &GrayImage, committed: &GrayImage) -> Option<String> {
    if drawn.dimensions() != committed.dimensions() {
        return Some(String::from("different dimensions"));
    }
    let allowed = STEPS * (255 / (GREYS - 1) + 1);
    let pairs = drawn.iter().zip(committed.iter());
    let strays = pairs.filter(|(a, b)| a.abs_diff(**b) > allowed).count();
    (strays > STRAYS).then(|| format!("{strays} dots differ"))
}

fn artefacts() -> PathBuf {
    // The test program is in `deps`, in a profile's folder, in the target folder.
    let program = env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join("artefacts/sheets")
}

#[test]
fn each_sheet_equals_its_committed_picture() {
    let samples = Samples::read();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let accepted = env::var_os("ACCEPT_PICTURES").is_some();
    let mut wrong = Vec::new();
    for variant in pictured() {
        let name = variant.name() + ".png";
        let picture = drawn(&sheet::pdf(&variant.sheet(&samples)).unwrap());
        let bytes = png(&picture);
        assert!(bytes.len() < LARGEST, "{name}: {} bytes", bytes.len());
        let path = folder.join(&name);
        if accepted {
            fs::write(&path, &bytes).unwrap();
        }
        let difference = match image::open(&path) {
            Ok(committed) => difference_between(&picture, &committed.into_luma8()),
            Err(error) => Some(error.to_string()),
        };
        if let Some(difference) = difference {
            fs::create_dir_all(artefacts()).unwrap();
            fs::write(artefacts().join(&name), &bytes).unwrap();
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nThe new pictures are in {}. Review them; to accept them, run\n  \
         ACCEPT_PICTURES=1 cargo test -p sheet --test integration pictures",
        wrong.join("\n"),
        artefacts().display()
    );
}

#[test]
fn each_committed_picture_is_compared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let wanted: Vec<String> = pictured().iter().map(|it| it.name() + ".png").collect();
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(wanted.contains(&name), "{name}");
    }
}

#[test]
fn one_changed_letter_is_a_difference() {
    let samples = Samples::read();
    let [one, other] = [EMAIL, "anne@example.org"].map(|wallet| {
        let variant = Variant {
            wallet: Some(wallet),
            ..pictured()[0]
        };
        drawn(&sheet::pdf(&variant.sheet(&samples)).unwrap())
    });
    assert_eq!(difference_between(&one, &one), None);
    assert!(difference_between(&one, &other).is_some(), "one letter");
}
