//! Compatibility of the kit: the `age` of distributions opens our kits, and we open kits made with
//! it.
//!
//! Commands run in a terminal, because `age` reads a passphrase only from one.
#![cfg(target_os = "linux")]

use crate::common;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::terminal::in_terminal;
use crate::common::{assert_same, code, contents, make, note, sample, sample_with_fields, samples};
use code::BackupCode;
use kit::{KitContents, KitFiles, open, rewrap};
use serde_json::Value;

fn run(folder: &Path, name: &str, arguments: &[&str]) {
    let status = Command::new(name)
        .args(arguments)
        .current_dir(folder)
        .stderr(Stdio::null())
        .status()
        .unwrap_or_else(|_| panic!("cannot run {name}; `cargo xtask test` installs it"));
    assert!(status.success(), "{name} {arguments:?}");
}

fn write_kit(folder: &Path, files: &KitFiles) {
    for (name, bytes) in files.named() {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Follows README.txt: runs its only command and enters the code.
fn follow_the_readme(folder: &Path, code: &BackupCode) -> Value {
    let readme = fs::read_to_string(folder.join("README.txt")).unwrap();
    let command = readme
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("age -d "));
    let (shown, success) = in_terminal(folder, command.unwrap(), &[("passphrase", code.expose())]);
    assert!(success, "{shown}");
    json_in(&shown)
}

fn json_in(shown: &str) -> Value {
    let json = &shown[shown.find('{').unwrap()..=shown.rfind('}').unwrap()];
    serde_json::from_str(json).unwrap()
}

fn assert_shows(shown: &Value, kept: &KitContents) {
    assert_eq!(shown["format"], "backup-code-kit");
    assert_eq!(shown["version"], 2);
    assert_eq!(shown["wallet_id"], kept.wallet_id.to_string());
    assert_eq!(shown["email"], kept.email.as_str());
    assert_eq!(shown["date"], kept.date.0);
    let items = shown["items"].as_array().unwrap();
    assert_eq!(items.len(), kept.items.len());
    for (shown, kept) in items.iter().zip(&kept.items) {
        assert_eq!(shown["id"], kept.id.to_string());
        assert_eq!(shown["title"], kept.present.body.title.expose());
        assert_eq!(shown["changed"], kept.present.changed.0);
        let fields = &kept.present.body.fields;
        let hidden = fields.iter().position(|field| field.kind.is_hidden());
        let at = hidden.unwrap();
        let shown = &shown["body"]["typed"]["fields"][at]["value"];
        assert_eq!(shown["secret"], fields[at].text.expose());
    }
}

#[test]
fn stock_age_opens_every_kit_with_the_command_in_its_readme() {
    for (code, contents) in samples() {
        let folder = tempfile::tempdir().unwrap();
        let (files, recipient) = make(&code, &contents.snapshot());
        write_kit(folder.path(), &files);
        assert_shows(&follow_the_readme(folder.path(), &code), &contents);

        let newer = common::contents(vec![note(9, "new", "written later")]);
        let wallet = rewrap(&recipient, &common::of_a_commit(&newer.snapshot())).unwrap();
        fs::write(folder.path().join("wallet.age"), wallet).unwrap();
        assert_shows(&follow_the_readme(folder.path(), &code), &newer);
    }
}

#[test]
fn stock_age_opens_the_frozen_kit() {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors");
    let vector = fs::read(vectors.join("kit-v2.json")).unwrap();
    let vector: Value = serde_json::from_slice(&vector).unwrap();
    let (shown, success) = in_terminal(
        &vectors.join("kit-v2"),
        "age -d -i identity.age wallet.age",
        &[("passphrase", vector["code"].as_str().unwrap())],
    );
    assert!(success, "{shown}");
    assert_shows(&json_in(&shown), &sample_with_fields());
}

#[test]
fn stock_age_rejects_another_code() {
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = make(&code(1), &sample().snapshot());
    write_kit(folder.path(), &files);
    let (shown, success) = in_terminal(
        folder.path(),
        "age -d -i identity.age wallet.age",
        &[("passphrase", code(5).expose())],
    );
    assert!(!success && !shown.contains("format"), "{shown}");
}

#[test]
fn a_kit_made_with_stock_age_opens() {
    let folder = tempfile::tempdir().unwrap();
    let code = code(1);
    run(folder.path(), "age-keygen", &["-o", "plain.txt"]);
    let (shown, success) = in_terminal(
        folder.path(),
        "age -p -o identity.age plain.txt",
        &[
            ("Enter passphrase", code.expose()),
            ("Confirm passphrase", code.expose()),
        ],
    );
    assert!(success, "{shown}");
    let json = r#"{"format":"backup-code-kit","version":1,"wallet_id":"03030303030303030303030303030303",
        "email":"zo\u00eb@example.org","date":1767225600,"items":[{"id":"09090909090909090909090909090909",
        "title":"by hand","changed":1767225609,"body":{"note":{"text":"with an editor\n"}}}]}"#;
    fs::write(folder.path().join("by-hand.json"), json).unwrap();
    let plain = fs::read_to_string(folder.path().join("plain.txt")).unwrap();
    let recipient = plain
        .split_whitespace()
        .find(|word| word.starts_with("age1"))
        .unwrap();
    run(
        folder.path(),
        "age",
        &["-r", recipient, "-o", "wallet.age", "by-hand.json"],
    );
    let file = |name| fs::read(folder.path().join(name)).unwrap();
    let opened = open(&file("identity.age"), &file("wallet.age"), &code).unwrap();
    let kept = contents(vec![note(9, "by hand", "with an editor\n")]);
    assert_same(&opened, &kept);
}
