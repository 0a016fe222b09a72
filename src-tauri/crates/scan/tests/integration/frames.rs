//! Frames of a camera.

use std::thread::sleep;
use std::time::Duration;

use crate::support::{code, grainy, is, symbol};
use code::BackupCode;
use image::{GrayImage, Luma, imageops};
use scan::{Engine, Frame, Hint, InProcess, ScanError, Scanner, Sight, Wanted, Watch};

fn watch() -> Box<dyn Watch> {
    InProcess::default().watch(Wanted::Ours).unwrap()
}

fn look(watch: &mut dyn Watch, picture: &GrayImage) -> Sight {
    let (width, height) = picture.dimensions();
    watch
        .look(&Frame {
            width,
            height,
            pixels: picture.as_raw(),
        })
        .ok()
        .unwrap()
}

/// Looks at the frames that `frame` makes, at a camera's rate and for at most a minute, until a
/// sight is `wanted`.
fn watched(frame: impl Fn(u64) -> GrayImage, wanted: impl Fn(&Sight) -> bool) -> Option<Sight> {
    let mut watch = watch();
    for number in 0..900 {
        let sight = look(&mut *watch, &frame(number));
        if wanted(&sight) {
            return Some(sight);
        }
        sleep(Duration::from_millis(66));
    }
    None
}

/// A sheet on a table. Its symbol starts at (500, 200) and has `module` pixels per module.
fn frame(text: &str, module: u32) -> GrayImage {
    let mut frame = GrayImage::from_pixel(1280, 720, Luma([120]));
    let paper = GrayImage::from_pixel(460, 560, Luma([245]));
    imageops::overlay(&mut frame, &paper, 450, 110);
    let symbol = symbol(text, module);
    let quiet = i64::from(4 * module);
    imageops::overlay(&mut frame, &symbol, 500 - quiet, 200 - quiet);
    frame
}

fn gives(sight: &Sight, code: &BackupCode) -> bool {
    sight.codes.iter().any(|one| is(&one.code, code))
}

#[test]
fn an_easy_frame_gives_the_code_and_its_outline_at_once() {
    let code = code(90);
    let mut watch = watch();
    let sight = look(&mut *watch, &frame(code.expose(), 6));
    assert!(gives(&sight, &code));
    assert_eq!(sight.codes[0].engine, Engine::Rxing);
    assert_eq!((sight.hint, sight.others), (None, false));
    let side = 37.0 * 6.0;
    let expected = [
        (500.0, 200.0),
        (500.0 + side, 200.0),
        (500.0 + side, 200.0 + side),
        (500.0, 200.0 + side),
    ];
    for (corner, expected) in sight.outlines[0].into_iter().zip(expected) {
        assert!(
            (corner.0 - expected.0).hypot(corner.1 - expected.1) < 9.0,
            "{corner:?} {expected:?}"
        );
    }
}

#[test]
fn a_blurred_symbol_is_rescued_and_outlined() {
    let code = code(91);
    let blurred = imageops::blur(&frame(code.expose(), 6), 3.8);
    let read = watched(|_| blurred.clone(), |sight| gives(sight, &code)).unwrap();
    assert_eq!(read.codes[0].engine, Engine::Rescue);
    let corner = read.outlines[0][0];
    assert!(
        (corner.0 - 500.0).hypot(corner.1 - 200.0) < 9.0,
        "{corner:?}"
    );
}

#[test]
fn several_frames_together_give_a_code_that_no_single_frame_gives() {
    let code = code(92);
    let clear = imageops::blur(&frame(code.expose(), 5), 3.4);
    let of = |seed| grainy(&clear, seed, 80.0);
    for seed in 0..3 {
        let mut watch = watch();
        let frame = of(seed);
        for _ in 0..12 {
            assert!(!gives(&look(&mut *watch, &frame), &code));
            sleep(Duration::from_millis(66));
        }
    }
    assert!(watched(of, |sight| gives(sight, &code)).is_some());
}

#[test]
fn a_hint_tells_what_would_help() {
    let dark = GrayImage::from_pixel(640, 360, Luma([9]));
    assert_eq!(look(&mut *watch(), &dark).hint, Some(Hint::TooDark));
    let bright = GrayImage::from_pixel(640, 360, Luma([200]));
    assert_eq!(look(&mut *watch(), &bright).hint, None);
    // A foreign symbol is found and never read.
    let other = "Q".repeat(60);
    for (module, blur, hint) in [(2, 1.2, Hint::MoveCloser), (6, 3.6, Hint::HoldStill)] {
        let blurred = imageops::blur(&frame(&other, module), blur);
        let said = watched(|_| blurred.clone(), |sight| sight.hint.is_some()).unwrap();
        assert_eq!(said.hint, Some(hint));
        // In the dark, more light helps first.
        let dark = GrayImage::from_fn(blurred.width(), blurred.height(), |x, y| {
            Luma([blurred.get_pixel(x, y)[0] / 7])
        });
        let found_and_hinted = |sight: &Sight| sight.hint.is_some() && !sight.outlines.is_empty();
        let said = watched(|_| dark.clone(), found_and_hinted).unwrap();
        assert_eq!(said.hint, Some(Hint::TooDark));
    }
}

#[test]
fn a_foreign_qr_code_is_reported() {
    let sight = look(&mut *watch(), &frame("https://example.org/", 6));
    assert!(sight.others && sight.codes.is_empty() && sight.parts.is_empty());
}

#[test]
fn noise_gives_nothing_in_any_number_of_frames() {
    let grey = GrayImage::from_pixel(640, 360, Luma([128]));
    let mut watch = watch();
    for seed in 0..12 {
        let sight = look(&mut *watch, &grainy(&grey, seed, 120.0));
        assert!(sight.codes.is_empty() && sight.parts.is_empty());
    }
}

#[test]
fn a_frame_without_one_byte_per_pixel_is_an_error() {
    let pixels = vec![0; 99];
    for (width, height) in [(10, 10), (0, 0), (99, u32::MAX)] {
        let error = watch()
            .look(&Frame {
                width,
                height,
                pixels: &pixels,
            })
            .err();
        assert_eq!(error, Some(ScanError::BrokenFrame));
    }
}
