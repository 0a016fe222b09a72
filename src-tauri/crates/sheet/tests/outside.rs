//! Every kind of sheet, judged by other people's programs: `qpdf`, Poppler's tools and `zbarimg`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod variants;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sheet::{Language, Paper, Reach};
use variants::{Carried, EMAIL, LABEL, LANGUAGES, PAPERS, REACHES, Samples, Variant, reach};

/// Bytes of the largest sheet.
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
            // The fullest.
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

/// What the program prints.
fn said(program: &str, arguments: &[&str], file: &Path, then: &[&Path]) -> String {
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

/// Requires the words, in this order. White space does not count.
fn in_order(text: &str, words: &[&str], name: &str) {
    let text = without_space(text);
    let mut from = 0;
    for word in words {
        let word = without_space(word);
        let at = text[from..].find(&word);
        from += at.unwrap_or_else(|| panic!("{name}: {word} is not where it belongs in {text}"));
        from += word.len();
    }
}

/// What a person reads on the sheet, from top to bottom.
fn read_on(variant: &Variant) -> Vec<&'static str> {
    let english = variant.language == Language::English;
    let say = |in_english, in_german| if english { in_english } else { in_german };
    let share = variant.carried != Carried::Code;
    let (kit, pages) = match variant.reach {
        Reach::ThisComputer => (false, false),
        Reach::OtherComputers { kit, pages } => (kit, pages),
    };
    let mut read = vec![say("Recovery sheet", "Wiederherstellungsblatt")];
    read.push(match variant.carried {
        Carried::Code => "A0JC",
        Carried::Share => "C HCY6",
        Carried::OfMany => "F CMCH",
    });
    if let Some(wallet) = variant.wallet {
        read.extend(["Wallet", wallet]);
    }
    match variant.carried {
        Carried::Code => {}
        Carried::Share => read.push(say(
            "Sheet C, one of 3; any 2 of them are needed",
            "Blatt C, eines von 3; 2 beliebige davon sind nötig",
        )),
        Carried::OfMany => read.push(say(
            "Sheet F, one of 31; any 9 of them are needed",
            "Blatt F, eines von 31; 9 beliebige davon sind nötig",
        )),
    }
    read.push(say(
        "Made on 3 May 2026, 14:12 (UTC+02:00)",
        "Erstellt am 3. Mai 2026, 14:12 Uhr (UTC+02:00)",
    ));
    read.push(if variant.timed {
        say(
            "Works until 3 May 2026, 16:12 (UTC+02:00)",
            "Gültig bis 3. Mai 2026, 16:12 Uhr (UTC+02:00)",
        )
    } else {
        say("Works until used", "Gültig bis zur Verwendung")
    });
    read.extend([
        say("Kept at", "Aufbewahrt"),
        say("Checked on", "Geprüft am"),
    ]);
    read.push(variant.carried.text());
    read.push(say("Fold here", "Hier falten"));
    read.push(say("How to use it 1", "So verwenden Sie es 1"));
    if kit || pages {
        read.push(say("“Restore a wallet”", "„Wallet wiederherstellen“"));
    }
    if kit {
        read.push(match variant.carried {
            Carried::Code => "backup-kit-A0JC",
            Carried::Share => "backup-kit-HCY6",
            Carried::OfMany => "backup-kit-CMCH",
        });
    }
    if pages {
        read.push(say("the recovery pages", "die Wiederherstellungsseiten"));
    }
    if share {
        read.push(say(
            "sheets of this set, in any order",
            "in beliebiger Reihenfolge",
        ));
    }
    read.push(say(
        "Choose a new password.",
        "Wählen Sie ein neues Passwort.",
    ));
    read.push(say(
        "What a finder can do",
        "Was ein Finder damit anfangen kann",
    ));
    if kit || pages {
        read.push(match (kit, pages) {
            (true, true) => say(
                "and the recovery kit, the recovery pages or your computer",
                "und dem Wiederherstellungskit, den Wiederherstellungsseiten oder Ihrem Computer",
            ),
            (true, false) => say(
                "and the recovery kit or your computer",
                "und dem Wiederherstellungskit oder Ihrem Computer",
            ),
            _ => say(
                "and the recovery pages or your computer",
                "und den Wiederherstellungsseiten oder Ihrem Computer",
            ),
        });
        read.push(say("Keep them apart.", "Bewahren Sie alles getrennt auf."));
        read.push(say("Without this app", "Ohne diese App"));
        if share {
            read.push("BIP-93");
        }
        if kit {
            read.push("age -d -i identity.age wallet.age");
        }
        if pages {
            read.extend(["age -d", "gunzip"]);
        }
        read.push(say(
            "the code in capitals, without spaces.",
            "der Code in Großbuchstaben, ohne Leerzeichen.",
        ));
        read.push("docs/restore-without-the-app.md");
    } else {
        read.push(say(
            "If that computer is lost or its login is reset",
            "Geht dieser Computer verloren oder wird seine Anmeldung zurückgesetzt",
        ));
    }
    read
}

