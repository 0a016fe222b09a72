//! The frozen vectors: wallet files of format versions 1 and 2 and every intermediate value.
//!
//! `wallet-v1` holds a note as the app wrote it before items had fields, and is only read.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::fs;
use std::path::PathBuf;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use code::{BackupCode, Reading, TypedCode};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::Purpose;
use crate::testing::ScriptedRng;
use crate::{
    Body, CommitId, Email, Event, Field, FieldType, FileId, FileRef, Item, ItemId, KdfMemory,
    KdfParams, Kind, LogEntry, Opened, Password, ReleaseKey, Sealed, SecretText, SlotId, Timestamp,
    TotpSecret, TwoStep, WalletId, code_slot, format,
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    about: String,
    email_typed: String,
    email: String,
    password_typed: String,
    #[serde(with = "hex")]
    password: Vec<u8>,
    code: String,
    #[serde(with = "hex")]
    release_key: Vec<u8>,
    wallet_id: WalletId,
    commit_id: CommitId,
    #[serde(with = "hex")]
    wallet_key: Vec<u8>,
    #[serde(with = "hex")]
    payload_key: Vec<u8>,
    #[serde(with = "hex")]
    payload_nonce: Vec<u8>,
    password_slot: PasswordSlot,
    code_slot: CodeSlot,
    header: String,
    payload: String,
    file: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "hex")]
    files_key: Vec<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileVector>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileVector {
    id: FileId,
    name: String,
    #[serde(with = "hex")]
    content: Vec<u8>,
    #[serde(with = "hex")]
    nonce: Vec<u8>,
    #[serde(with = "hex")]
    associated_data: Vec<u8>,
    #[serde(with = "hex")]
    sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordSlot {
    id: SlotId,
    kdf: KdfParams,
    #[serde(with = "hex")]
    salt: Vec<u8>,
    #[serde(with = "hex")]
    nonce: Vec<u8>,
    #[serde(with = "hex")]
    key: Vec<u8>,
    #[serde(with = "hex")]
    associated_data: Vec<u8>,
    #[serde(with = "hex")]
    sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeSlot {
    id: SlotId,
    #[serde(with = "hex")]
    salt: Vec<u8>,
    identity: String,
    recipient: String,
    #[serde(with = "hex")]
    sealed: Vec<u8>,
}

mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        serializer.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).map_err(de::Error::custom);
        (0..text.len()).step_by(2).map(byte).collect()
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors")
}

const BEFORE_FIELDS: &str = "wallet-v1";
const WITH_FIELDS: &str = "wallet-v1-fields";
const WITH_FILES: &str = "wallet-v2";

