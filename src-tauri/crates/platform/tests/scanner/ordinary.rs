//! Benign files and a benign camera.

use std::cell::Cell;
use std::io::Cursor;
use std::thread::sleep;
use std::time::{Duration, Instant};

use code::{BackupCode, Reading, TypedCode};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use platform::scanner::{ARGUMENT, Budget, ChildScanner, Program};
use qrcode::{Color, EcLevel, QrCode};
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::{
    Engine, Finds, Foreign, Frame, InProcess, Progress, ScanError, Scanner, Unattended, Wanted,
};

use crate::{alone, pdf, scanner};

/// The same code for the same seed.
pub(crate) fn code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

/// A QR symbol with its quiet zone, `module` pixels for each module.
pub(crate) fn symbol(text: &str, module: u32) -> GrayImage {
    let qr = QrCode::with_error_correction_level(text, EcLevel::H).unwrap();
    let width = qr.width() as u32;
    GrayImage::from_fn((width + 8) * module, (width + 8) * module, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let dark = x < width && y < width && qr[(x as usize, y as usize)] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    })
}

pub(crate) fn file(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(DynamicImage::ImageLuma8(picture.clone()).into_rgb8())
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

#[track_caller]
pub(crate) fn reads_a_code(scanner: &ChildScanner) {
    let code = code(1);
    let bytes = file(&symbol(code.expose(), 3), ImageFormat::Png);
    let finds = scanner
        .scan(&bytes, &Unattended)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(is(&finds.codes[0].code, &code));
}

pub(crate) fn is(typed: &TypedCode, code: &BackupCode) -> bool {
    matches!(typed.read(), Reading::Code(read) if read.expose() == code.expose())
}

/// All that a result contains, for comparison.
fn comparable(finds: Result<Finds, ScanError>) -> Result<Vec<String>, ScanError> {
    let finds = finds?;
    let codes = finds.codes.iter().map(|it| {
        let text = it.code.spelled();
        format!("{} {} {:?}", *text, it.engine, it.page)
    });
    let parts = finds.parts.iter().map(|it| it.to_string());
    Ok(codes.chain(parts).collect())
}

/// Files of all kinds, valid and damaged.
fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let whole = symbol(code(2).expose(), 3);
    let mut two = GrayImage::from_pixel(600, 300, Luma([255]));
    imageops::overlay(&mut two, &whole, 0, 0);
    imageops::overlay(&mut two, &symbol(code(3).expose(), 3), 300, 0);
    let mut parts = GrayImage::from_pixel(800, 300, Luma([255]));
    imageops::overlay(&mut parts, &symbol("UR:BYTES/1-2/LPADAOCF", 4), 0, 0);
    imageops::overlay(&mut parts, &symbol("UR:BYTES/2-2/LPAOAOCF", 4), 400, 0);
    // One wrong and one unreadable character.
    let mut mistaken = code(4).expose().to_owned();
    mistaken.replace_range(50..51, "?");
    let swapped = if mistaken.as_bytes()[20] == b'Q' {
        "P"
    } else {
        "Q"
    };
    mistaken.replace_range(20..21, swapped);
    let png = |picture: &GrayImage| file(picture, ImageFormat::Png);
    let mut broken = png(&whole);
    broken.truncate(60);
    vec![
        ("PNG", png(&whole)),
        ("JPEG", file(&whole, ImageFormat::Jpeg)),
        ("WebP", file(&whole, ImageFormat::WebP)),
        ("GIF", file(&whole, ImageFormat::Gif)),
        ("BMP", file(&whole, ImageFormat::Bmp)),
        ("TIFF", file(&whole, ImageFormat::Tiff)),
        ("two codes", png(&two)),
        ("parts", png(&parts)),
        ("a code with mistakes", png(&symbol(&mistaken, 4))),
        ("a PDF of three pages", pdf::of_scans(&whole, 3)),
        ("another QR code", png(&symbol("https://example.com", 4))),
        (
            "no QR code",
            png(&GrayImage::from_pixel(300, 200, Luma([200]))),
        ),
        ("a cut file", broken),
        ("text", b"only words".to_vec()),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
        ("nothing", Vec::new()),
    ]
}

