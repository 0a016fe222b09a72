//! How much of a symbol may be covered.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod support;

use image::GrayImage;
use qrcode::{Color, EcLevel, QrCode};
use scan::{Engine, GreyPage, Limits, ScanError, damage_margin, render};
use support::pdf::vector_sheet;
use support::{code, paper, symbol, turned};

fn page(picture: &GrayImage) -> GreyPage {
    let (width, height) = picture.dimensions();
    GreyPage::from_pixels(width, height, picture.as_raw().clone().into()).unwrap()
}

#[test]
fn sheets_are_read_with_a_good_share_of_the_symbol_covered() {
    for seed in 50..53 {
        let code = code(seed);
        let sheet = vector_sheet(&[code.expose()], 1.0);
        let page = render(&sheet, 0, 200.0, &Limits::default()).unwrap();
        let margin = damage_margin(&page, code.expose()).unwrap();
        assert!((20..=30).contains(&margin.percent), "{}", margin.percent);
        assert_eq!(damage_margin(&page, code.expose()), Ok(margin), "once more");
    }
}

#[test]
fn a_weaker_symbol_has_a_smaller_margin() {
    let code = code(57);
    let strong = page(&symbol(code.expose(), 8));
    let qr = QrCode::with_error_correction_level(code.expose(), EcLevel::L).unwrap();
    let width = qr.width() as u32;
    let side = (width + 8) * 8;
    let weak = GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / 8).wrapping_sub(4), (y / 8).wrapping_sub(4));
        let dark = x < width && y < width && qr[(x as usize, y as usize)] == Color::Dark;
        image::Luma([if dark { 0 } else { 255 }])
    });
    let [strong, weak] =
        [strong, page(&weak)].map(|page| damage_margin(&page, code.expose()).unwrap().percent);
    assert!(weak + 4 < strong, "{weak} {strong}");
}

#[test]
fn a_page_that_does_not_say_what_it_should_has_no_margin() {
    let unread = Err(ScanError::NotReadBy {
        engine: Engine::Rqrr,
    });
    let code = code(58);
    let shown = page(&symbol(code.expose(), 5));
    assert_eq!(damage_margin(&shown, "SOMETHING ELSE"), unread);
    assert_eq!(
        damage_margin(&page(&paper(300, 300, &[])), code.expose()),
        unread
    );
}

#[test]
fn of_several_symbols_the_one_that_was_meant_is_tried() {
    let code = code(59);
    let two = paper(
        900,
        400,
        &[
            (symbol("https://example.org/", 5), 20, 40),
            (symbol(code.expose(), 5), 400, 60),
        ],
    );
    assert!(damage_margin(&page(&two), code.expose()).unwrap().percent >= 7);
}

#[test]
fn the_corners_of_a_symbol_are_told_even_when_it_lies_askew() {
    let code = code(60);
    let straight = page(&symbol(code.expose(), 6));
    let (near, far) = (4.0 * 6.0, 41.0 * 6.0);
    let expected = [(near, near), (far, near), (far, far), (near, far)];
    for (corner, expected) in straight.symbol().unwrap().into_iter().zip(expected) {
        assert!((corner.0 - expected.0).abs() < 3.0, "{corner:?}");
        assert!((corner.1 - expected.1).abs() < 3.0, "{corner:?}");
    }

    // Turned by half a right angle, the first corner is above the middle.
    let askew = page(&turned(&symbol(code.expose(), 6), 45.0));
    let middle = askew.width() as f32 / 2.0;
    let half_diagonal = 37.0 * 6.0 / 2.0 * std::f32::consts::SQRT_2;
    let [top, right, bottom, left] = askew.symbol().unwrap();
    for (corner, dx, dy) in [
        (top, 0.0, -half_diagonal),
        (right, half_diagonal, 0.0),
        (bottom, 0.0, half_diagonal),
        (left, -half_diagonal, 0.0),
    ] {
        assert!((corner.0 - middle - dx).abs() < 4.0, "{corner:?}");
        assert!((corner.1 - middle - dy).abs() < 4.0, "{corner:?}");
    }
    assert!(damage_margin(&askew, code.expose()).unwrap().percent >= 5);
    assert!(page(&paper(300, 300, &[])).symbol().is_none());
}
