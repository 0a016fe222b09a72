//! Follows `docs/restore-without-the-app.md` literally in an empty folder: saves its programs under
//! the documented names, runs its commands unchanged, and answers their prompts.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use crate::common::terminal::in_terminal;
use crate::common::{code, contents, make, note, sample};
use code::{BackupCode, SetSize, Share, Shares};
use kit::KitContents;
use kit::pages::Pages;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Value;
use sheet::{Language, LocalTime, Paper, RecoveryPages, pages_pdf};

/// An action that a block of the document asks for.
enum Step {
    /// Runs a command.
    Run(String),
    /// Saves a program under the last name before it.
    Save { name: String, text: String },
}

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs");
    fs::read_to_string(path.join("restore-without-the-app.md")).unwrap()
}

/// Returns the steps under this heading in order.
fn steps(heading: &str) -> Vec<Step> {
    let document = document();
    let section = document
        .split("\n## ")
        .find_map(|section| section.strip_prefix(heading))
        .unwrap_or_else(|| panic!("the document has no section {heading:?}"));
    let mut steps = Vec::new();
    // Text and blocks alternate.
    let parts: Vec<&str> = section.split("```").collect();
    for pair in parts[..parts.len() - 1].chunks(2) {
        let (kind, text) = pair[1].split_once('\n').unwrap();
        match kind {
            "sh" => steps.extend(text.lines().map(|line| Step::Run(line.to_owned()))),
            _ => {
                let name = pair[0].rsplit('`').nth(1).unwrap().to_owned();
                let text = text.to_owned();
                steps.push(Step::Save { name, text });
            }
        }
    }
    assert!(!steps.is_empty());
    steps
}

/// Follows a section in this folder and returns the output of its last command. Each command that
/// prompts gets `answers`.
fn follow(heading: &str, folder: &Path, answers: &[(&str, &str)]) -> String {
    let mut last = String::new();
    for step in steps(heading) {
        match step {
            Step::Save { name, text } => fs::write(folder.join(name), text).unwrap(),
            Step::Run(command) => {
                let asks = command.starts_with("age ") || command.starts_with("python3 ");
                let answers = if asks { answers } else { &[] };
                let (shown, success) = in_terminal(folder, &command, answers);
                assert!(success, "{command}: {shown}");
                last = shown;
            }
        }
    }
    last
}

/// Asserts that the file has exactly the documented keys and the original contents.
fn assert_restored(folder: &Path, kept: &KitContents) {
    let restored: Value =
        serde_json::from_slice(&fs::read(folder.join("wallet.json")).unwrap()).unwrap();
    let document = document();
    let (_, described) = document.split_once("```json\n").unwrap();
    let described: Value = serde_json::from_str(described.split("```").next().unwrap()).unwrap();
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&restored), keys(&described));
    assert_eq!(restored["format"], described["format"]);
    assert_eq!(restored["version"], described["version"]);
    assert_eq!(restored["wallet_id"], kept.wallet_id.to_string());
    assert_eq!(restored["email"], kept.email.as_str());
    assert_eq!(restored["date"], kept.date.0);
    let items = restored["items"].as_array().unwrap();
    assert_eq!(items.len(), kept.items.len());
    for (restored, kept) in items.iter().zip(&kept.items) {
        assert_eq!(keys(restored), keys(&described["items"][0]));
        assert_eq!(
            keys(&restored["body"]),
            keys(&described["items"][0]["body"])
        );
        assert_eq!(restored["title"], kept.present.body.title.expose());
        let text = &kept.present.body.fields[0].text;
        assert_eq!(
            restored["body"]["typed"]["fields"][0]["value"]["secret"],
            text.expose()
        );
    }
}

