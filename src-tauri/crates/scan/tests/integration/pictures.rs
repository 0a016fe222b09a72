//! Pictures of codes as people make them.

use crate::support::{code, file, gives, names, noisy, paper, png, refusal, scan, symbol, turned};
use code::Reading;
use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Frame, GrayImage, ImageFormat, Luma, Rgba, RgbaImage, imageops};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use scan::{Engine, Limits, Progress, ScanError};

#[test]
fn every_picture_format_gives_the_code() {
    let code = code(1);
    let picture = symbol(code.expose(), 4);
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::Tiff,
    ] {
        assert!(gives(&file(&picture, format), &code), "{format:?}");
    }
}

#[test]
fn modules_from_two_to_thirty_pixels_are_read() {
    let code = code(2);
    for module in [2, 3, 5, 10, 30] {
        assert!(
            gives(&png(&symbol(code.expose(), module)), &code),
            "{module}"
        );
    }
}

#[test]
fn any_rotation_is_read() {
    let code = code(3);
    let picture = symbol(code.expose(), 6);
    for degrees in [7.0, 33.0, 45.0, 90.0, 117.0, 180.0, 200.0, 270.0] {
        let turned = turned(&picture, degrees);
        assert!(gives(&png(&turned), &code), "{degrees}");
    }
}

#[test]
fn noise_blur_and_strong_jpeg_compression_are_tolerated() {
    let code = code(4);
    let picture = paper(800, 600, &[(symbol(code.expose(), 6), 200, 100)]);
    assert!(gives(&png(&noisy(&picture, 60)), &code), "noise");
    assert!(gives(&png(&imageops::blur(&picture, 2.0)), &code), "blur");
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 15)
        .encode_image(&DynamicImage::ImageLuma8(noisy(&picture, 30)))
        .unwrap();
    assert!(gives(&jpeg, &code), "JPEG");
}

/// Adds white pinholes of two pixels at a rate per thousand pixels, with a fixed seed.
fn with_pinholes(picture: &GrayImage, of_thousand: u32) -> GrayImage {
    let mut rng = StdRng::seed_from_u64(2);
    let mut picture = picture.clone();
    for y in 0..picture.height() - 1 {
        for x in 0..picture.width() {
            if rng.random_ratio(of_thousand, 1000) {
                picture.put_pixel(x, y, Luma([255]));
                picture.put_pixel(x, y + 1, Luma([255]));
            }
        }
    }
    picture
}

#[test]
fn print_with_pinholes_is_read() {
    for seed in 61..67 {
        let code = code(seed);
        let picture = paper(800, 700, &[(symbol(code.expose(), 12), 100, 60)]);
        assert!(gives(&png(&with_pinholes(&picture, 20)), &code), "{seed}");
    }
}

#[test]
fn white_on_black_mirrored_and_faint_are_read() {
    let code = code(5);
    let picture = symbol(code.expose(), 5);
    let mut inverted = picture.clone();
    imageops::invert(&mut inverted);
    assert!(gives(&png(&inverted), &code), "inverted");
    assert!(
        gives(&png(&imageops::flip_horizontal(&picture)), &code),
        "mirrored"
    );
    let faint = GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        Luma([170 + picture.get_pixel(x, y).0[0] / 8])
    });
    assert!(gives(&png(&faint), &code), "faint");
}

