//! PDFs, and the self-test of a sheet.

use crate::support::pdf::{of_objects, of_scans, stream, vector_sheet};
use crate::support::{all, code, gives, is, names, paper, png, refusal, scan, symbol};
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::{Engine, InProcess, Kind, Limits, ScanError, Scanner, Unattended, read_pdf_with_both};

#[test]
fn a_vector_sheet_is_read() {
    let code = code(30);
    assert!(gives(&vector_sheet(&[code.expose()], 1.0), &code));
}

#[test]
fn modules_too_fine_for_the_first_resolution_are_read_at_the_second() {
    let code = code(31);
    assert!(gives(&vector_sheet(&[code.expose()], 0.2), &code));
}

#[test]
fn a_scanned_page_is_read() {
    let code = code(32);
    assert!(gives(
        &of_scans(&symbol(code.expose(), 5), 1, 595, 842),
        &code
    ));
}

#[test]
fn the_page_with_the_code_is_reported() {
    let code = code(33);
    let sheet = vector_sheet(
        &["https://example.org/", "FRONT MATTER", code.expose()],
        1.0,
    );
    let scanned = scan(&sheet).ok().unwrap();
    assert!(is(&scanned.code, &code));
    assert_eq!(scanned.page, Some(3));
}

#[test]
fn duplicate_codes_count_once_and_different_ones_are_all_returned() {
    let (a, b) = (code(34), code(35));
    let same = vector_sheet(&[a.expose(), a.expose()], 1.0);
    assert!(gives(&same, &a));
    let both = vector_sheet(&[a.expose(), b.expose(), a.expose()], 1.0);
    let identifiers = [a.identifier(), b.identifier()].map(|it| it.to_string());
    assert_eq!(names(&both), identifiers);
    let scanned = all(&both).ok().unwrap();
    assert_eq!((scanned[0].page, scanned[1].page), (Some(1), Some(2)));

    // A sheet holds one code, so the self-test of a written one rejects a second.
    let identifiers = vec![a.identifier(), b.identifier()];
    assert_eq!(
        read_pdf_with_both(&both, &Limits::default()).err(),
        Some(ScanError::Several { identifiers })
    );
}

#[test]
fn a_pdf_with_all_sheets_of_a_set_gives_each_share_once() {
    let size = code::SetSize::new(2, 3).unwrap();
    let mut rng = StdRng::seed_from_u64(36);
    let (_, shares) = code::BackupCode::generate_set(&mut rng, &|_| false, size);
    let texts: Vec<&str> = shares.iter().map(code::Share::expose).collect();
    let copied = [&texts[..], &texts[..1]].concat();
    let scanned = all(&vector_sheet(&copied, 1.0)).ok().unwrap();
    let read: Vec<_> = scanned
        .iter()
        .filter_map(|scanned| scanned.code.to_text())
        .collect();
    assert!(read.iter().map(|text| text.as_str()).eq(texts));
}

#[test]
fn no_code_and_a_foreign_qr_code_are_different_errors() {
    let blank = of_scans(&paper(10, 10, &[]), 2, 595, 842);
    assert_eq!(refusal(&blank), ScanError::NoCode);
    let other = vector_sheet(&["https://example.org/"], 1.0);
    assert_eq!(refusal(&other), ScanError::NotABackupCode);
}

#[test]
fn an_encrypted_pdf_has_its_own_error() {
    let encrypted = include_bytes!("../fixtures/encrypted.pdf");
    assert_eq!(refusal(encrypted), ScanError::EncryptedPdf);
}

#[test]
fn a_pdf_with_only_an_owner_password_opens() {
    let restricted = include_bytes!("../fixtures/owner-password.pdf");
    assert_eq!(refusal(restricted), ScanError::NoCode);
}

#[test]
fn a_broken_pdf_has_its_own_error() {
    let broken = ScanError::Broken { kind: Kind::Pdf };
    assert_eq!(refusal(b"%PDF-1.7\n"), broken);
    assert_eq!(refusal(b"%PDF-1.7\nnothing that a PDF has\n%%EOF"), broken);
    let no_pages = of_objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 0 /Kids [] >>".to_vec(),
    ]);
    assert_eq!(refusal(&no_pages), broken);
}

#[test]
fn a_truncated_pdf_is_refused_or_read_and_never_crashes() {
    let code = code(36);
    let whole = vector_sheet(&[code.expose()], 1.0);
    for tenth in 1..10 {
        match scan(&whole[..whole.len() * tenth / 10]) {
            Ok(scanned) => assert!(is(&scanned.code, &code), "{tenth}"),
            Err(ScanError::Broken { kind: Kind::Pdf } | ScanError::NoCode) => {}
            Err(other) => panic!("{tenth}: {other}"),
        }
    }
}

