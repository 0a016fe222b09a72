//! Sheets to damage, and what is read of them.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use code::{BackupCode, Reading};
use image::GrayImage;
use paper::{Picture, Point};
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::{GreyPage, Limits, Unattended};
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};

/// The code of a seed, and the page of its sheet.
pub(crate) fn sheet(seed: u64, dpi: f32) -> (BackupCode, GreyPage) {
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
    let page = scan::render(&pdf, 0, dpi, &Limits::default()).unwrap();
    (code, page)
}

/// A page as it comes from the printer's driver: clean.
pub(crate) fn clean(page: &GreyPage, dpi: f32) -> Picture {
    let symbol = page.symbol().unwrap();
    let grey = GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec()).unwrap();
    Picture::new(grey, dpi, Some(symbol.map(|(x, y)| Point { x, y })))
}

/// Whether the picture is read. Reading anything but the truth, or more than it, is an error.
#[track_caller]
pub(crate) fn is_read(picture: &Picture, truth: &BackupCode, what: &str) -> bool {
    let Ok(scanned) = scan::scan(&picture.png(), &Limits::default(), &Unattended) else {
        return false;
    };
    assert_eq!(scanned.codes.len(), 1, "{what}: one code");
    match scanned.codes[0].code.read() {
        Reading::Code(read) => assert!(read.expose() == truth.expose(), "{what}: read wrong"),
        _ => panic!("{what}: read with mistakes"),
    }
    true
}