fn write_kit(folder: &Path, code: &BackupCode, kept: &KitContents) {
    let (files, _) = make(code, &kept.snapshot());
    for (name, bytes) in files.named() {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Writes the pages as a PDF file without the lost page, like a scan of the remaining ones.
fn write_pages(folder: &Path, code: &BackupCode, kept: &KitContents, lost: usize) -> Pages {
    let pages = kit::pages::make(code, &kept.snapshot()).unwrap();
    let mut left = pages.pages().to_vec();
    left.remove(lost);
    let pdf = pages_pdf(&RecoveryPages {
        wallet: Some(kept.email.as_str()),
        identifier: code.identifier(),
        made: LocalTime {
            unix: kept.date.0,
            offset_seconds: 0,
        },
        items: kept.items.len(),
        set: &pages.set().to_string(),
        paper: Paper::A4,
        language: Language::English,
        pages: &left,
    });
    fs::write(folder.join("pages.pdf"), &*pdf.unwrap()).unwrap();
    pages
}

/// Returns a wallet of several pages.
fn large() -> KitContents {
    let items = (0..200).map(|number| {
        let key = code(1_000 + u64::from(number));
        note(
            number,
            &format!("Item {number}"),
            &format!("Key {}\nand more", key.expose()),
        )
    });
    contents(items.collect())
}

fn set(needed: u8, sheets: u8) -> (BackupCode, Vec<Share>) {
    let size = SetSize::new(needed, sheets).unwrap();
    let mut rng = StdRng::seed_from_u64(u64::from(needed));
    let (_, sheets) = BackupCode::generate_set(&mut rng, &|_| false, size);
    let mut shares = Shares::default();
    for sheet in &sheets[..usize::from(needed)] {
        shares.add(typed(sheet.expose())).unwrap();
    }
    (shares.combine().unwrap(), sheets)
}

fn typed(text: &str) -> Share {
    match code::TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(code::Reading::Share(share)) => share,
        _ => unreachable!("the text is a share"),
    }
}

/// Returns the code that the document's program restores from these sheets, typed as printed.
fn combine_with_the_document(folder: &Path, sheets: &[&Share]) -> String {
    let sheets: Vec<String> = sheets
        .iter()
        .map(|sheet| sheet.groups().join(" ").to_lowercase())
        .collect();
    let prompts: Vec<String> = (1..=sheets.len())
        .map(|number| format!("Sheet {number}: "))
        .collect();
    let answers: Vec<(&str, &str)> = prompts
        .iter()
        .map(String::as_str)
        .zip(sheets.iter().map(String::as_str))
        .collect();
    let shown = follow("The code from several sheets", folder, &answers);
    let (_, code) = shown
        .split_once("The code is ")
        .unwrap_or_else(|| panic!("{shown}"));
    code.trim().to_owned()
}

#[test]
fn the_document_restores_a_kit() {
    let folder = tempfile::tempdir().unwrap();
    let code = code(1);
    write_kit(folder.path(), &code, &sample());
    follow(
        "From a kit",
        folder.path(),
        &[("passphrase", code.expose())],
    );
    assert_restored(folder.path(), &sample());
}

#[test]
fn the_document_restores_pages_of_which_one_is_lost() {
    for (kept, lost) in [(sample(), 0), (large(), 1)] {
        let folder = tempfile::tempdir().unwrap();
        let code = code(2);
        write_pages(folder.path(), &code, &kept, lost);
        follow(
            "From pages",
            folder.path(),
            &[("passphrase", code.expose())],
        );
        assert_restored(folder.path(), &kept);
    }
}

#[test]
fn an_independent_decoder_reports_missing_parts_if_all_but_one_page_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let pages = write_pages(folder.path(), &code(2), &large(), 0);
    assert!(pages.pages().len() > 3);
    fs::write(folder.path().join("parts.txt"), pages.pages()[1].join("\n")).unwrap();
    for step in steps("From pages") {
        match step {
            Step::Save { name, text } => fs::write(folder.path().join(name), text).unwrap(),
            Step::Run(command) if command.starts_with("npm ") => {
                assert!(in_terminal(folder.path(), &command, &[]).1);
            }
            Step::Run(command) if command.starts_with("node ") => {
                let (shown, success) = in_terminal(folder.path(), &command, &[]);
                assert!(!success && shown.contains("% are there"), "{shown}");
            }
            Step::Run(_) => {}
        }
    }
    assert!(!folder.path().join("wallet.age").exists());
}

#[test]
fn the_document_combines_sets_that_open_a_kit_and_pages() {
    let (code, sheets) = set(2, 3);
    let folder = tempfile::tempdir().unwrap();
    let combined_code = combine_with_the_document(folder.path(), &[&sheets[2], &sheets[0]]);
    assert_eq!(combined_code, code.expose());
    write_kit(folder.path(), &code, &sample());
    follow(
        "From a kit",
        folder.path(),
        &[("passphrase", &combined_code)],
    );
    assert_restored(folder.path(), &sample());

    let (code, sheets) = set(3, 5);
    let folder = tempfile::tempdir().unwrap();
    let combined_code =
        combine_with_the_document(folder.path(), &[&sheets[4], &sheets[1], &sheets[3]]);
    assert_eq!(combined_code, code.expose());
    write_pages(folder.path(), &code, &sample(), 1);
    follow(
        "From pages",
        folder.path(),
        &[("passphrase", &combined_code)],
    );
    assert_restored(folder.path(), &sample());
}

#[test]
fn the_documents_program_rejects_other_sheets_and_asks_again() {
    let (code, sheets) = set(2, 3);
    let (_, others) = set(3, 5);
    let folder = tempfile::tempdir().unwrap();
    let mistyped = sheets[0]
        .expose()
        .replacen(&sheets[0].expose()[20..21], "-", 1);
    let wrong = sheets[0].expose().chars().rev().collect::<String>();
    let answers = [
        ("Sheet 1: ", mistyped.as_str()),
        ("a sheet has 60", &wrong),
        ("group by group", sheets[0].expose()),
        ("Sheet 2: ", others[0].expose()),
        ("of the same set", sheets[0].expose()),
        ("there already", sheets[1].expose()),
    ];
    let shown = follow("The code from several sheets", folder.path(), &answers);
    assert!(shown.contains(code.expose()), "{shown}");
}