fn judge(variant: &Variant, samples: &Samples, folder: &Path) {
    let name = variant.name();
    let pdf = sheet::pdf(&variant.sheet(samples)).unwrap();
    // The clock does not stand still between the two, so half of the variants are enough.
    if variant.timed {
        let again = sheet::pdf(&variant.sheet(samples)).unwrap();
        assert!(*pdf == *again, "{name}: other bytes");
    }
    assert!(pdf.len() < LARGEST, "{name}: {} bytes", pdf.len());
    let file = folder.join(&name).with_added_extension("pdf");
    fs::write(&file, &*pdf).unwrap();

    let checked = said("qpdf", &["--check"], &file, &[]);
    assert!(
        checked.contains("No syntax or stream encoding errors found"),
        "{name}: {checked}"
    );

    fonts(&said("pdffonts", &[], &file, &[]), &name);
    facts(&said("pdfinfo", &[], &file, &[]), variant);

    // As it is tagged, and as it stands on the page.
    let read = read_on(variant);
    let tagged = said("pdfinfo", &["-struct-text"], &file, &[]);
    let texts = tagged
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"'));
    let tagged: String = texts.map(|text| text.trim_end_matches('"')).collect();
    in_order(&tagged, &read, &name);
    let raw = said("pdftotext", &["-raw"], &file, &[Path::new("-")]);
    in_order(&raw, &read, &name);
    let kit_only = matches!(variant.reach, Reach::OtherComputers { pages: false, .. });
    assert!(!kit_only || !raw.contains("gunzip"), "{name}");

    let drawn = ["-gray", "-r", "150", "-singlefile"];
    said("pdftoppm", &drawn, &file, &[&file.with_extension("")]);
    let scan = [
        "--nodbus",
        "--quiet",
        "--raw",
        "-Sdisable",
        "-Sqrcode.enable",
    ];
    let scanned = said("zbarimg", &scan, &file.with_extension("pgm"), &[]);
    assert_eq!(scanned, format!("{}\n", variant.carried.text()), "{name}");
}

/// All embedded, subset, and with the characters that the letterforms stand for.
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

/// One tagged page with a title, and nothing about who made it with what and when.
fn facts(told: &str, variant: &Variant) {
    let name = variant.name();
    let fact = |key: &str| {
        told.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            (found == key).then(|| value.trim())
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
fn other_programs_find_every_sheet_sound_and_read_from_it_what_it_should_say() {
    let variants = every_variant();
    let folder = tempfile::tempdir().unwrap();
    let next = AtomicUsize::new(0);
    let judged = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let samples = Samples::read();
                while let Some(variant) = variants.get(next.fetch_add(1, Ordering::Relaxed)) {
                    judge(variant, &samples, folder.path());
                    judged.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(judged.into_inner(), 132);
}
