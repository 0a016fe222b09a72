//! Files that are made to exhaust memory, time or the stack.

use std::time::Duration;

use image::{GrayImage, ImageFormat, Luma, RgbImage, imageops};
use platform::scanner::Budget;
use scan::{Kind, ScanError};

use crate::ordinary::{code, file, symbol};
use crate::pdf::{self, of_content, of_objects, of_picture, squeezed, stream};
use crate::{refusal, survived, survived_within};

/// Requires an error that means a file cannot be read.
#[track_caller]
fn is_refused(name: &str, bytes: &[u8]) {
    let error = refusal(bytes);
    assert!(
        matches!(
            error,
            ScanError::TooHeavy
                | ScanError::Broken { .. }
                | ScanError::NoCode
                | ScanError::TooManyPixels { .. }
                | ScanError::TooManyPages { .. }
        ),
        "{name}: {error:?}"
    );
}

#[test]
fn the_largest_accepted_pictures_stay_within_the_memory_limit() {
    for (name, format) in [("PNG", ImageFormat::Png), ("JPEG", ImageFormat::Jpeg)] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        RgbImage::from_pixel(7000, 7100, image::Rgb([200, 190, 180]))
            .write_to(&mut bytes, format)
            .unwrap();
        let error = refusal(bytes.get_ref());
        // Whether all attempts fit into the processor time depends on the processor.
        let expected = matches!(error, ScanError::NoCode | ScanError::TooHeavy);
        assert!(expected, "{name}: {error:?}");
    }
}

#[test]
fn a_code_in_a_large_photograph_is_found_within_the_memory_limit() {
    let code = code(30);
    let mut photograph = GrayImage::from_pixel(8000, 6200, Luma([235]));
    imageops::overlay(&mut photograph, &symbol(code.expose(), 40), 2000, 2000);
    let bytes = file(&photograph, ImageFormat::Jpeg);
    assert_eq!(survived(&bytes).unwrap().codes.len(), 1);
}

#[test]
fn a_hundred_megapixels_are_refused_by_the_header() {
    // Lossless WebP: a signature, then width and height minus one, 14 bits each.
    let mut webp = b"RIFF\x1c\0\0\0WEBPVP8L\x0f\0\0\0\x2f".to_vec();
    webp.extend_from_slice(&(16_382_u32 | (16_382 << 14)).to_le_bytes());
    webp.extend_from_slice(&[0; 32]);
    assert!(matches!(refusal(&webp), ScanError::TooManyPixels { .. }));
    let small = file(&symbol(code(31).expose(), 2), ImageFormat::Gif);
    let mut gif = small;
    gif[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(refusal(&gif), ScanError::TooManyPixels { megapixels: 4295 });
    assert_eq!(
        refusal(&tiff(100_000, 100_000, 8)),
        ScanError::TooManyPixels { megapixels: 10_000 }
    );
}

/// A TIFF with one strip whose data is missing.
fn tiff(width: u32, height: u32, bits: u32) -> Vec<u8> {
    let entries = [
        (256_u16, width),
        (257, height),
        (258, bits),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, 100),
    ];
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    for (tag, value) in entries {
        tiff.extend_from_slice(&tag.to_le_bytes());
        // Type LONG: four bytes.
        tiff.extend_from_slice(&4_u16.to_le_bytes());
        tiff.extend_from_slice(&1_u32.to_le_bytes());
        tiff.extend_from_slice(&value.to_le_bytes());
    }
    tiff.extend_from_slice(&[0; 4]);
    tiff
}

#[test]
fn a_tiff_without_its_strip_is_broken() {
    let kind = Kind::Tiff;
    assert_eq!(refusal(&tiff(7000, 7000, 8)), ScanError::Broken { kind });
}

#[test]
fn a_page_that_unpacks_to_gigabytes_is_refused() {
    let content = squeezed(b"0 0 m 9 9 l S\n", 80_000_000);
    let page = of_content(stream("/Filter /FlateDecode", &content), stream("", b""));
    is_refused("once", &page);
    let twice = squeezed(&content, 1);
    let page = of_content(
        stream("/Filter [/FlateDecode /FlateDecode]", &twice),
        stream("", b""),
    );
    is_refused("twice", &page);
}

