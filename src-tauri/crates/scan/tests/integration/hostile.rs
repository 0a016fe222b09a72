//! Files that are empty, truncated, damaged, oversized, or of another kind.

use crate::support;
use crate::support::{code, file, png, refusal, scan, symbol};
use image::{GrayImage, ImageFormat, Luma};
use scan::{Kind, Limits, ScanError, Unattended, kind_of};

const FORMATS: [(ImageFormat, Kind); 6] = [
    (ImageFormat::Png, Kind::Png),
    (ImageFormat::Jpeg, Kind::Jpeg),
    (ImageFormat::WebP, Kind::WebP),
    (ImageFormat::Gif, Kind::Gif),
    (ImageFormat::Bmp, Kind::Bmp),
    (ImageFormat::Tiff, Kind::Tiff),
];

#[test]
fn an_empty_file_has_its_own_error() {
    assert_eq!(refusal(b""), ScanError::Empty);
}

#[test]
fn files_of_other_kinds_have_their_own_errors() {
    assert_eq!(refusal(b"just text"), ScanError::Unsupported);
    assert_eq!(refusal(&[0; 4096]), ScanError::Unsupported);
    assert_eq!(
        refusal(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ScanError::Heic
    );
}

#[test]
fn pictures_without_a_code_have_their_own_error() {
    for (width, height) in [(1, 1), (1, 500), (500, 1), (7, 7), (640, 480)] {
        let blank = GrayImage::from_pixel(width, height, Luma([200]));
        assert_eq!(refusal(&png(&blank)), ScanError::NoCode, "{width}×{height}");
    }
}

#[test]
fn truncated_files_are_refused_or_read_and_never_crash() {
    let code = code(20);
    let picture = symbol(code.expose(), 3);
    for (format, kind) in FORMATS {
        let whole = file(&picture, format);
        assert_eq!(kind_of(&whole), Some(kind));
        for tenth in 0..10 {
            let cut = &whole[..whole.len() * tenth / 10];
            match scan(cut) {
                // The data before the cut may hold the whole symbol.
                Ok(scanned) => assert!(support::is(&scanned.code, &code), "{kind} {tenth}"),
                Err(ScanError::Empty) => assert_eq!(tenth, 0, "{kind}"),
                Err(ScanError::Broken { kind: named }) => assert_eq!(named, kind, "{tenth}"),
                // Some decoders fill missing pixels with grey.
                Err(ScanError::NoCode) => assert!(tenth > 0, "{kind}"),
                Err(other) => panic!("{kind} {tenth}: {other}"),
            }
        }
        let header_only = refusal(&whole[..16]);
        assert_eq!(header_only, ScanError::Broken { kind }, "{kind}");
    }
}

#[test]
fn flipped_bytes_never_give_another_code_and_never_crash() {
    let code = code(21);
    let picture = symbol(code.expose(), 3);
    for (format, kind) in FORMATS {
        let whole = file(&picture, format);
        for step in 1..16 {
            let mut damaged = whole.clone();
            let at = whole.len() * step / 16;
            damaged[at] ^= 0xff;
            if let Ok(scanned) = scan(&damaged) {
                assert!(support::is(&scanned.code, &code), "{kind} at {at}");
            }
        }
    }
}

/// CRC-32 of PNG (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                0xedb8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            }
        })
    })
}

/// A PNG whose header claims this size, regardless of its data.
fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&symbol(code(22).expose(), 2));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

#[test]
fn a_picture_that_claims_too_many_pixels_is_refused_by_its_header() {
    let error = refusal(&png_that_claims(100_000, 100_000));
    assert_eq!(error, ScanError::TooManyPixels { megapixels: 10_000 });
    let error = refusal(&png_that_claims(50_000_001, 1));
    assert_eq!(error, ScanError::TooManyPixels { megapixels: 51 });
    let mut bmp = file(&symbol(code(22).expose(), 2), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&30_000_i32.to_le_bytes());
    bmp[22..26].copy_from_slice(&30_000_i32.to_le_bytes());
    assert_eq!(refusal(&bmp), ScanError::TooManyPixels { megapixels: 900 });
    let mut gif = file(&symbol(code(22).expose(), 2), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(refusal(&gif), ScanError::TooManyPixels { megapixels: 4295 });
}

#[test]
fn a_picture_within_the_limit_without_its_data_is_broken() {
    let error = refusal(&png_that_claims(8000, 5000));
    assert_eq!(error, ScanError::Broken { kind: Kind::Png });
}

#[test]
fn a_file_with_too_many_bytes_is_refused_unread() {
    let bytes = png(&symbol(code(23).expose(), 3));
    let limits = Limits {
        bytes: 100,
        ..Limits::default()
    };
    let have = bytes.len() as u64;
    assert_eq!(
        scan::scan(&bytes, &limits, &Unattended).err(),
        Some(ScanError::TooManyBytes { have, most: 100 })
    );
}

#[test]
fn the_caller_sets_the_pixel_limit() {
    let bytes = png(&GrayImage::from_pixel(2000, 1000, Luma([255])));
    let limits = Limits {
        pixels: 1_999_999,
        ..Limits::default()
    };
    assert_eq!(
        scan::scan(&bytes, &limits, &Unattended).err(),
        Some(ScanError::TooManyPixels { megapixels: 2 })
    );
}
