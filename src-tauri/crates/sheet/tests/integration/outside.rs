//! All kinds of sheets, checked with independent programs: `qpdf`, Poppler's tools and `zbarimg`.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::variants::{Carried, EMAIL, LABEL, LANGUAGES, PAPERS, REACHES, Samples, Variant, reach};
use sheet::{Language, Paper, Reach};

/// Limit for a sheet in bytes.
const LARGEST: usize = 60_000;

fn every_variant() -> Vec<Variant> {
    let mut every = Vec::new();
    for language in LANGUAGES {
        for paper in PAPERS {
            for carried in [Carried::Code, Carried::Share] {
                for reach in REACHES {
                    for timed in [false, true] {
                        for wallet in [None, Some(EMAIL)] {
                            every.push(Variant {
                                carried,
                                language,
                                paper,
                                reach,
                                timed,
                                wallet,
                            });
                        }
                    }
                }
            }
            // The sheet with the most text.
            every.push(Variant {
                carried: Carried::OfMany,
                language,
                paper,
                reach: reach(true, true),
                timed: true,
                wallet: Some(LABEL),
            });
        }
    }
    every
}

/// Standard output of a program, which must succeed.
fn stdout(program: &str, arguments: &[&str], file: &Path, then: &[&Path]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .args(then)
        .output()
        .unwrap_or_else(|error| {
            panic!("{program}: {error}. `cargo xtask test` installs what the tests need.")
        });
    assert!(
        output.status.success(),
        "{program} {}: {}",
        file.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Requires the words in this order, ignoring white space.
fn in_order(text: &str, words: &[&str], name: &str) {
    let text = without_space(text);
    let mut from = 0;
    for word in words {
        let word = without_space(word);
        let at = text[from..].find(&word);
        from += at.unwrap_or_else(|| panic!("{name}: {word} is missing or out of order in {text}"));
        from += word.len();
    }
}

/// Excerpts of the text on the sheet, from top to bottom.
fn expected_text(variant: &Variant) -> Vec<&'static str> {
    let english = variant.language == Language::English;
    let pick = |in_english, in_german| if english { in_english } else { in_german };
    let share = variant.carried != Carried::Code;
    let (kit, pages) = match variant.reach {
        Reach::ThisComputer => (false, false),
        Reach::OtherComputers { kit, pages } => (kit, pages),
    };
    let mut expected = vec![pick("Recovery sheet", "Wiederherstellungsblatt")];
    expected.push(match variant.carried {
        Carried::Code => "A0JC",
        Carried::Share => "C HCY6",
        Carried::OfMany => "F CMCH",
    });
    if let Some(wallet) = variant.wallet {
        expected.extend(["Wallet", wallet]);
    }
    match variant.carried {
        Carried::Code => {}
        Carried::Share => expected.push(pick(
            "Sheet C, one of 3; any 2 of them are needed",
            "Blatt C, eines von 3; 2 beliebige davon sind nötig",
        )),
        Carried::OfMany => expected.push(pick(
            "Sheet F, one of 31; any 9 of them are needed",
            "Blatt F, eines von 31; 9 beliebige davon sind nötig",
        )),
    }
    expected.push(pick(
        "Made on 3 May 2026, 14:12 (UTC+02:00)",
        "Erstellt am 3. Mai 2026, 14:12 Uhr (UTC+02:00)",
    ));
    expected.push(if variant.timed {
        pick(
            "Works until 3 May 2026, 16:12 (UTC+02:00)",
            "Gültig bis 3. Mai 2026, 16:12 Uhr (UTC+02:00)",
        )
    } else {
        pick("Works until used", "Gültig bis zur Verwendung")
    });
    expected.extend([
        pick("Kept at", "Aufbewahrt"),
        pick("Checked on", "Geprüft am"),
    ]);
    expected.push(variant.carried.text());
    expected.push(pick("Fold here", "Hier falten"));
    expected.push(pick("How to use it 1", "So verwenden Sie es 1"));
    if kit || pages {
        expected.push(pick("“Restore a wallet”", "„Wallet wiederherstellen“"));
    }
    if kit {
        expected.push(match variant.carried {
            Carried::Code => "backup-kit-A0JC",
            Carried::Share => "backup-kit-HCY6",
            Carried::OfMany => "backup-kit-CMCH",
        });
    }
    if pages {
        expected.push(pick("the recovery pages", "die Wiederherstellungsseiten"));
    }
    if share {
        expected.push(pick(
            "sheets of this set, in any order",
            "in beliebiger Reihenfolge",
        ));
    }
    expected.push(pick(
        "Choose a new password.",
        "Wählen Sie ein neues Passwort.",
    ));
    expected.push(pick(
        "What a finder can do",
        "Was ein Finder damit anfangen kann",
    ));
    if kit || pages {
        expected.push(match (kit, pages) {
            (true, true) => pick(
                "and the recovery kit, the recovery pages or your computer",
                "und dem Wiederherstellungskit, den Wiederherstellungsseiten oder Ihrem Computer",
            ),
            (true, false) => pick(
                "and the recovery kit or your computer",
                "und dem Wiederherstellungskit oder Ihrem Computer",
            ),
            _ => pick(
                "and the recovery pages or your computer",
                "und den Wiederherstellungsseiten oder Ihrem Computer",
            ),
        });
        expected.push(pick("Keep them apart.", "Bewahren Sie alles getrennt auf."));
        expected.push(pick("Without this app", "Ohne diese App"));
        if share {
            expected.push("BIP-93");
        }
        if kit {
            expected.push("age -d -i identity.age wallet.age");
        }
        if pages {
            expected.extend(["age -d", "gunzip"]);
        }
        expected.push(pick(
            "the code in capitals, without spaces.",
            "der Code in Großbuchstaben, ohne Leerzeichen.",
        ));
        expected.push("docs/restore-without-the-app.md");
    } else {
        expected.push(pick(
            "If that computer is lost or its login is reset",
            "Geht dieser Computer verloren oder wird seine Anmeldung zurückgesetzt",
        ));
    }
    expected
}

fn check(variant: &Variant, samples: &Samples, folder: &Path) {
    let name = variant.name();
    let pdf = sheet::pdf(&variant.sheet(samples)).unwrap();
    // Time passes between the two, so half of the variants are enough.
    if variant.timed {
        let again = sheet::pdf(&variant.sheet(samples)).unwrap();
        assert!(*pdf == *again, "{name}: different bytes");
    }
    assert!(pdf.len() < LARGEST, "{name}: {} bytes", pdf.len());
    let file = folder.join(&name).with_added_extension("pdf");
    fs::write(&file, &*pdf).unwrap();

    let report = stdout("qpdf", &["--check"], &file, &[]);
    assert!(
        report.contains("No syntax or stream encoding errors found"),
        "{name}: {report}"
    );

    fonts(&stdout("pdffonts", &[], &file, &[]), &name);
    facts(&stdout("pdfinfo", &[], &file, &[]), variant);

    // In the order of the tags, and in the order of the page.
    let expected = expected_text(variant);
    let tagged = stdout("pdfinfo", &["-struct-text"], &file, &[]);
    let texts = tagged
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"'));
    let tagged: String = texts.map(|text| text.trim_end_matches('"')).collect();
    in_order(&tagged, &expected, &name);
    let raw = stdout("pdftotext", &["-raw"], &file, &[Path::new("-")]);
    in_order(&raw, &expected, &name);
    let kit_only = matches!(variant.reach, Reach::OtherComputers { pages: false, .. });
    assert!(!kit_only || !raw.contains("gunzip"), "{name}");

    let drawn = ["-gray", "-r", "150", "-singlefile"];
    stdout("pdftoppm", &drawn, &file, &[&file.with_extension("")]);
    let scan = [
        "--nodbus",
        "--quiet",
        "--raw",
        "-Sdisable",
        "-Sqrcode.enable",
    ];
    let scanned = stdout("zbarimg", &scan, &file.with_extension("pgm"), &[]);
    assert_eq!(scanned, format!("{}\n", variant.carried.text()), "{name}");
}

/// Requires typefaces that are embedded, subset and mapped to Unicode.
fn fonts(listed: &str, name: &str) {
    let rows: Vec<&str> = listed.lines().skip(2).collect();
    assert_eq!(rows.len(), 4, "{name}: {listed}");
    for row in rows {
        assert!(row.starts_with("SHEET"), "{name}: {row}");
        let words: Vec<&str> = row.split_whitespace().collect();
        let [.., embedded, subset, unicode, _, _] = words[..] else {
            panic!("{name}: {row}")
        };
        assert_eq!([embedded, subset, unicode], ["yes"; 3], "{name}: {row}");
    }
}

/// Requires one tagged page with a title, without producer and time stamps.
fn facts(info: &str, variant: &Variant) {
    let name = variant.name();
    let fact = |key: &str| {
        info.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name == key).then(|| value.trim())
        })
    };
    let title = match (variant.language, variant.carried) {
        (Language::English, Carried::Code) => "Recovery sheet",
        (Language::English, Carried::Share) => "Recovery sheet C",
        (Language::English, Carried::OfMany) => "Recovery sheet F",
        (Language::German, Carried::Code) => "Wiederherstellungsblatt",
        (Language::German, Carried::Share) => "Wiederherstellungsblatt C",
        (Language::German, Carried::OfMany) => "Wiederherstellungsblatt F",
    };
    let size = match variant.paper {
        Paper::A4 => "595.276 x 841.89 pts (A4)",
        Paper::Letter => "612 x 792 pts (letter)",
    };
    for (key, value) in [
        ("Title", title),
        ("Tagged", "yes"),
        ("Pages", "1"),
        ("Page size", size),
        ("JavaScript", "no"),
        ("Metadata Stream", "no"),
        ("PDF version", "1.7"),
    ] {
        assert_eq!(fact(key), Some(value), "{name}: {key}");
    }
    for key in [
        "Producer",
        "Creator",
        "Author",
        "CreationDate",
        "ModDate",
        "Subject",
        "Keywords",
    ] {
        assert_eq!(fact(key), None, "{name}: {key}");
    }
}

#[test]
fn independent_programs_validate_all_sheets_and_read_the_expected_text() {
    let variants = every_variant();
    let folder = tempfile::tempdir().unwrap();
    let next = AtomicUsize::new(0);
    let checked = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let samples = Samples::read();
                while let Some(variant) = variants.get(next.fetch_add(1, Ordering::Relaxed)) {
                    check(variant, &samples, folder.path());
                    checked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(checked.into_inner(), 132);
}
