//! The texts of QR codes that are not of this program.

use std::fs;
use std::path::Path;

use crate::support::{code, paper, pdf, png, symbol};
use image::{GrayImage, Luma};
use scan::{Foreign, Limits, Progress, ScanError, Unattended, read_foreign};

const ONE_TIME: &str = "otpauth://totp/Mail:ada?secret=JBSWY3DPEHPK3PXP&issuer=Mail";
const PART: &str = "UR:BYTES/1-2/LPADAOCFADAA";

fn read(bytes: &[u8]) -> Result<Foreign, ScanError> {
    read_foreign(bytes, &Limits::default(), &Unattended)
}

/// The texts in a file, and whether there is something of ours.
#[track_caller]
fn texts(bytes: &[u8]) -> (Vec<String>, bool) {
    let Foreign { texts, ours } = read(bytes).unwrap_or_else(|error| panic!("{error}"));
    (texts.iter().map(|it| it.to_string()).collect(), ours)
}

#[test]
fn the_published_pictures_of_seed_qrs_give_their_digits() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors/content/seed-qr");
    let published = fs::read_to_string(folder.join("phrases.json")).unwrap();
    for number in 1..=6 {
        let bytes = fs::read(folder.join(format!("{number}.png"))).unwrap();
        let (texts, ours) = texts(&bytes);
        let [digits] = &texts[..] else {
            panic!("{number}.png: {texts:?}");
        };
        assert!([48, 96].contains(&digits.len()), "{number}.png: {digits}");
        assert!(published.contains(&format!("\"{digits}\"")), "{number}.png");
        assert!(!ours);
    }
}

#[test]
fn an_address_with_a_key_for_one_time_passwords_is_read_from_a_picture_and_a_pdf() {
    let found = (vec![ONE_TIME.to_owned()], false);
    assert_eq!(texts(&png(&symbol(ONE_TIME, 4))), found);
    assert_eq!(texts(&pdf::vector_sheet(&[ONE_TIME], 1.0)), found);
}

#[test]
fn each_text_of_a_picture_and_of_all_pages_counts_once() {
    let symbols = [("one", 20), ("two", 280), ("one", 540)];
    let symbols = symbols.map(|(text, x)| (symbol(text, 5), x, 40));
    let (mut read, _) = texts(&png(&paper(800, 300, &symbols)));
    read.sort();
    assert_eq!(read, ["one", "two"]);
    let pages = pdf::vector_sheet(&["one", "two", "one"], 1.0);
    assert_eq!(texts(&pages).0, ["one", "two"]);
}

#[test]
fn codes_and_parts_are_named_and_not_returned() {
    let code = code(41);
    for ours in [code.expose(), PART] {
        let alone = png(&symbol(ours, 5));
        assert_eq!(texts(&alone), (Vec::new(), true));
        let both = [(symbol(ours, 5), 20, 40), (symbol("mine", 5), 400, 60)];
        assert_eq!(
            texts(&png(&paper(900, 420, &both))),
            (vec!["mine".to_owned()], true)
        );
    }
}

#[test]
fn a_picture_and_a_pdf_without_a_qr_code_have_their_own_error() {
    let blank = GrayImage::from_pixel(300, 200, Luma([200]));
    assert_eq!(read(&png(&blank)).err(), Some(ScanError::NoCode));
    let scans = pdf::of_scans(&blank, 2, 600, 800);
    assert_eq!(read(&scans).err(), Some(ScanError::NoCode));
}

#[test]
fn files_that_are_refused_for_codes_are_refused_for_other_texts() {
    let bytes = png(&symbol(ONE_TIME, 4));
    let (few_bytes, few_pixels) = (
        Limits {
            bytes: 100,
            ..Limits::default()
        },
        Limits {
            pixels: 99,
            ..Limits::default()
        },
    );
    let refusal = |limits| read_foreign(&bytes, &limits, &Unattended).err();
    let have = bytes.len() as u64;
    assert_eq!(
        refusal(few_bytes),
        Some(ScanError::TooManyBytes { have, most: 100 })
    );
    assert_eq!(
        refusal(few_pixels),
        Some(ScanError::TooManyPixels { megapixels: 1 })
    );
    assert_eq!(read(b"").err(), Some(ScanError::Empty));
    assert_eq!(read(b"just text").err(), Some(ScanError::Unsupported));
    let cut = read(&bytes[..60]).err();
    assert!(matches!(cut, Some(ScanError::Broken { .. })), "{cut:?}");
}

#[test]
fn reading_is_cancelled() {
    struct Cancelled;
    impl Progress for Cancelled {
        fn cancelled(&self) -> bool {
            true
        }
    }
    let bytes = png(&symbol(ONE_TIME, 4));
    let read = read_foreign(&bytes, &Limits::default(), &Cancelled);
    assert_eq!(read.err(), Some(ScanError::Cancelled));
}
