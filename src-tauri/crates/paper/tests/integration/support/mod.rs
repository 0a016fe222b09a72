//! Sheets to damage, and the reading of pictures of them.

use code::{BackupCode, Reading};
use image::GrayImage;
use paper::{Picture, Point};
use rand::SeedableRng;
use rand::rngs::StdRng;
use raster::LumaImage;
use scan::{Limits, Unattended, symbol_corners};
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};

/// Returns the code of a seed, and the page of its sheet.
pub(crate) fn sheet(seed: u64, dpi: f32) -> (BackupCode, LumaImage) {
    let code = BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false);
    let pdf = sheet::pdf(&Sheet {
        carries: Carries::Code(&code),
        wallet: Some("anna@example.org"),
        made: LocalTime {
            unix: 1_777_810_320,
            offset_seconds: 7_200,
        },
        validity: Validity::UntilUsed,
        reach: Reach::ThisComputer,
        language: Language::English,
        paper: Paper::A4,
    })
    .unwrap();
    let page = raster::render(&pdf, 0, dpi).unwrap();
    (code, page)
}

/// The clean page as a picture.
pub(crate) fn clean(page: &LumaImage, dpi: f32) -> Picture {
    let symbol = symbol_corners(page).unwrap();
    let grey = GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec()).unwrap();
    Picture::new(grey, dpi, Some(symbol.map(|(x, y)| Point { x, y })))
}

/// Whether the picture is read. Panics if anything but the true code is read.
#[track_caller]
pub(crate) fn is_read(picture: &Picture, truth: &BackupCode, case: &str) -> bool {
    let Ok(scanned) = scan::scan(&picture.png(), &Limits::default(), &Unattended) else {
        return false;
    };
    assert_eq!(scanned.codes.len(), 1, "{case}: one code");
    match scanned.codes[0].code.read() {
        Reading::Code(read) => assert!(read.expose() == truth.expose(), "{case}: read wrong"),
        _ => panic!("{case}: read with mistakes"),
    }
    true
}
