//! Real sheets, after all that happens to paper. The long form is `cargo xtask paper table`.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod support;

use paper::{Cover, Recipe, Shape};
use support::{clean, is_read, sheet};

/// As bad as it gets where people take some care.
const MODERATE: f32 = 0.4;

/// Every `step`th recipe from `first` on must be read; names those that are not.
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

#[test]
fn every_moderate_damage_is_read_from_a_page_of_150_dpi_one_half() {
    all_read(150.0, 0, 2);
}

#[test]
fn every_moderate_damage_is_read_from_a_page_of_150_dpi_other_half() {
    all_read(150.0, 1, 2);
}

#[test]
fn moderate_damage_is_read_from_a_page_of_300_dpi() {
    all_read(300.0, 4, 5);
}

#[test]
fn half_way_nearly_all_is_read_and_at_its_worst_more_than_half_and_nothing_wrong() {
    let (code, page) = sheet(2, 150.0);
    let page = clean(&page, 150.0);
    let read = |severity: f32| {
        Recipe::all()
            .iter()
            .filter(|recipe| is_read(&recipe.apply(&page, severity, 2), &code, recipe.name))
            .count()
    };
    let all = Recipe::all().len();
    let (half, worst) = (read(0.5), read(1.0));
    assert!(
        half + 2 >= all && worst * 2 > all,
        "{half} and {worst} of {all}"
    );
}

#[test]
fn three_generations_of_prints_and_scans_are_read() {
    for seed in 3..6 {
        let (code, page) = sheet(seed, 150.0);
        // At this severity the recipe prints three times.
        let copy = Recipe::named("generations").unwrap();
        let third = copy.apply(&clean(&page, 150.0), 0.34, seed);
        assert!(is_read(&third, &code, "generations"), "{seed}");
    }
}

#[test]
fn what_covers_no_more_than_the_measured_margin_is_read() {
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
                    // Blotches that fall elsewhere harm as much, but not quite the same.
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
