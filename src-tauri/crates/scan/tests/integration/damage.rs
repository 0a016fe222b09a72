//! The measured damage margin of symbols.

use crate::support::pdf::vector_sheet;
use crate::support::{code, paper, symbol, turned};
use image::GrayImage;
use qrcode::{Color, EcLevel, QrCode};
use raster::{LumaImage, render};
use scan::{Engine, ScanError, damage_margin, symbol_corners};

fn page(picture: &GrayImage) -> LumaImage {
    let (width, height) = picture.dimensions();
    LumaImage::from_pixels(width, height, picture.as_raw().clone().into()).unwrap()
}

#[test]
fn a_sheet_is_read_with_a_fifth_of_its_symbol_covered() {
    for seed in 50..53 {
        let code = code(seed);
        let sheet = vector_sheet(&[code.expose()], 1.0);
        let page = render(&sheet, 0, 200.0).unwrap();
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
fn a_page_without_the_expected_text_has_no_margin() {
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
fn among_several_symbols_the_one_with_the_expected_text_is_measured() {
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
fn the_corners_of_a_rotated_symbol_are_reported() {
    let code = code(60);
    let straight = page(&symbol(code.expose(), 6));
    let (near, far) = (4.0 * 6.0, 41.0 * 6.0);
    let expected = [(near, near), (far, near), (far, far), (near, far)];
    for (corner, expected) in symbol_corners(&straight).unwrap().into_iter().zip(expected) {
        assert!((corner.0 - expected.0).abs() < 3.0, "{corner:?}");
        assert!((corner.1 - expected.1).abs() < 3.0, "{corner:?}");
    }

    // Rotated by 45°, the first corner is above the centre.
    let rotated = page(&turned(&symbol(code.expose(), 6), 45.0));
    let middle = rotated.width() as f32 / 2.0;
    let half_diagonal = 37.0 * 6.0 / 2.0 * std::f32::consts::SQRT_2;
    let [top, right, bottom, left] = symbol_corners(&rotated).unwrap();
    for (corner, dx, dy) in [
        (top, 0.0, -half_diagonal),
        (right, half_diagonal, 0.0),
        (bottom, 0.0, half_diagonal),
        (left, -half_diagonal, 0.0),
    ] {
        assert!((corner.0 - middle - dx).abs() < 4.0, "{corner:?}");
        assert!((corner.1 - middle - dy).abs() < 4.0, "{corner:?}");
    }
    assert!(damage_margin(&rotated, code.expose()).unwrap().percent >= 5);
    assert!(symbol_corners(&page(&paper(300, 300, &[]))).is_none());
}