#[test]
fn long_chains_of_filters_are_refused() {
    let filters = "/ASCIIHexDecode ".repeat(100_000);
    let dictionary = format!("/Filter [{filters}]");
    let page = of_content(stream(&dictionary, &b"30".repeat(100_000)), stream("", b""));
    is_refused("many", &page);
    let page = of_content(
        stream(
            "/Filter /LZWDecode",
            &squeezed(b"\x80\x0b\x60\x50", 1 << 20),
        ),
        stream("", b""),
    );
    is_refused("LZW", &page);
    let page = of_content(
        stream("/Filter /RunLengthDecode", &b"\x81 ".repeat(4 << 20)),
        stream("", b""),
    );
    is_refused("run lengths", &page);
}

#[test]
fn a_picture_whose_data_declares_a_larger_size_than_the_page_is_refused() {
    // JPEG 2000: a size segment for one component of 60,000 × 60,000.
    let side = 60_000_u32.to_be_bytes();
    let mut jpeg_2000 = b"\xff\x4f\xff\x51\x00\x29\x00\x00".to_vec();
    jpeg_2000.extend_from_slice(&[side, side, [0; 4], [0; 4], side, side, [0; 4], [0; 4]].concat());
    jpeg_2000.extend_from_slice(b"\x00\x01\x07\x01\x01");
    // Five levels, blocks of 64 × 64, then a tile whose data is missing.
    jpeg_2000.extend_from_slice(b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x01");
    jpeg_2000.extend_from_slice(
        b"\xff\x5c\x00\x13\x40\x40\x48\x48\x50\x48\x48\x50\x48\x48\x50\x48\x48\x50\x48\x48\x50",
    );
    jpeg_2000
        .extend_from_slice(b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93\xff\xd9");
    let small = "/Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8";
    is_refused(
        "JPEG 2000",
        &of_picture(&format!("{small} /Filter /JPXDecode"), &jpeg_2000),
    );
    // JBIG2: a page of 2³¹ × 2³¹.
    let mut jbig2 = b"\0\0\0\0\x30\0\x01\0\0\0\x13".to_vec();
    jbig2.extend_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    jbig2.extend_from_slice(&[0; 11]);
    let small = "/Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 1";
    is_refused(
        "JBIG2",
        &of_picture(&format!("{small} /Filter /JBIG2Decode"), &jbig2),
    );
    // A fax with a huge number of columns.
    let fax = format!(
        "{small} /Filter /CCITTFaxDecode /DecodeParms << /K 0 /Columns 2000000000 /Rows 2000000000 >>"
    );
    is_refused("fax", &of_picture(&fax, &[0x35; 1000]));
    // A predictor with a huge row length.
    let rows = format!(
        "{small} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 32 >>"
    );
    is_refused("predictor", &of_picture(&rows, &squeezed(b"\0", 1000)));
}

/// 360 bytes of JPEG 2000, found by fuzzing, for which the decoder allocates without bound.
#[test]
fn a_small_picture_whose_decoder_allocates_without_bound_is_refused() {
    is_refused("JPEG 2000", include_bytes!("jpeg-2000.pdf"));
}

#[test]
fn the_largest_picture_of_a_page_stays_within_the_memory_limit() {
    let pixels = squeezed(b"\xc8\xbe\xb4", 7000 * 7100);
    let page = of_picture(
        "/Width 7000 /Height 7100 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
        &pixels,
    );
    is_refused("a large picture", &page);
}

#[test]
fn a_cyclic_page_tree_is_refused() {
    let catalogue = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let own_child = b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>".to_vec();
    is_refused("own child", &of_objects(&[catalogue.clone(), own_child]));
    let ring =
        |to: usize| format!("<< /Type /Pages /Count 9 /Kids [{to} 0 R {to} 0 R] >>").into_bytes();
    is_refused("ring", &of_objects(&[catalogue, ring(3), ring(2)]));
}

#[test]
fn a_cross_reference_to_itself_is_refused() {
    let objects = [b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    is_refused("table", &pdf::with_trailer(&objects, "/Prev START"));
    let own = [
        b"1 0 R".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids 2 0 R >>".to_vec(),
    ];
    is_refused("object", &of_objects(&own));
    let length = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>".to_vec(),
        b"<< /Length 4 0 R >>\nstream\nq\nendstream".to_vec(),
    ];
    is_refused("length", &of_objects(&length));
}

#[test]
fn a_pdf_with_too_many_pages_is_refused_with_their_number() {
    let kids: String = (0..20_000)
        .map(|page| format!("{} 0 R ", page + 3))
        .collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count 20000 /Kids [{kids}] >>").into_bytes(),
    ];
    // Small pages, so that drawing fifty is fast.
    let page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>";
    objects.extend(std::iter::repeat_n(page.to_vec(), 20_000));
    // All attempts on fifty pages take about as long as a file may, depending on the processor.
    let budget = Budget {
        cpu: 5 * Budget::FILE.cpu,
        wall: 5 * Budget::FILE.wall,
    };
    let error = survived_within(budget, &of_objects(&objects)).err();
    let (have, looked_at) = (20_000, 50);
    assert_eq!(error, Some(ScanError::TooManyPages { have, looked_at }));
}

#[test]
fn a_deep_page_tree_is_refused() {
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    for next in 3..60_000 {
        objects.push(format!("<< /Type /Pages /Count 1 /Kids [{next} 0 R] >>").into_bytes());
    }
    objects.push(b"<< /Type /Page /MediaBox [0 0 9 9] >>".to_vec());
    is_refused("tree", &of_objects(&objects));
}

#[test]
fn deep_nesting_is_refused() {
    let deep = |open: &str| open.repeat(2_000_000).into_bytes();
    for open in ["[", "<</A", "("] {
        let objects = [b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), deep(open)];
        is_refused(open, &of_objects(&objects));
        let page = of_content(stream("", &deep(open)), stream("", b""));
        is_refused(open, &page);
    }
    let states = of_content(stream("", &deep("q ")), stream("", b""));
    is_refused("q", &states);
}

