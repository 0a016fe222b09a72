//! The frozen pages, which every later version must open. `pages-v1` are of before items had
//! fields, and are only read.

use crate::common;
use std::fs;
use std::path::PathBuf;

use crate::common::{
    assert_same, backup_code, contents, note, on_paper, sample, sample_with_fields,
};
use code::BackupCode;
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
    /// Name of the set as printed.
    set: String,
    pages: Vec<Vec<String>>,
    /// In hexadecimal.
    file: String,
    contents: String,
}

fn path(version: u8) -> PathBuf {
    let name = format!("../../../tests/vectors/pages-v{version}.json");
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn vectors(version: u8) -> Vec<Vector> {
    let vectors: Vectors = serde_json::from_slice(&fs::read(path(version)).unwrap()).unwrap();
    vectors.sets
}

/// The original contents: the sample, and a wallet of three pages.
fn originals() -> [KitContents; 2] {
    let items = (0..90).map(|number| {
        let key = common::code(2_000 + u64::from(number));
        note(number, "Key", key.expose())
    });
    [sample(), contents(items.collect())]
}

/// Each frozen set with its original contents.
fn sets() -> impl Iterator<Item = (Vector, KitContents)> {
    let before = vectors(1).into_iter().zip(originals());
    let present = on_paper(sample_with_fields());
    before.chain(vectors(2).into_iter().zip([present]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the JSON in the file, decoded without this crate.
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
fn the_frozen_pages_open_after_the_loss_of_any_page() {
    for (vector, kept) in sets() {
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
fn the_file_is_the_documented_json_in_gzip_in_age() {
    for (vector, _) in sets() {
        let bytes: Vec<u8> = (0..vector.file.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&vector.file[at..at + 2], 16).unwrap())
            .collect();
        assert_eq!(json(&bytes, &backup_code(&vector.code)), vector.contents);
    }
}

#[test]
fn parts_of_the_frozen_pages_identify_their_page() {
    let vectors = vectors(1);
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
#[ignore = "regenerates the vectors; only for a new format version, frozen vectors never change"]
fn write_the_vectors() {
    let abouts = ["one account with everything, and two notes"];
    let sets = abouts.into_iter().zip([sample_with_fields()]);
    let sets = sets.map(|(about, kept)| {
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
        about: "Recovery pages of version 2 and what they open to; see docs/pages-format.md"
            .to_owned(),
        sets: sets.collect(),
    };
    let text = serde_json::to_string_pretty(&vectors).unwrap();
    fs::write(path(2), text + "\n").unwrap();
}