#[test]
fn a_child_finds_the_same_as_this_process() {
    let _alone = alone();
    let scanner = scanner();
    for (name, bytes) in corpus() {
        let here = comparable(InProcess::default().scan(&bytes, &Unattended));
        let there = comparable(scanner.scan(&bytes, &Unattended));
        assert_eq!(there, here, "{name}");
    }
}

#[test]
fn a_child_reads_the_same_foreign_texts_as_this_process() {
    let _alone = alone();
    let scanner = scanner();
    let comparable = |read: Result<Foreign, ScanError>| {
        let Foreign { texts, ours } = read?;
        Ok((texts, ours))
    };
    for (name, bytes) in corpus() {
        let here = comparable(InProcess::default().read_foreign(&bytes, &Unattended));
        let there: Result<_, ScanError> = comparable(scanner.read_foreign(&bytes, &Unattended));
        assert_eq!(there, here, "{name}");
    }
}

#[test]
fn a_child_reads_a_sheet_with_both_engines() {
    let _alone = alone();
    let written = code(5);
    let bytes = pdf::of_scans(&symbol(written.expose(), 6), 1);
    let read = scanner().read_pdf_with_both(&bytes).unwrap();
    for (engine, typed) in read {
        assert!(is(&typed, &written), "{engine}");
    }
    let nothing = pdf::of_scans(&GrayImage::from_pixel(9, 9, Luma([255])), 1);
    let error = scanner().read_pdf_with_both(&nothing).err();
    assert_eq!(
        error,
        InProcess::default().read_pdf_with_both(&nothing).err()
    );
    assert!(error.is_some());
}

#[test]
fn a_file_above_the_limit_is_not_sent() {
    let _alone = alone();
    let bytes = vec![0; (64 << 20) + 1];
    let error = scanner().scan(&bytes, &Unattended).err();
    let (have, most) = ((64 << 20) + 1, 64 << 20);
    assert_eq!(error, Some(ScanError::TooManyBytes { have, most }));
}

pub(crate) fn frame(picture: &GrayImage) -> Frame<'_> {
    Frame {
        width: picture.width(),
        height: picture.height(),
        pixels: picture.as_raw(),
    }
}

#[test]
fn a_cameras_child_is_replaced_when_it_exits() {
    let _alone = alone();
    let scanner = scanner();
    let mut watch = scanner.watch(Wanted::Ours).unwrap();
    let shown = code(6);
    let mut picture = GrayImage::from_pixel(1280, 720, Luma([230]));
    imageops::overlay(&mut picture, &symbol(shown.expose(), 6), 300, 200);
    let nothing = GrayImage::from_pixel(1280, 720, Luma([230]));
    for _ in 0..3 {
        assert!(watch.look(&frame(&nothing)).unwrap().codes.is_empty());
        assert!(is(
            &watch.look(&frame(&picture)).unwrap().codes[0].code,
            &shown
        ));
        for child in children() {
            kill(child);
        }
    }
    assert!(is(
        &watch.look(&frame(&picture)).unwrap().codes[0].code,
        &shown
    ));
}

/// A frame that shows a real sheet. Blurred, only the rescue engine reads it.
fn sheet_before_a_camera(code: &BackupCode) -> GrayImage {
    let made = sheet::LocalTime {
        unix: 1_777_810_320,
        offset_seconds: 0,
    };
    let pdf = sheet::pdf(&sheet::Sheet {
        carries: sheet::Carries::Code(code),
        wallet: None,
        made,
        validity: sheet::Validity::UntilUsed,
        reach: sheet::Reach::ThisComputer,
        language: sheet::Language::English,
        paper: sheet::Paper::A4,
    })
    .unwrap();
    let page = raster::render(&pdf, 0, 100.0).unwrap();
    let page = GrayImage::from_raw(page.width(), page.height(), page.pixels().to_vec()).unwrap();
    let mut frame = GrayImage::from_pixel(1280, 720, Luma([110]));
    imageops::overlay(&mut frame, &page, 200, -100);
    frame
}

