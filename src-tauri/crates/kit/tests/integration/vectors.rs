//! The frozen kits, which every later version must open. `kit-v1` is of before items had fields,
//! and is only read.

use crate::common;
use std::fs;
use std::path::PathBuf;

use crate::common::backup_code;
use age::secrecy::ExposeSecret;
use code::BackupCode;
use kit::{
    FILES_FOLDER, IDENTITY_FILE, Identity, KitContents, KitFiles, WALLET_FILE, file_name, open,
    rewrap, wrap_file,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    about: String,
    code: String,
    identity: String,
    recipient: String,
    contents: String,
    folder: String,
}

fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors")
}

const BEFORE_FIELDS: &str = "kit-v1";
const WITH_FIELDS: &str = "kit-v2";
const WITH_FILES: &str = "kit-v3";

fn vector(name: &str) -> Vector {
    let path = vectors().join(format!("{name}.json"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Each frozen kit with its original contents.
fn kits() -> [(Vector, KitContents); 3] {
    [
        (vector(BEFORE_FIELDS), common::sample()),
        (vector(WITH_FIELDS), common::sample_with_fields()),
        (vector(WITH_FILES), common::sample_with_file().0),
    ]
}

fn file(vector: &Vector, name: &str) -> Vec<u8> {
    fs::read(vectors().join(&vector.folder).join(name)).unwrap()
}

/// Returns the plain identity line that the code decrypts.
fn identity_line(identity_age: &[u8], code: &BackupCode) -> String {
    let passphrase = age::scrypt::Identity::new(code.expose().into());
    String::from_utf8(age::decrypt(&passphrase, identity_age).unwrap()).unwrap()
}

fn json(wallet_age: &[u8], identity: &str) -> String {
    let identity: age::x25519::Identity = identity.trim_end().parse().unwrap();
    String::from_utf8(age::decrypt(&identity, wallet_age).unwrap()).unwrap()
}

#[test]
fn the_frozen_kit_opens_with_the_original_contents() {
    for (vector, original) in kits() {
        let (identity, wallet) = (file(&vector, IDENTITY_FILE), file(&vector, WALLET_FILE));
        let opened = open(&identity, &wallet, &backup_code(&vector.code)).unwrap();
        common::assert_same(&opened, &original);
    }
}

#[test]
fn the_code_decrypts_the_identity_and_the_identity_the_contents() {
    for (vector, _) in kits() {
        let line = identity_line(&file(&vector, IDENTITY_FILE), &backup_code(&vector.code));
        assert_eq!(line, format!("{}\n", vector.identity));
        let identity: age::x25519::Identity = vector.identity.parse().unwrap();
        assert_eq!(identity.to_public().to_string(), vector.recipient);
        assert_eq!(json(&file(&vector, WALLET_FILE), &line), vector.contents);
    }
}

#[test]
fn the_frozen_contents_are_written_identically() {
    for (name, contents) in [
        (WITH_FIELDS, common::sample_with_fields()),
        (WITH_FILES, common::sample_with_file().0),
    ] {
        let vector = vector(name);
        let recipient = vector.recipient.parse().unwrap();
        let wallet = rewrap(&recipient, &contents.snapshot()).unwrap();
        assert_eq!(json(&wallet, &vector.identity), vector.contents);
    }
}

#[test]
fn the_identity_of_the_frozen_kit_opens_its_file() {
    let vector = vector(WITH_FILES);
    let (_, named, content) = common::sample_with_file();
    let sealed = file(&vector, &format!("files/{}", file_name(named.id)));
    let parsed: age::x25519::Identity = vector.identity.parse().unwrap();
    assert_eq!(age::decrypt(&parsed, &sealed).unwrap(), content);
    let code = backup_code(&vector.code);
    let identity = Identity::unlock(&file(&vector, IDENTITY_FILE), &code).unwrap();
    assert_eq!(*identity.open_file(&sealed, &named).unwrap(), content);
}

#[test]
#[ignore = "regenerates the vectors; only for a new format version, frozen vectors never change"]
fn write_the_vectors() {
    let code = common::code(21);
    let (contents, named, content) = common::sample_with_file();
    let (
        KitFiles {
            identity, wallet, ..
        },
        recipient,
    ) = common::make(&code, &contents.snapshot());
    let line = identity_line(&identity, &code);
    let parsed: age::x25519::Identity = line.trim_end().parse().unwrap();
    let vector = Vector {
        about: "A recovery kit of version 3 and what it opens to; see docs/kit-format.md"
            .to_owned(),
        code: code.expose().to_owned(),
        identity: parsed.to_string().expose_secret().to_owned(),
        recipient: recipient.to_string(),
        contents: json(&wallet, &line),
        folder: WITH_FILES.to_owned(),
    };
    let folder = vectors().join(&vector.folder);
    let files = folder.join(FILES_FOLDER);
    fs::create_dir_all(&files).unwrap();
    fs::write(folder.join(IDENTITY_FILE), identity).unwrap();
    fs::write(folder.join(WALLET_FILE), wallet).unwrap();
    let sealed = wrap_file(&recipient, content).unwrap();
    fs::write(files.join(file_name(named.id)), sealed).unwrap();
    let text = serde_json::to_string_pretty(&vector).unwrap();
    fs::write(vectors().join(format!("{WITH_FILES}.json")), text + "\n").unwrap();
}