#[test]
fn a_page_tree_that_refers_to_itself_is_refused() {
    let looped = of_objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>".to_vec(),
    ]);
    assert_eq!(refusal(&looped), ScanError::Broken { kind: Kind::Pdf });
}

#[test]
fn a_huge_page_is_drawn_within_the_limit() {
    let limits = Limits {
        pixels: 1_000_000,
        ..Limits::default()
    };
    for (width, height) in [(1_000_000, 1_000_000), (4_000_000, 3), (3, 4_000_000)] {
        let bytes = of_scans(&symbol(code(37).expose(), 3), 1, width, height);
        let error = scan::scan(&bytes, &limits, &Unattended).err().unwrap();
        assert!(
            matches!(error, ScanError::NoCode | ScanError::Broken { .. }),
            "{error}"
        );
    }
}

/// A page that draws one object: a stream with this dictionary and data.
fn drawing(dictionary: &str, data: &[u8]) -> Vec<u8> {
    of_objects(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R \
          /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_vec(),
        stream("", b"200 0 0 200 0 0 cm /X Do"),
        stream(dictionary, data),
    ])
}

#[test]
fn a_huge_picture_on_a_page_is_refused_by_its_claimed_size() {
    let bomb = drawing(
        "/Type /XObject /Subtype /Image /Width 30000 /Height 30000 \
         /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"",
    );
    assert_eq!(refusal(&bomb), ScanError::TooManyPixels { megapixels: 900 });
}

#[test]
fn a_form_that_draws_itself_terminates() {
    let endless = drawing(
        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >>",
        b"/X Do /X Do",
    );
    assert_eq!(refusal(&endless), ScanError::NoCode);
}

#[test]
fn only_the_first_pages_are_read() {
    let limits = Limits {
        pages: 2,
        ..Limits::default()
    };
    let code = code(38);
    let late = vector_sheet(&["FIRST PAGE", "SECOND PAGE", code.expose()], 1.0);
    assert_eq!(
        scan::scan(&late, &limits, &Unattended).err(),
        Some(ScanError::TooManyPages {
            have: 3,
            looked_at: 2
        })
    );
    let early = vector_sheet(&[code.expose(), "SECOND PAGE", "THIRD PAGE"], 1.0);
    let scanned = scan::scan(&early, &limits, &Unattended).ok().unwrap();
    assert!(is(&scanned.codes[0].code, &code));
}

#[test]
fn each_engine_reads_a_sheet_on_its_own() {
    let code = code(39);
    let sheet = vector_sheet(&[code.expose()], 1.0);
    let [(first, rxing), (second, rqrr)] =
        read_pdf_with_both(&sheet, &Limits::default()).ok().unwrap();
    assert_eq!((first, second), (Engine::Rxing, Engine::Rqrr));
    assert!(is(&rxing, &code));
    assert!(is(&rqrr, &code));
}

#[test]
fn the_self_test_reports_the_engine_that_finds_nothing() {
    let blank = of_scans(&paper(10, 10, &[]), 1, 595, 842);
    let engine = Engine::Rxing;
    assert_eq!(
        read_pdf_with_both(&blank, &Limits::default()).err(),
        Some(ScanError::NotReadBy { engine })
    );
    let picture = png(&symbol(code(40).expose(), 5));
    assert_eq!(
        read_pdf_with_both(&picture, &Limits::default()).err(),
        Some(ScanError::Unsupported)
    );
}

#[test]
fn the_port_behaves_like_the_functions() {
    let code = code(41);
    let scanner: &dyn Scanner = &InProcess::default();
    let sheet = vector_sheet(&[code.expose()], 1.0);
    assert!(is(
        &scanner.scan(&sheet, &Unattended).ok().unwrap().codes[0].code,
        &code
    ));
    assert!(scanner.read_pdf_with_both(&sheet).is_ok());
    assert_eq!(scanner.scan(b"", &Unattended).err(), Some(ScanError::Empty));
}

#[test]
fn a_rasterised_page_has_the_requested_resolution_and_its_png_is_read() {
    let codes = [code(42), code(43)];
    let sheet = vector_sheet(&[codes[0].expose(), codes[1].expose()], 1.0);
    assert_eq!(raster::pages(&sheet), Ok(2));
    for (number, code) in codes.iter().enumerate() {
        let page = raster::render(&sheet, number, 144.0).unwrap();
        let (width, height) = (f64::from(page.width()), f64::from(page.height()));
        // 144 dpi are two pixels per point of A4.
        assert!((width - 2.0 * 595.3).abs() < 2.0, "{width}");
        assert!((height - 2.0 * 841.9).abs() < 2.0, "{height}");
        assert_eq!(page.pixels().len(), (width * height) as usize);
        let png = page.png().unwrap();
        assert!(gives(&png, code), "the PNG shows the page");
        let decoded = image::load_from_memory(&png).unwrap();
        assert_eq!(decoded.as_bytes(), page.pixels());
    }
}
