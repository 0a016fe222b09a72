//! Reading of real sheets after simulated damage. The long form is `cargo xtask paper table`.

use crate::support::{clean, is_read, sheet};
use paper::{Cover, Recipe, Shape};

/// Severity of damage to sheets that people handle with some care.
const MODERATE: f32 = 0.4;

/// Asserts that every `step`th recipe, starting with `first`, is read. Names those that are not.
fn all_read(dpi: f32, first: usize, step: usize) {
    let (code, page) = sheet(1, dpi);
    let page = clean(&page, dpi);
    let unread: Vec<&str> = Recipe::all()
        .iter()
        .skip(first)
        .step_by(step)
        .filter(|recipe| !is_read(&recipe.apply(&page, MODERATE, 1), &code, recipe.name))
        .map(|recipe| recipe.name)
        .collect();
    assert!(unread.is_empty(), "not read: {unread:?}");
}

/// Returns how many of every second recipe, starting with `first`, are read at a severity, and how
/// many those are. None may give another code.
fn number_read(severity: f32, first: usize) -> (usize, usize) {
    let (code, page) = sheet(2, 150.0);
    let page = clean(&page, 150.0);
    let recipes = || Recipe::all().iter().skip(first).step_by(2);
    let read = recipes()
        .filter(|recipe| is_read(&recipe.apply(&page, severity, 2), &code, recipe.name))
        .count();
    (read, recipes().count())
}

#[test]
fn moderately_damaged_pages_of_150_dpi_are_read_even_recipes() {
    all_read(150.0, 0, 2);
}

#[test]
fn moderately_damaged_pages_of_150_dpi_are_read_odd_recipes() {
    all_read(150.0, 1, 2);
}

#[test]
fn moderately_damaged_pages_of_300_dpi_are_read() {
    all_read(300.0, 4, 5);
}

#[test]
fn nearly_all_is_read_at_medium_severity_with_no_errors() {
    for first in 0..2 {
        let (read, all) = number_read(0.5, first);
        assert!(read + 1 >= all, "{read} of {all}");
    }
}

#[test]
fn over_half_is_read_at_the_worst_severity_with_no_errors_even_recipes() {
    let (read, all) = number_read(1.0, 0);
    assert!(read * 2 > all, "{read} of {all}");
}

#[test]
fn over_half_is_read_at_the_worst_severity_with_no_errors_odd_recipes() {
    let (read, all) = number_read(1.0, 1);
    assert!(read * 2 > all, "{read} of {all}");
}

#[test]
fn three_generations_of_prints_and_scans_are_read() {
    for seed in 3..6 {
        let (code, page) = sheet(seed, 150.0);
        // At this severity, the recipe prints three times.
        let copy = Recipe::named("generations").unwrap();
        let third = copy.apply(&clean(&page, 150.0), 0.34, seed);
        assert!(is_read(&third, &code, "generations"), "{seed}");
    }
}

#[test]
fn covers_within_the_measured_margin_are_tolerated() {
    for seed in 6..9 {
        let (code, page) = sheet(seed, 200.0);
        let margin = scan::damage_margin(&page, code.expose()).unwrap();
        let page = clean(&page, 200.0);
        for shape in [
            Shape::Corner,
            Shape::Across,
            Shape::Upright,
            Shape::Blotches,
        ] {
            for level in [0, 255] {
                let cover = Cover {
                    // Blotches at other positions do about the same damage, but not exactly.
                    share: f32::from(margin.percent.saturating_sub(2)) / 100.0,
                    shape,
                    level,
                };
                let covered = cover.on(&page, seed);
                let what = format!("{shape:?} {level} {seed}");
                assert!(is_read(&covered, &code, &what), "{what}");
            }
        }
    }
}
