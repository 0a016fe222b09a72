//! Pages of PDFs as pixels and as PNG files.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use raster::{LumaImage, OpenError, PdfFile, RenderError, pages, render};

/// A4 pages without content.
fn blank_pages(count: usize) -> Vec<u8> {
    let kids: String = (0..count)
        .map(|page| format!("{} 0 R ", page + 3))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>"),
    ];
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
    objects.extend(std::iter::repeat_n(page.to_owned(), count));

    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = pdf.len();
    let size = objects.len() + 1;
    pdf += &format!("xref\n0 {size}\n0000000000 65535 f \n");
    for offset in offsets {
        pdf += &format!("{offset:010} 00000 n \n");
    }
    pdf += &format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    pdf.into_bytes()
}

#[test]
fn a_page_has_the_size_of_the_requested_resolution() {
    let pdf = blank_pages(2);
    assert_eq!(pages(&pdf), Ok(2));
    let page = render(&pdf, 1, 144.0).unwrap();
    // 144 dpi are two pixels per point.
    assert_eq!((page.width(), page.height()), (2 * 595, 2 * 842));
    assert!(page.pixels().iter().all(|&level| level == 255));
}

#[test]
fn a_page_too_large_for_the_limit_is_rasterised_smaller() {
    let pdf = PdfFile::open(&blank_pages(1), 100_000).unwrap();
    let page = pdf.draw(0, 600.0).unwrap();
    let size = page.width() * page.height();
    assert!((90_000..=101_000).contains(&size), "{size}");
}

#[test]
fn errors_name_the_reason() {
    let error = |pdf: &[u8], page, dpi| render(pdf, page, dpi).err();
    let blank = blank_pages(1);
    let no_such_page = RenderError::NoSuchPage { have: 1 };
    assert_eq!(error(&blank, 1, 150.0), Some(no_such_page));
    assert_eq!(error(&blank, 0, 0.0), Some(RenderError::Undrawable));
    let broken = RenderError::Open(OpenError::Broken);
    for bytes in [&b"%PDF-1.7\n"[..], b"", b"\x89PNG\r\n\x1a\n"] {
        assert_eq!(error(bytes, 0, 150.0), Some(broken));
    }
    assert_eq!(pages(&blank_pages(0)), Err(OpenError::Broken));
    let encrypted = include_bytes!("../../scan/tests/fixtures/encrypted.pdf");
    assert_eq!(pages(encrypted), Err(OpenError::Encrypted));
}

#[test]
fn incompressible_pictures_fit_into_the_png_buffer() {
    let mut rng = StdRng::seed_from_u64(46);
    for (width, height) in [(1, 1), (1, 3000), (3000, 1), (500, 400)] {
        let mut pixels = vec![0; (width * height) as usize];
        rng.fill(&mut pixels[..]);
        let picture = LumaImage::from_pixels(width, height, pixels.into()).unwrap();
        assert!(picture.png().is_ok(), "{width} × {height}");
    }
}