#[test]
fn a_form_that_draws_itself_is_refused() {
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 400] \
         /Resources << /XObject << /Picture 5 0 R >> >>",
        b"/Picture Do /Picture Do",
    );
    let page = of_content(stream("", b"/Picture Do"), form);
    is_refused("form", &page);
}

#[test]
fn scripts_in_a_pdf_do_not_run() {
    let code = code(32);
    let page = pdf::of_scans(&symbol(code.expose(), 6), 1);
    assert!(page.windows(10).any(|window| window == b"JavaScript"));
    assert_eq!(survived(&page).unwrap().codes.len(), 1);
}

/// Time in which any processor reads a thousand symbols.
const AMPLE: Budget = Budget {
    cpu: Duration::from_secs(50),
    wall: Duration::from_secs(300),
};

#[test]
fn a_thousand_symbols_of_one_kind_are_all_read_and_too_many_codes_are_refused() {
    let mut picture = GrayImage::from_pixel(32 * 92, 32 * 92, Luma([255]));
    let mut grid = |text: &dyn Fn(u32) -> String| {
        for place in 0..1024 {
            let symbol = symbol(&text(place), 2);
            let (x, y) = (place % 32 * 92, place / 32 * 92);
            imageops::overlay(&mut picture, &symbol, x.into(), y.into());
        }
        file(&picture, ImageFormat::Png)
    };
    let one = code(33);
    let same = grid(&|_| one.expose().to_owned());
    let finds = survived_within(AMPLE, &same).unwrap();
    assert_eq!((finds.codes.len(), finds.parts.len()), (1, 0));
    let parts = grid(&|place| format!("UR:BYTES/{}-1024/LPADAOCFADLPADAOCF", place + 1));
    let finds = survived_within(AMPLE, &parts).unwrap();
    assert_eq!((finds.codes.len(), finds.parts.len()), (0, 1024));
    let codes = grid(&|place| code(u64::from(place) + 100).expose().to_owned());
    let error = survived_within(AMPLE, &codes).err();
    assert_eq!(error, Some(ScanError::TooHeavy));
}
