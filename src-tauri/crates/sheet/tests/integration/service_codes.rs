//! The list of another service's codes as a PDF file, read back by other programs: `qpdf`,
//! `pdffonts`, `pdfinfo`, `pdftotext`, `zbarimg`.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;

use sheet::{Language, LocalTime, Paper, ServiceCodes, SheetError, service_codes_pdf};

/// 3 May 2026, 14:12 at UTC+02:00.
const MADE: LocalTime = LocalTime {
    unix: 1_777_810_320,
    offset_seconds: 7_200,
};

fn codes<'a>(title: &'a str, left: &'a [&'a str]) -> ServiceCodes<'a> {
    ServiceCodes {
        title,
        label: "Recovery codes",
        left,
        used: 2,
        made: MADE,
        language: Language::English,
        paper: Paper::A4,
    }
}

/// What a program prints about the list, which is in `codes.pdf`.
fn said(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|_| panic!("{program} runs; `cargo xtask test` installs it"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn written(codes: &ServiceCodes<'_>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pdf = service_codes_pdf(codes).unwrap();
    fs::write(folder.path().join("codes.pdf"), &*pdf).unwrap();
    folder
}

#[test]
fn the_list_is_text_in_reading_order_and_says_what_it_is() {
    let folder = written(&codes("Zoë’s code host", &["1234 5678", "abcd-efgh"]));
    let text = said("pdftotext", &["-raw", "codes.pdf", "-"], folder.path());
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = line.as_str();
    for part in [
        "Codes of another service",
        "Zoë’s code host",
        "Recovery codes",
        "Made on 3 May 2026, 14:12",
        "not a backup code",
        "2 codes are left. 2 codes were used and are not printed.",
        "1234 5678",
        "abcd-efgh",
    ] {
        let found = rest.split_once(part);
        rest = found.unwrap_or_else(|| panic!("{part}: {line}")).1;
    }
}

#[test]
fn the_file_is_valid_and_does_not_name_the_item_in_its_title() {
    let folder = written(&codes("Code host", &["1234 5678"]));
    let check = said("qpdf", &["--check", "codes.pdf"], folder.path());
    assert!(
        check.contains("No syntax or stream encoding errors"),
        "{check}"
    );
    let fonts = said("pdffonts", &["codes.pdf"], folder.path());
    let names: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(names.len(), 3, "{fonts}");
    assert!(names.iter().all(|it| it.contains("yes yes yes")), "{fonts}");
    let information = said("pdfinfo", &["codes.pdf"], folder.path());
    assert!(information.contains("Codes of another service"));
    assert!(!information.contains("Code host"), "{information}");
}

#[test]
fn the_list_has_no_qr_code() {
    let folder = written(&codes("Code host", &["1234 5678"; 30]));
    let draw = ["-r", "150", "-png", "-singlefile", "codes.pdf", "page"];
    said("pdftoppm", &draw, folder.path());
    assert!(folder.path().join("page.png").exists());
    let read = said("zbarimg", &["--quiet", "--raw", "page.png"], folder.path());
    assert_eq!(read, "");
}

#[test]
fn a_thousand_codes_and_very_long_ones_fit_the_memory_that_is_set_aside() {
    let many: Vec<_> = (0..1000).map(|it| format!("{it:04}-{it:08x}")).collect();
    let long: Vec<_> = (0..20).map(|it| format!("{it:02}").repeat(2500)).collect();
    for all in [many, long] {
        let left: Vec<_> = all.iter().map(String::as_str).collect();
        let pdf = service_codes_pdf(&codes(&"W".repeat(5000), &left)).unwrap();
        // A reallocation would have made it smaller or larger than whole pages.
        let pages = (pdf.capacity() / 1024 - 64) / 64;
        assert_eq!(pdf.capacity(), (64 + 64 * pages) * 1024);
        assert!(pages > 1 && pdf.len() < pdf.capacity());
    }
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let list = codes("Code host", &["1234 5678"]);
    let [first, second] = [&list, &list].map(|it| service_codes_pdf(it).unwrap());
    assert_eq!(*first, *second);
}

#[test]
fn a_date_outside_the_calendar_is_refused() {
    let made = LocalTime {
        unix: i64::MAX,
        offset_seconds: 0,
    };
    let left = ["1234"];
    let list = ServiceCodes {
        made,
        ..codes("Code host", &left)
    };
    assert!(matches!(service_codes_pdf(&list), Err(SheetError::Date(_))));
}