#[test]
fn black_modules_on_a_transparent_background_are_read() {
    let code = code(6);
    let symbol = symbol(code.expose(), 4);
    let picture = RgbaImage::from_fn(symbol.width(), symbol.height(), |x, y| {
        Rgba([0, 0, 0, 255 - symbol.get_pixel(x, y).0[0]])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert!(gives(bytes.get_ref(), &code));
}

/// Inserts an Exif segment that holds only the orientation (TIFF 6.0 inside APP1).
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif =
        b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    let (start, rest) = jpeg.split_at(2);
    [start, &exif, rest].concat()
}

#[test]
fn all_eight_exif_orientations_are_read() {
    let code = code(7);
    let jpeg = file(&symbol(code.expose(), 4), ImageFormat::Jpeg);
    for orientation in 1..=8 {
        assert!(
            gives(&with_orientation(&jpeg, orientation), &code),
            "{orientation}"
        );
    }
}

#[test]
fn the_first_picture_of_an_animation_is_read() {
    let code = code(8);
    let frame =
        |picture: &GrayImage| Frame::new(DynamicImage::ImageLuma8(picture.clone()).into_rgba8());
    let picture = symbol(code.expose(), 4);
    let blank = GrayImage::from_pixel(picture.width(), picture.height(), Luma([255]));
    let mut gif = Vec::new();
    let mut encoder = GifEncoder::new(&mut gif);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    encoder
        .encode_frames([frame(&picture), frame(&blank)])
        .unwrap();
    drop(encoder);
    assert!(gives(&gif, &code));
}

#[test]
fn a_small_symbol_on_a_large_photo_is_read() {
    let code = code(9);
    let photo = paper(5000, 3600, &[(symbol(code.expose(), 3), 3100, 2300)]);
    assert!(gives(&file(&photo, ImageFormat::Jpeg), &code));
}

#[test]
fn the_same_code_three_times_counts_once() {
    let code = code(10);
    let one = symbol(code.expose(), 4);
    let picture = paper(
        800,
        300,
        &[
            (one.clone(), 20, 40),
            (one.clone(), 280, 50),
            (one, 540, 60),
        ],
    );
    assert!(gives(&png(&picture), &code));
}

#[test]
fn three_different_codes_are_all_returned() {
    let codes = [code(11), code(12), code(13)];
    let [a, b, c] = codes.each_ref().map(|code| symbol(code.expose(), 4));
    let picture = paper(800, 300, &[(a, 20, 40), (b, 280, 50), (c, 540, 60)]);
    let mut names = names(&png(&picture));
    names.sort();
    let mut expected = codes.map(|code| code.identifier().to_string());
    expected.sort();
    assert_eq!(names, expected);
}

#[test]
fn foreign_qr_codes_next_to_ours_are_ignored() {
    let code = code(14);
    let picture = paper(
        900,
        400,
        &[
            (symbol("https://example.org/some/page", 5), 20, 40),
            (symbol(code.expose(), 5), 350, 60),
        ],
    );
    assert!(gives(&png(&picture), &code));
}

#[test]
fn a_foreign_qr_code_and_no_code_are_different_errors() {
    for text in [
        "https://example.org/",
        "HELLO",
        "otpauth://totp/x?secret=AAAA",
    ] {
        let error = refusal(&png(&symbol(text, 5)));
        assert_eq!(error, ScanError::NotABackupCode, "{text}");
    }
    let code = code(15);
    let longer = format!("{}{}", code.expose(), "Q");
    assert_eq!(
        refusal(&png(&symbol(&longer, 5))),
        ScanError::NotABackupCode
    );
}

#[test]
fn a_qr_code_with_a_wrong_character_gives_a_proposal() {
    let code = code(16);
    let wrong = if &code.expose()[20..21] == "Q" {
        "P"
    } else {
        "Q"
    };
    let text = [&code.expose()[..20], wrong, &code.expose()[21..]].concat();
    let scanned = scan(&png(&symbol(&text, 5))).ok().unwrap();
    match scanned.code.read() {
        Reading::Proposal(proposal) => {
            assert_eq!(proposal.corrections().len(), 1);
            assert_eq!(proposal.text(), code.expose());
        }
        _ => panic!("no proposal"),
    }
}

/// The secret code of a 2-of-n set and one share of it, from `tests/vectors/code.json`.
const SECRET: &str = "2W7ALSN6P75EA0NEDJ7FSRF634UWKEJ698PW7G408CR6QQKLWLSVPTME59LK";
const SHARE: &str = "2W7ALCAN7HZ8CXCCDNFMGQ7TGW5XV8V8TKWJV7MPNQHK69FPEFMPUECXGJRR";

#[test]
fn a_share_is_read() {
    let scanned = scan(&png(&symbol(SHARE, 5))).ok().unwrap();
    match scanned.code.read() {
        Reading::Share(share) => assert_eq!(share.expose(), SHARE),
        _ => panic!("no share"),
    }
}

#[test]
fn sheets_of_one_set_are_different_codes_with_the_same_identifier() {
    let picture = paper(
        600,
        300,
        &[(symbol(SECRET, 4), 20, 40), (symbol(SHARE, 4), 300, 60)],
    );
    assert_eq!(names(&png(&picture)), ["W7AL", "W7AL"]);
}

#[test]
fn lower_case_and_separators_in_a_qr_code_are_accepted() {
    let code = code(17);
    let text = code.groups().join(" ").to_ascii_lowercase();
    assert!(gives(&png(&symbol(&text, 5)), &code));
}

#[test]
fn a_scan_reports_the_engine_that_read_it() {
    let scanned = scan(&png(&symbol(code(18).expose(), 5))).ok().unwrap();
    assert_eq!((scanned.engine, scanned.page), (Engine::Rxing, None));
}

#[test]
fn a_cancelled_scan_is_an_error() {
    struct Cancelled;
    impl Progress for Cancelled {
        fn cancelled(&self) -> bool {
            true
        }
    }
    let bytes = png(&symbol(code(19).expose(), 5));
    let outcome = scan::scan(&bytes, &Limits::default(), &Cancelled);
    assert_eq!(outcome.err(), Some(ScanError::Cancelled));
}
