//! The PDF file of recovery pages, read back by other programs: `zbarimg`, `qpdf`, `pdffonts`,
//! `pdftotext`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use lopdf::{Document, Object};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sheet::{Language, LocalTime, Paper, QrError, RecoveryPages, SheetError, pages_pdf};

/// 3 May 2026, 14:12 at UTC+02:00.
const MADE: LocalTime = LocalTime {
    unix: 1_777_810_320,
    offset_seconds: 7_200,
};

/// `pages` pages with `each` symbols of `characters` characters each.
fn texts(pages: usize, each: usize, characters: usize) -> Vec<Vec<String>> {
    let mut rng = StdRng::seed_from_u64(7);
    let mut part = |number: usize| {
        let mut text = format!("UR:BYTES/{number}-99/");
        while text.len() < characters {
            text.push(char::from(rng.random_range(b'A'..=b'Z')));
        }
        text
    };
    (0..pages)
        .map(|page| (1..=each).map(|at| part(page * each + at)).collect())
        .collect()
}

fn pages(pages: &[Vec<String>]) -> RecoveryPages<'_> {
    RecoveryPages {
        wallet: Some("anna@example.org"),
        identifier: "W7AL".parse().unwrap(),
        made: MADE,
        items: 12,
        set: "0A1B-2C3D",
        paper: Paper::A4,
        language: Language::English,
        pages,
    }
}

