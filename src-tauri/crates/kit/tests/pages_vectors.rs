//! The frozen pages of version 1: made once, opened for ever.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::fs;
use std::path::PathBuf;

use code::{BackupCode, Reading, TypedCode};
use common::{assert_same, contents, note, sample};
use kit::KitContents;
use kit::pages::{Collector, make, open};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    about: String,
    sets: Vec<Vector>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    about: String,
    code: String,
    /// The set's name as it is printed.
    set: String,
    pages: Vec<Vec<String>>,
    /// Hexadecimal.
    file: String,
    contents: String,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors/pages-v1.json")
}

fn vectors() -> Vec<Vector> {
    let vectors: Vectors = serde_json::from_slice(&fs::read(path()).unwrap()).unwrap();
    vectors.sets
}

/// What was put in: the sample, and a wallet of three pages.
fn kept() -> [KitContents; 2] {
    let items = (0..90).map(|number| {
        let key = common::code(2_000 + u64::from(number));
        note(number, "Key", key.expose())
    });
    [sample(), contents(items.collect())]
}

fn backup_code(text: &str) -> BackupCode {
    match TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(Reading::Code(code)) => code,
        _ => unreachable!("the vector's code is a code"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The JSON in the file, by other hands than ours.
fn json(file: &[u8], code: &BackupCode) -> String {
    use std::io::Read;
    let passphrase = age::scrypt::Identity::new(code.expose().into());
    let zipped = age::decrypt(&passphrase, file).unwrap();
    let mut text = String::new();
    let mut decoder = flate2::read::GzDecoder::new(&zipped[..]);
    decoder.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_frozen_pages_open_and_hold_what_was_put_in_without_any_one_page() {
    for (vector, kept) in vectors().iter().zip(kept()) {
        for lost in 0..vector.pages.len() {
            let mut collector = Collector::default();
            for (page, texts) in vector.pages.iter().enumerate() {
                for text in texts.iter().filter(|_| page != lost) {
                    collector.add(text);
                }
            }
            assert_eq!(collector.progress().unwrap().set.to_string(), vector.set);
            let file = collector.finished().unwrap().unwrap();
            assert_eq!(hex(&file), vector.file);
            let code = backup_code(&vector.code);
            assert_same(&open(&file, &code).unwrap(), &kept);
        }
    }
}

#[test]
fn the_file_is_age_and_gzip_around_the_documented_json() {
    for vector in vectors() {
        let bytes: Vec<u8> = (0..vector.file.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&vector.file[at..at + 2], 16).unwrap())
            .collect();
        assert_eq!(json(&bytes, &backup_code(&vector.code)), vector.contents);
    }
}

#[test]
fn the_frozen_pages_are_what_the_parts_say_they_were_on() {
    let vectors = vectors();
    assert_eq!(vectors[1].pages.len(), 3);
    for vector in &vectors[1..] {
        let mut collector = Collector::default();
        for text in &vector.pages[1] {
            collector.add(text);
        }
        let pages = collector.progress().unwrap().pages.unwrap();
        for (number, (page, texts)) in pages.iter().zip(&vector.pages).enumerate() {
            assert_eq!(page.symbols, texts.len());
            assert_eq!(page.read, if number == 1 { texts.len() } else { 0 });
        }
    }
}

#[test]
#[ignore = "writes the vectors anew: only for a new format version, since frozen ones stay"]
fn write_the_vectors() {
    let abouts = ["two pages that both have everything", "three pages"];
    let sets = abouts.into_iter().zip(kept()).map(|(about, kept)| {
        let code = common::code(21);
        let pages = make(&code, &kept.snapshot()).unwrap();
        let mut collector = Collector::default();
        for text in pages.pages().iter().flatten() {
            collector.add(text);
        }
        let file = collector.finished().unwrap().unwrap();
        Vector {
            about: about.to_owned(),
            code: code.expose().to_owned(),
            set: pages.set().to_string(),
            pages: pages.pages().to_vec(),
            file: hex(&file),
            contents: json(&file, &code),
        }
    });
    let vectors = Vectors {
        about: "Recovery pages of version 1 and what they open to; see docs/pages-format.md"
            .to_owned(),
        sets: sets.collect(),
    };
    let text = serde_json::to_string_pretty(&vectors).unwrap();
    fs::write(path(), text + "\n").unwrap();
}