fn vector(name: &str) -> Vector {
    let path = folder().join(format!("{name}.json"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn vectors() -> [Vector; 3] {
    [BEFORE_FIELDS, WITH_FIELDS, WITH_FILES].map(vector)
}

fn file(vector: &Vector) -> Vec<u8> {
    fs::read(folder().join(&vector.file)).unwrap()
}

fn backup_code(text: &str) -> BackupCode {
    match TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(Reading::Code(code)) => code,
        _ => unreachable!("the vector's code is a code"),
    }
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().unwrap()
}

fn release_key(vector: &Vector) -> ReleaseKey {
    ReleaseKey::from_bytes(Zeroizing::new(array(&vector.release_key)))
}

/// Adds the contents of the vector's file.
fn fill(opened: &mut Opened, code: &BackupCode) {
    let text = |text: &str| SecretText::new(text.to_owned());
    opened.contents.items.push(Item::new(
        ItemId::from_bytes(*b"an item's own id"),
        Body::note(
            text("Spare key"),
            text("Under the third stone.\nNot the \"second\"."),
        ),
        Timestamp(1_767_225_600),
    ));
    let account = |title, password| {
        let fields = [
            ("User name", FieldType::Text, "zoë"),
            ("Password", FieldType::Secret, password),
            ("Address", FieldType::Address, "https://example.org"),
            ("Expires", FieldType::Date, "2027-02-28"),
        ];
        let numbered = (1..).zip(fields).map(|(number, (label, kind, of))| Field {
            number,
            label: text(label),
            kind,
            text: text(of),
            file: None,
        });
        Body {
            kind: Kind::Account,
            title: text(title),
            tags: vec![text("work"), text("2027")],
            favourite: true,
            fields: numbered.collect(),
        }
    };
    let id = ItemId::from_bytes(*b"another one's id");
    let mut item = Item::new(id, account("Bank", "before"), Timestamp(1_767_225_610));
    item.change(account("Exchange", "after"), Timestamp(1_767_225_620));
    let mut bare = account("Exchange", "after");
    bare.kind = Kind::Note;
    bare.tags.clear();
    bare.favourite = false;
    bare.fields.truncate(2);
    item.change(bare, Timestamp(1_767_225_625));
    item.binned = Some(Timestamp(1_767_225_630));
    item.returned = Some(Timestamp(1_767_225_627));
    opened.contents.items.push(item);
    opened.contents.two_step = TwoStep::On(TotpSecret::from_bytes(Zeroizing::new(
        *b"12345678901234567890",
    )));
    let identifier = code.identifier();
    for (at, event) in [
        (1_767_225_600, Event::Created),
        (1_767_225_660, Event::TwoStepOn),
        (1_767_225_720, Event::Issued { identifier }),
        (1_767_225_780, Event::Confirmed { identifier }),
    ] {
        opened.contents.log.push(LogEntry {
            at: Timestamp(at),
            event,
        });
    }
}

/// Adds an item for each of the vector's files.
fn fill_with_files(opened: &mut Opened, vector: &Vector) {
    let text = |text: &str| SecretText::new(text.to_owned());
    for (number, it) in (1..).zip(&vector.files) {
        let file = FileRef::of(it.id, &it.content).unwrap();
        let mut rng = ScriptedRng::new(&it.nonce);
        opened.put_file(&mut rng, file, &it.content).unwrap();
        let field = |name: &str, file| Field {
            number: 1,
            label: text("File"),
            kind: FieldType::File,
            text: text(name),
            file,
        };
        let body = |field| Body {
            kind: Kind::File,
            title: text("Lease"),
            tags: Vec::new(),
            favourite: false,
            fields: vec![field],
        };
        let id = ItemId::from_bytes([number; 16]);
        // The same file under another name, and before it was chosen.
        let mut item = Item::new(id, body(field("", None)), Timestamp(1_767_225_600));
        for (name, at) in [("scan.pdf", 1_767_225_610), (&it.name, 1_767_225_620)] {
            let body = body(field(name, Some(file)));
            item.change(body, Timestamp(at));
        }
        opened.contents.items.push(item);
    }
}

#[test]
fn the_files_key_opens_each_file() {
    let vector = vector(WITH_FILES);
    assert!(!vector.files.is_empty());
    for file in &vector.files {
        let key: [u8; 32] = array(&vector.files_key);
        let nonce: [u8; 24] = array(&file.nonce);
        let payload = Payload {
            msg: &file.sealed[24..],
            aad: &file.associated_data,
        };
        assert_eq!(file.sealed[..24], nonce);
        let cipher = XChaCha20Poly1305::new((&key).into());
        let opened = cipher.decrypt((&nonce).into(), payload).unwrap();
        assert_eq!(opened, file.content);
    }
    let stored = file(&vector);
    let sealed = Sealed::parse(stored.clone()).unwrap();
    let (code, release) = (backup_code(&vector.code), release_key(&vector));
    let opened = sealed.open_with_code(vector.code_slot.id, &code, &release);
    let opened = opened.unwrap();
    for file in &vector.files {
        assert_eq!(*opened.read_file(file.id).unwrap(), file.content);
    }
    let all: Vec<u8> = vector
        .files
        .iter()
        .flat_map(|it| it.sealed.clone())
        .collect();
    assert!(stored.ends_with(&all));
}

#[test]
fn the_password_yields_the_slot_key_and_the_wallet_key() {
    for vector in vectors() {
        let slot = &vector.password_slot;
        let password = Password::typed(vector.password_typed.clone());
        assert_eq!(password.expose(), vector.password);
        let mut memory = KdfMemory::new();
        let key = memory
            .derive(&password, &array(&slot.salt), slot.kdf)
            .unwrap();
        assert_eq!(*key, array(&slot.key));
        let sealed = Sealed::parse(file(&vector)).unwrap();
        let opened = sealed
            .header()
            .password_slot
            .open(vector.wallet_id, &password, &mut memory)
            .unwrap();
        let wallet_key = opened.unwrap();
        assert_eq!(wallet_key.expose().as_slice(), vector.wallet_key);
        assert_eq!(
            wallet_key
                .derive(Purpose::Payload, vector.wallet_id)
                .as_slice(),
            vector.payload_key
        );
    }
}

#[test]
fn the_code_yields_the_identity_and_the_identity_the_wallet_key() {
    for vector in vectors() {
        let slot = &vector.code_slot;
        let (code, release) = (backup_code(&vector.code), release_key(&vector));
        let scalar = code_slot::scalar(&array(&slot.salt), vector.wallet_id, &code, &release);
        assert_eq!(*code_slot::identity_text(&scalar), slot.identity);
        let identity: age::x25519::Identity = slot.identity.parse().unwrap();
        assert_eq!(identity.to_public().to_string(), slot.recipient);
        // Any `age` implementation decrypts the slot with the identity.
        assert_eq!(
            age::decrypt(&identity, &slot.sealed).unwrap(),
            vector.wallet_key
        );
    }
}

#[test]
fn the_frozen_file_opens_with_password_and_code() {
    for vector in vectors() {
        let code = backup_code(&vector.code);
        let sealed = Sealed::parse(file(&vector)).unwrap();
        assert_eq!(sealed.header().email.as_str(), vector.email);
        assert_eq!(
            Email::parse(&vector.email_typed).as_ref(),
            Ok(&sealed.header().email)
        );
        let password = Password::typed(vector.password_typed.clone());
        let by_password = sealed
            .open_with_password(&password, &mut KdfMemory::new())
            .unwrap();
        let by_code = sealed
            .open_with_code(vector.code_slot.id, &code, &release_key(&vector))
            .unwrap();
        for opened in [by_password, by_code] {
            assert_eq!(
                opened.contents.items[0].present.body.title.expose(),
                "Spare key"
            );
            assert_eq!(opened.contents.log.len(), 4);
            let TwoStep::On(secret) = &opened.contents.two_step else {
                unreachable!("two-step verification is on")
            };
            assert_eq!(secret.expose(), b"12345678901234567890");
        }
    }
}

#[test]
fn the_frozen_file_is_reproduced_byte_for_byte() {
    for vector in [WITH_FIELDS, WITH_FILES].map(vector) {
        let (code, stored) = (backup_code(&vector.code), file(&vector));
        let mut opened = create(&vector, &code);
        let frozen = Sealed::parse(stored.clone()).unwrap();
        assert_eq!(opened.header().password_slot, frozen.header().password_slot);
        // `age` uses its own randomness, so the slot itself is taken from the file.
        opened.put_code_slots(frozen.header().code_slots.clone());
        let made = opened
            .seal(
                &mut ScriptedRng::new(&vector.payload_nonce),
                vector.commit_id,
            )
            .unwrap();
        assert_eq!(made, stored);
    }
}

#[test]
fn the_vector_describes_the_file() {
    for vector in vectors() {
        let stored = file(&vector);
        let layout = format::split(&stored).unwrap();
        assert_eq!(layout.header, vector.header.as_bytes());
        assert_eq!(layout.nonce.as_slice(), vector.payload_nonce);
        let described = describe(&vector, &stored);
        assert_eq!(
            serde_json::to_value(&described).unwrap(),
            serde_json::to_value(&vector).unwrap()
        );
    }
}

/// Creates the vector's wallet, except for the randomness of `age`.
fn create(vector: &Vector, code: &BackupCode) -> Opened {
    let slot = &vector.password_slot;
    let script: [&[u8]; 6] = [
        vector.wallet_id.as_bytes(),
        &vector.wallet_key,
        slot.id.as_bytes(),
        &slot.salt,
        &slot.nonce,
        vector.commit_id.as_bytes(),
    ];
    let mut opened = Opened::create(
        &mut ScriptedRng::new(&script.concat()),
        Email::parse(&vector.email_typed).unwrap(),
        &Password::typed(vector.password_typed.clone()),
        slot.kdf,
        &mut KdfMemory::new(),
        "secret-service",
    )
    .unwrap();
    fill(&mut opened, code);
    fill_with_files(&mut opened, vector);
    let script = [
        vector.code_slot.id.as_bytes(),
        vector.code_slot.salt.as_slice(),
    ]
    .concat();
    opened
        .add_code_slot(&mut ScriptedRng::new(&script), code, &release_key(vector))
        .unwrap();
    opened
}

/// Computes all values that follow from the given ones and the file.
fn describe(given: &Vector, stored: &[u8]) -> Vector {
    let layout = format::split(stored).unwrap();
    let header = String::from_utf8(layout.header.to_vec()).unwrap();
    let fields: serde_json::Value = serde_json::from_str(&header).unwrap();
    let field = |pointer: &str| {
        crate::encoding::decode(fields.pointer(pointer).unwrap().as_str().unwrap())
            .unwrap()
            .to_vec()
    };
    let password = Password::typed(given.password_typed.clone());
    let slot = &given.password_slot;
    let key = KdfMemory::new()
        .derive(&password, &array(&slot.salt), slot.kdf)
        .unwrap();
    let code = backup_code(&given.code);
    let code_salt = array(&given.code_slot.salt);
    let scalar = code_slot::scalar(&code_salt, given.wallet_id, &code, &release_key(given));
    let identity: age::x25519::Identity = code_slot::identity_text(&scalar).parse().unwrap();
    let wallet_key = crate::key::WalletKey::from_bytes(Zeroizing::new(array(&given.wallet_key)));
    let plaintext = crate::payload::decrypt(&layout, given.wallet_id, &wallet_key).unwrap();
    Vector {
        about: given.about.clone(),
        email_typed: given.email_typed.clone(),
        email: Email::parse(&given.email_typed)
            .unwrap()
            .as_str()
            .to_owned(),
        password_typed: given.password_typed.clone(),
        password: password.expose().to_vec(),
        code: code.expose().to_owned(),
        release_key: given.release_key.clone(),
        wallet_id: given.wallet_id,
        commit_id: given.commit_id,
        wallet_key: given.wallet_key.clone(),
        payload_key: wallet_key
            .derive(Purpose::Payload, given.wallet_id)
            .to_vec(),
        payload_nonce: given.payload_nonce.clone(),
        password_slot: PasswordSlot {
            id: slot.id,
            kdf: slot.kdf,
            salt: field("/password_slot/salt"),
            nonce: field("/password_slot/nonce"),
            key: key.to_vec(),
            associated_data: crate::password_slot::associated_data(
                given.wallet_id,
                slot.id,
                slot.kdf,
            ),
            sealed: field("/password_slot/sealed"),
        },
        code_slot: CodeSlot {
            id: given.code_slot.id,
            salt: field("/code_slots/0/salt"),
            identity: code_slot::identity_text(&scalar).to_string(),
            recipient: identity.to_public().to_string(),
            sealed: field("/code_slots/0/sealed"),
        },
        header,
        payload: String::from_utf8(plaintext.to_vec()).unwrap(),
        file: given.file.clone(),
        files_key: match given.files.is_empty() {
            true => Vec::new(),
            false => wallet_key.derive(Purpose::Files, given.wallet_id).to_vec(),
        },
        files: describe_files(&given.files, layout.files),
    }
}

fn describe_files(given: &[FileVector], stored: Option<&[u8]>) -> Vec<FileVector> {
    let mut rest = stored.unwrap_or_default();
    let files = given.iter().map(|file| {
        let (sealed, after) = rest.split_at(24 + file.content.len() + 16);
        rest = after;
        let size = u32::try_from(file.content.len()).unwrap().to_be_bytes();
        FileVector {
            associated_data: [&file.id.as_bytes()[..], &size].concat(),
            sealed: sealed.to_vec(),
            ..file.clone()
        }
    });
    files.collect()
}

#[test]
#[ignore = "regenerates the vectors; only for a new format version, frozen vectors never change"]
fn write_the_vectors() {
    use rand::{Rng, SeedableRng};
    let mut rng = rand::rngs::StdRng::seed_from_u64(2);
    let mut random = |length: usize| {
        let mut bytes = vec![0; length];
        rng.fill_bytes(&mut bytes);
        bytes
    };
    let code = BackupCode::generate(&mut ScriptedRng::new(&random(4 + 41)), &|_| false);
    let given = Vector {
        about: "A wallet file of format version 2 and every value on the way to it; see docs/wallet-format.md"
            .to_owned(),
        email_typed: " Zoe\u{308}@Example.COM ".to_owned(),
        email: String::new(),
        password_typed: "le cafe\u{301} ferme a\u{300} minuit".to_owned(),
        password: Vec::new(),
        code: code.expose().to_owned(),
        release_key: random(32),
        wallet_id: WalletId::from_bytes(array(&random(16))),
        commit_id: CommitId::from_bytes(array(&random(16))),
        wallet_key: random(32),
        payload_key: Vec::new(),
        payload_nonce: random(24),
        password_slot: PasswordSlot {
            id: SlotId::from_bytes(array(&random(16))),
            kdf: KdfParams::FLOOR,
            salt: random(16),
            nonce: random(24),
            key: Vec::new(),
            associated_data: Vec::new(),
            sealed: Vec::new(),
        },
        code_slot: CodeSlot {
            id: SlotId::from_bytes(array(&random(16))),
            salt: random(32),
            identity: String::new(),
            recipient: String::new(),
            sealed: Vec::new(),
        },
        header: String::new(),
        payload: String::new(),
        file: format!("{WITH_FILES}.wallet"),
        files_key: Vec::new(),
        files: [("lease.pdf", &b"%PDF-1.7 lease"[..]), ("empty", b"")]
            .into_iter()
            .zip(1..)
            .map(|((name, content), id)| FileVector {
                id: FileId::from_bytes([id; 16]),
                name: name.to_owned(),
                content: content.to_vec(),
                nonce: random(24),
                associated_data: Vec::new(),
                sealed: Vec::new(),
            })
            .collect(),
    };
    let mut nonce = ScriptedRng::new(&given.payload_nonce);
    let stored = create(&given, &code)
        .seal(&mut nonce, given.commit_id)
        .unwrap();
    let json = serde_json::to_string_pretty(&describe(&given, &stored)).unwrap();
    fs::write(folder().join(&given.file), stored).unwrap();
    fs::write(folder().join(format!("{WITH_FILES}.json")), json + "\n").unwrap();
}