/// Standard output of a program, which must succeed.
fn stdout(name: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(name)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|_| panic!("{name} runs; `cargo xtask test` installs it"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {text}{error}");
    text
}

fn written(pages: &RecoveryPages<'_>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pages.pdf"), &*pages_pdf(pages).unwrap()).unwrap();
    folder
}

/// The symbols that `zbarimg` reads from page `number` at this resolution.
fn symbols(folder: &Path, number: usize, resolution: &str) -> BTreeSet<String> {
    let page = number.to_string();
    let draw = [
        "-r",
        resolution,
        "-mono",
        "-f",
        &page,
        "-l",
        &page,
        "-singlefile",
        "pages.pdf",
        "page",
    ];
    stdout("pdftoppm", &draw, folder);
    let read = [
        "--quiet",
        "--raw",
        "-Sdisable",
        "-Sqrcode.enable",
        "page.pbm",
    ];
    stdout("zbarimg", &read, folder)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn all_symbols_can_be_read_at_150_and_300_dpi() {
    // A full page of the longest parts, and pages with fewer and shorter parts.
    for (each, characters) in [(20, 600), (13, 598), (9, 590), (5, 380)] {
        let texts = texts(2, each, characters);
        for paper in [Paper::A4, Paper::Letter] {
            let folder = written(&RecoveryPages {
                paper,
                ..pages(&texts)
            });
            for (number, page) in (1..).zip(&texts) {
                let expected: BTreeSet<String> = page.iter().cloned().collect();
                for resolution in ["150", "300"] {
                    assert_eq!(
                        symbols(folder.path(), number, resolution),
                        expected,
                        "{each} {paper:?} {resolution}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_file_is_valid_and_its_typefaces_are_subsets() {
    let texts = texts(3, 20, 600);
    let folder = written(&pages(&texts));
    assert!(
        stdout("qpdf", &["--check", "pages.pdf"], folder.path())
            .contains("No syntax or stream encoding errors")
    );
    let fonts = stdout("pdffonts", &["pages.pdf"], folder.path());
    let names: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(names.len(), 3, "{fonts}");
    for font in names {
        // Embedded, a subset, with Unicode.
        assert!(
            font.contains("yes yes yes") && font.as_bytes()[6] == b'+',
            "{font}"
        );
    }
    let size = fs::metadata(folder.path().join("pages.pdf")).unwrap().len();
    assert!(size < 3 * 100_000, "{size}");
}

#[test]
fn each_page_has_its_facts_and_instructions() {
    let texts = texts(3, 4, 400);
    for (language, statements) in [
        (
            Language::English,
            [
                "Recovery pages W7AL",
                "Wallet anna@example.org",
                "Made on 3 May 2026, 14:12 (UTC+02:00), 12 items",
                "Set 0A1B-2C3D",
                "Any one page may be missing",
                "only with backup code W7AL: keep them away from its recovery sheet",
                "Restore a wallet",
                "Without the app: zbarimg, a UR decoder, age and gunzip",
            ],
        ),
        (
            Language::German,
            [
                "Wiederherstellungsseiten W7AL",
                "Wallet anna@example.org",
                "Erstellt am 3. Mai 2026, 14:12 Uhr (UTC+02:00), 12 Einträge",
                "Satz 0A1B-2C3D",
                "Eine beliebige Seite darf fehlen",
                "Nur der Backup-Code W7AL öffnet sie: Getrennt von dessen Blatt aufbewahren",
                "Wallet wiederherstellen",
                "Ohne die App: zbarimg, ein UR-Decoder, age, gunzip",
            ],
        ),
    ] {
        let folder = written(&RecoveryPages {
            language,
            ..pages(&texts)
        });
        for number in 1..=3 {
            let page = number.to_string();
            let text = stdout(
                "pdftotext",
                &["-f", &page, "-l", &page, "pages.pdf", "-"],
                folder.path(),
            );
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for statement in statements {
                assert!(text.contains(statement), "{statement}: {text}");
            }
            let (page_number, part) = match language {
                Language::English => (format!("Page {number} of 3"), "Part"),
                Language::German => (format!("Seite {number} von 3"), "Teil"),
            };
            assert!(text.contains(&page_number), "{text}");
            for at in 1..=4 {
                assert!(
                    text.contains(&format!("{part} {}", (number - 1) * 4 + at)),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn pages_without_a_name_have_no_empty_label_and_a_hostile_name_is_accepted() {
    let texts = texts(2, 4, 400);
    for wallet in [None, Some(""), Some(" \n")] {
        let folder = written(&RecoveryPages {
            wallet,
            ..pages(&texts)
        });
        let text = stdout("pdftotext", &["-l", "1", "pages.pdf", "-"], folder.path());
        assert!(!text.contains("Wallet"), "{text}");
    }
    for wallet in [
        "\0\u{1b}[2J",
        "(\\) Tj ET",
        "世界@例え.jp",
        "\u{202e}gro.elpmaxe",
        &"W".repeat(5_000),
    ] {
        assert!(
            pages_pdf(&RecoveryPages {
                wallet: Some(wallet),
                ..pages(&texts)
            })
            .is_ok()
        );
    }
}

#[test]
fn the_same_pages_give_the_same_bytes_without_metadata() {
    let texts = texts(2, 4, 400);
    let bytes = pages_pdf(&pages(&texts)).unwrap();
    assert_eq!(*bytes, *pages_pdf(&pages(&texts)).unwrap());
    let file = Document::load_mem(&bytes).unwrap();
    let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = file.get_dictionary(info).unwrap();
    let keys: Vec<&[u8]> = info.iter().map(|(key, _)| key.as_slice()).collect();
    assert_eq!(keys, [b"Title".as_slice()]);
    assert_eq!(
        info.get(b"Title").unwrap().as_str().unwrap(),
        b"Recovery pages W7AL"
    );
    assert!(!file.trailer.has(b"ID"));
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    assert!(!catalog.has(b"Metadata"));
}

#[test]
fn each_marked_part_of_each_page_has_a_structure_element_in_reading_order() {
    let texts = texts(3, 4, 400);
    let file = Document::load_mem(&pages_pdf(&pages(&texts)).unwrap()).unwrap();
    let reference = |object: &Object| object.as_reference().unwrap();
    let tree = reference(file.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let tree = file.get_dictionary(tree).unwrap();
    let document = file
        .get_dictionary(reference(tree.get(b"K").unwrap()))
        .unwrap();
    let parents = file
        .get_dictionary(reference(tree.get(b"ParentTree").unwrap()))
        .unwrap();
    let parents = parents.get(b"Nums").unwrap().as_array().unwrap();
    assert_eq!(parents.len(), 6);
    let mut all = Vec::new();
    for (number, (_, page)) in file.get_pages().into_iter().enumerate() {
        let dictionary = file.get_dictionary(page).unwrap();
        let key = dictionary.get(b"StructParents").unwrap();
        assert_eq!(key.as_i64().unwrap(), number as i64);
        assert_eq!(&parents[2 * number], key);
        let elements = parents[2 * number + 1].as_array().unwrap();
        let content = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
        let marked = content.operations.iter().filter(|op| op.operator == "BDC");
        let marked: Vec<(Vec<u8>, i64)> = marked
            .map(|op| {
                let number = op.operands[1].as_dict().unwrap().get(b"MCID").unwrap();
                (
                    op.operands[0].as_name().unwrap().to_vec(),
                    number.as_i64().unwrap(),
                )
            })
            .collect();
        let described: Vec<(Vec<u8>, i64)> = elements
            .iter()
            .map(|element| {
                let element = file.get_dictionary(reference(element)).unwrap();
                assert_eq!(reference(element.get(b"Pg").unwrap()), page);
                let tag = element.get(b"S").unwrap().as_name().unwrap().to_vec();
                assert_eq!(tag == b"Figure", element.has(b"Alt"));
                (tag, element.get(b"K").unwrap().as_i64().unwrap())
            })
            .collect();
        assert_eq!(marked, described);
        all.extend(elements.iter().cloned());
    }
    assert_eq!(document.get(b"K").unwrap().as_array().unwrap(), &all);
}

#[test]
fn too_many_symbols_and_texts_that_do_not_fit_one_are_refused() {
    let many = texts(1, 21, 100);
    assert!(matches!(
        pages_pdf(&pages(&many)),
        Err(SheetError::TooMany { symbols: 21 })
    ));
    let long = texts(1, 2, 601);
    assert!(matches!(
        pages_pdf(&pages(&long)),
        Err(SheetError::Qr(QrError::TooLong { bytes: 601 }))
    ));
    let lower = vec![vec![String::from("ur:bytes/1-2/ae")]];
    assert!(matches!(
        pages_pdf(&pages(&lower)),
        Err(SheetError::Qr(QrError::Character))
    ));
    let never = LocalTime {
        unix: i64::MAX,
        offset_seconds: 0,
    };
    let texts = texts(1, 2, 100);
    let refused = pages_pdf(&RecoveryPages {
        made: never,
        ..pages(&texts)
    });
    assert!(matches!(refused, Err(SheetError::Date(_))));
    assert!(pages_pdf(&pages(&[])).is_ok());
}