#[test]
fn a_child_runs_the_rescue_engine_on_files_and_frames() {
    let _alone = alone();
    let scanner = scanner();
    let shown = code(7);
    let blurred = imageops::blur(&sheet_before_a_camera(&shown), 4.2);
    let finds = scanner
        .scan(&file(&blurred, ImageFormat::Png), &Unattended)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(finds.codes[0].engine, Engine::Rescue);
    assert!(is(&finds.codes[0].code, &shown));

    // The rescue thread runs in parallel to the frames, within the same limits.
    let mut watch = scanner.watch(Wanted::Ours).unwrap();
    let seen = (0..900).find_map(|_| {
        let sight = watch.look(&frame(&blurred)).unwrap();
        sleep(Duration::from_millis(66));
        sight.codes.into_iter().next()
    });
    let seen = seen.unwrap();
    assert_eq!(seen.engine, Engine::Rescue);
    assert!(is(&seen.code, &shown));
}

#[test]
fn a_frame_without_a_byte_for_each_pixel_is_refused() {
    let _alone = alone();
    let mut watch = scanner().watch(Wanted::Ours).unwrap();
    for (width, height) in [(0, 0), (3, 3), (2, 1), (u32::MAX, u32::MAX)] {
        let frame = Frame {
            width,
            height,
            pixels: &[0; 4],
        };
        assert_eq!(watch.look(&frame).err(), Some(ScanError::BrokenFrame));
    }
}

/// Cancels after some time.
struct Impatient {
    start: Instant,
    after: Duration,
    reports: Cell<u32>,
}

impl Progress for Impatient {
    fn cancelled(&self) -> bool {
        self.start.elapsed() > self.after
    }

    fn at(&self, _: u32, _: u32) {
        self.reports.set(self.reports.get() + 1);
    }
}

#[test]
fn a_cancelled_scan_ends_before_its_budget_is_used_up() {
    let _alone = alone();
    // Noise, on which all attempts fail after a long time.
    let mut state = 1_u32;
    let noise = GrayImage::from_fn(4000, 4000, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Luma([(state >> 24) as u8])
    });
    let bytes = file(&noise, ImageFormat::Bmp);
    let progress = Impatient {
        start: Instant::now(),
        after: Duration::from_millis(400),
        reports: Cell::new(0),
    };
    let error = scanner().scan(&bytes, &progress).err();
    let took = progress.start.elapsed();
    assert_eq!(error, Some(ScanError::Cancelled));
    assert!(took < Budget::FILE.cpu / 2, "{took:?}");
}

#[test]
fn a_killed_child_is_reported_and_the_next_file_is_read() {
    let _alone = alone();
    let scanner = scanner();
    let bytes = file(
        &GrayImage::from_pixel(4000, 5000, Luma([200])),
        ImageFormat::Bmp,
    );
    std::thread::scope(|scope| {
        let scan = scope.spawn(|| scanner.scan(&bytes, &Unattended).err());
        // Wait until a child is at work.
        while children().is_empty() {
            std::thread::yield_now();
        }
        sleep(Duration::from_millis(50));
        for child in children() {
            kill(child);
        }
        assert_eq!(scan.join().unwrap(), Some(ScanError::Unavailable));
    });
    reads_a_code(&scanner);
}

#[test]
fn a_program_that_cannot_be_started_is_reported() {
    let scanner = ChildScanner::of(Program {
        path: "/nowhere/at/all".into(),
        arguments: vec![ARGUMENT.into()],
    });
    let bytes = file(&symbol(code(7).expose(), 3), ImageFormat::Png);
    for _ in 0..2 {
        let error = scanner.scan(&bytes, &Unattended).err();
        assert_eq!(error, Some(ScanError::Unavailable));
    }
    assert_eq!(
        scanner.watch(Wanted::Ours).err(),
        Some(ScanError::Unavailable)
    );
}

/// The process numbers of this process's scanning children.
pub(crate) fn children() -> Vec<i32> {
    let own = std::process::id().to_string();
    let mut children = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(number) = entry.file_name().to_str().and_then(|it| it.parse().ok()) else {
            continue;
        };
        // A process may exit in the meantime.
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let (state, parent) = (fields.next(), fields.next());
        if parent == Some(own.as_str()) && state != Some("Z") && stat.contains("(scan-child)") {
            children.push(number);
        }
    }
    children.sort_unstable();
    children
}

/// Kills a child and waits until it has exited.
fn kill(child: i32) {
    use rustix::process::{Pid, Signal, kill_process};
    kill_process(Pid::from_raw(child).unwrap(), Signal::KILL).unwrap();
    while children().contains(&child) {
        std::thread::yield_now();
    }
}
