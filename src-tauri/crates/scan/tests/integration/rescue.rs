//! Pictures that only the rescue reads, and pictures that must give nothing.

use crate::support::{code, is, noisy, paper, png, refusal, scan, symbol, turned};
use image::{GrayImage, Luma, imageops};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use scan::{Engine, Limits, Progress, ScanError};

const MODULE: u32 = 8;

/// A sheet's symbol, changed by `change`, on white paper.
fn sheet(seed: u64, change: impl FnOnce(&mut GrayImage)) -> GrayImage {
    let mut symbol = symbol(code(seed).expose(), MODULE);
    change(&mut symbol);
    paper(700, 600, &[(symbol, 120, 90)])
}

/// Paints modules, counted without the quiet zone.
fn paint(symbol: &mut GrayImage, (left, top): (u32, u32), (width, height): (u32, u32), level: u8) {
    for y in (top + 4) * MODULE..(top + 4 + height) * MODULE {
        for x in (left + 4) * MODULE..(left + 4 + width) * MODULE {
            symbol.put_pixel(x, y, Luma([level]));
        }
    }
}

/// Whether the rescue reads the picture. Panics if anything but the seed's code is read.
#[track_caller]
fn is_rescued(picture: &GrayImage, seed: u64) -> bool {
    match scan(&png(picture)) {
        Ok(scanned) => {
            assert!(is(&scanned.code, &code(seed)), "read wrong");
            scanned.engine == Engine::Rescue
        }
        Err(_) => false,
    }
}

#[test]
fn a_symbol_with_a_third_under_a_stripe_is_rescued() {
    for (seed, level) in [(70, 0), (71, 255)] {
        let across = sheet(seed, |symbol| paint(symbol, (0, 12), (37, 11), level));
        assert!(is_rescued(&across, seed), "across {level}");
        let upright = sheet(seed, |symbol| paint(symbol, (13, 0), (11, 37), level));
        assert!(is_rescued(&upright, seed), "upright {level}");
    }
}

#[test]
fn any_one_finder_pattern_may_be_covered() {
    for (seed, corner) in [(72, (0, 0)), (73, (29, 0)), (74, (0, 29))] {
        for level in [0, 255] {
            let covered = sheet(seed, |symbol| paint(symbol, corner, (8, 8), level));
            assert!(is_rescued(&covered, seed), "{corner:?} {level}");
        }
    }
}

#[test]
fn a_symbol_blurred_by_most_of_a_module_is_rescued_upright_and_rotated() {
    let blurred = imageops::blur(&sheet(75, |_| ()), 0.75 * MODULE as f32);
    assert!(is_rescued(&noisy(&blurred, 6), 75));
    let rotated = turned(&sheet(76, |_| ()), 28.0);
    let blurred = imageops::blur(&rotated, 0.7 * MODULE as f32);
    assert!(is_rescued(&blurred, 76));
}

#[test]
fn a_symbol_on_bent_paper_is_rescued() {
    let flat = sheet(77, |_| ());
    // Bent by one and a half modules, with wavy rows.
    let bent = GrayImage::from_fn(flat.width(), flat.height(), |x, y| {
        let (x, y) = (x as f32, y as f32);
        let bow = 12.0 * ((x - 330.0) / 190.0).powi(2);
        let sway = 8.0 * (y / 70.0).sin();
        imageops::interpolate_bilinear(&flat, x + sway, y - bow).unwrap_or(Luma([255]))
    });
    assert!(is_rescued(&bent, 77));
}

#[test]
fn noise_gives_nothing() {
    let mut rng = StdRng::seed_from_u64(78);
    let noise = GrayImage::from_fn(400, 400, |_, _| Luma([rng.random()]));
    assert_eq!(refusal(&png(&noise)), ScanError::NoCode);
    let coarse = imageops::resize(&noise, 900, 900, imageops::FilterType::Nearest);
    assert_eq!(refusal(&png(&coarse)), ScanError::NoCode);
}

#[test]
fn a_damaged_foreign_symbol_gives_nothing() {
    let mut rng = StdRng::seed_from_u64(79);
    for _ in 0..3 {
        let text: String = (0..60)
            .map(|_| char::from(b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"[rng.random_range(0..32)]))
            .collect();
        let mut other = symbol(&text, MODULE);
        paint(&mut other, (0, 13), (37, 9), 0);
        assert_eq!(
            refusal(&png(&paper(700, 600, &[(other, 100, 80)]))),
            ScanError::NoCode
        );
    }
}

#[test]
fn halves_of_two_sheets_give_one_of_their_codes_or_nothing() {
    for seed in 80..83 {
        let (one, other) = (code(seed), code(seed + 20));
        let mut mixed = symbol(one.expose(), MODULE);
        let second = symbol(other.expose(), MODULE);
        let half = mixed.width() / 2;
        imageops::replace(
            &mut mixed,
            &imageops::crop_imm(&second, half, 0, half, second.height()).to_image(),
            i64::from(half),
            0,
        );
        if let Ok(scanned) = scan(&png(&paper(700, 600, &[(mixed, 100, 80)]))) {
            assert!(
                is(&scanned.code, &one) || is(&scanned.code, &other),
                "{seed}"
            );
        }
    }
}

#[test]
fn progress_never_decreases_and_a_scan_can_be_cancelled_during_the_rescue() {
    use std::sync::atomic::{AtomicU32, Ordering};
    struct Patience(AtomicU32, AtomicU32);
    impl Progress for Patience {
        fn cancelled(&self) -> bool {
            self.0.fetch_sub(1, Ordering::Relaxed) <= 1
        }
        fn at(&self, done: u32, of: u32) {
            assert!(done < of);
            assert!(done >= self.1.swap(done, Ordering::Relaxed));
        }
    }
    let picture = png(&sheet(84, |symbol| paint(symbol, (0, 12), (37, 11), 0)));
    let ask = |times| {
        let patience = Patience(AtomicU32::new(times), AtomicU32::new(0));
        scan::scan(&picture, &Limits::default(), &patience).err()
    };
    for times in 1..9 {
        assert_eq!(ask(times), Some(ScanError::Cancelled), "{times}");
    }
    assert_eq!(ask(10_000), None);
}
