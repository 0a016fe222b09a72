//! The same seed gives the same picture on every machine and in every version.

use std::collections::HashSet;
use std::fmt::Write;

use image::{GrayImage, Luma};
use paper::{Picture, Point, Recipe};

/// A page the size of a stamp, with a chequered square in place of the symbol.
fn page() -> Picture {
    const DPI: f32 = 150.0;
    let grey = GrayImage::from_fn(300, 400, |x, y| {
        let inside = (60..208).contains(&x) && (80..228).contains(&y);
        let text = y > 280 && y % 20 < 6 && x % 7 < 4;
        let dark = (inside && (x / 8 + y / 8) % 2 == 0) || text;
        Luma([if dark { 0 } else { 255 }])
    });
    let corner = |x, y| Point { x, y };
    let symbol = [
        corner(60.0, 80.0),
        corner(208.0, 80.0),
        corner(208.0, 228.0),
        corner(60.0, 228.0),
    ];
    Picture::new(grey, DPI, Some(symbol))
}

/// FNV-1a hash of the size and the pixels.
fn fingerprint(picture: &Picture) -> u64 {
    let size = [picture.width(), picture.height()].map(u32::to_le_bytes);
    let bytes = size.as_flattened().iter().chain(picture.grey.iter());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn every_recipe_gives_the_frozen_picture() {
    let page = page();
    let mut now = String::new();
    for recipe in Recipe::all() {
        let picture = recipe.apply(&page, 0.5, 1);
        writeln!(now, "{} {:016x}", recipe.name, fingerprint(&picture)).unwrap();
    }
    let frozen = include_str!("../frozen.txt");
    assert!(
        now == frozen,
        "If a recipe was changed on purpose, this is the new frozen.txt:\n{now}"
    );
}

#[test]
fn another_seed_or_severity_gives_another_picture() {
    let page = page();
    for recipe in Recipe::all().iter().step_by(4) {
        let pictures = [(0.5, 1), (0.5, 2), (0.9, 1)]
            .map(|(severity, seed)| fingerprint(&recipe.apply(&page, severity, seed)));
        let different: HashSet<u64> = pictures.into_iter().collect();
        assert_eq!(different.len(), 3, "{}", recipe.name);
    }
}

#[test]
fn names_are_unique_and_valid_in_file_names() {
    let mut names = HashSet::new();
    for recipe in Recipe::all() {
        assert!(names.insert(recipe.name), "{}", recipe.name);
        let fits =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(recipe.name.chars().all(fits), "{}", recipe.name);
        assert!(Recipe::named(recipe.name).is_some());
    }
    assert!(Recipe::named("eaten-by-a-dog").is_none());
}
