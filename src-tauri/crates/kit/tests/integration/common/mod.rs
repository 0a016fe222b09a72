//! Sample kits for the tests.

pub(crate) mod terminal;

use code::{BackupCode, Reading, SetSize, Shares, TypedCode};
use kit::{KitContents, KitFiles, NamedCommit, Recipient, Snapshot};
use rand::SeedableRng;
use rand::rngs::StdRng;
use wallet::{
    Body, CommitId, Email, Field, FieldType, FileId, FileRef, Item, ItemId, Kind, SecretText,
    Timestamp, WalletId,
};

pub(crate) fn code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

/// Parses the text of a code.
pub(crate) fn backup_code(text: &str) -> BackupCode {
    match TypedCode::parse(text).map(|typed| typed.read()) {
        Ok(Reading::Code(code)) => code,
        _ => unreachable!("the text is a code"),
    }
}

/// Returns the secret code of a 2-of-3 set, combined from two of its sheets.
pub(crate) fn code_of_a_set() -> BackupCode {
    let size = SetSize::new(2, 3).unwrap();
    let (_, sheets) = BackupCode::generate_set(&mut StdRng::seed_from_u64(2), &|_| false, size);
    let mut shares = Shares::default();
    for sheet in sheets.into_iter().skip(1) {
        shares.add(sheet).unwrap();
    }
    shares.combine().unwrap()
}

pub(crate) fn note(number: u8, title: &str, text: &str) -> Item {
    Item::new(
        ItemId::from_bytes([number; 16]),
        Body::note(
            SecretText::new(title.to_owned()),
            SecretText::new(text.to_owned()),
        ),
        Timestamp(1_767_225_600 + i64::from(number)),
    )
}

/// Returns the kit contents of a wallet with these items.
pub(crate) fn contents(items: Vec<Item>) -> KitContents {
    KitContents {
        wallet_id: WalletId::from_bytes([3; 16]),
        email: Email::parse("zoë@example.org").unwrap(),
        date: Timestamp(1_767_225_600),
        items,
    }
}

pub(crate) fn sample() -> KitContents {
    contents(vec![
        note(
            1,
            "Spare key",
            "Under the third stone.\nNot the \"second\".",
        ),
        note(2, "", ""),
        note(
            3,
            "Ключ 🔑",
            "\u{0}\u{1b}[31m\u{7f}\u{2028}\\ { } \r\n\ttab",
        ),
    ])
}

/// The sample with an account of every type of field, with a past, and an item in the bin.
pub(crate) fn sample_with_fields() -> KitContents {
    let text = |text: &str| SecretText::new(text.to_owned());
    let account = |password| {
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
            title: text("Exchange"),
            tags: vec![text("work")],
            favourite: true,
            fields: numbered.collect(),
        }
    };
    let mut sample = sample();
    let id = ItemId::from_bytes([8; 16]);
    let mut item = Item::new(id, account("before"), Timestamp(1_767_225_600));
    item.change(account("after"), Timestamp(1_767_225_700));
    item.returned = Some(Timestamp(1_767_225_650));
    sample.items.push(item);
    sample.items[1].binned = Some(Timestamp(1_767_225_800));
    sample
}

/// A wallet with one file, and its content.
pub(crate) fn sample_with_file() -> (KitContents, FileRef, &'static [u8]) {
    let text = |text: &str| SecretText::new(text.to_owned());
    let content = b"%PDF-1.7 lease";
    let file = FileRef::of(FileId::from_bytes([9; 16]), content).unwrap();
    let body = Body {
        kind: Kind::File,
        title: text("Lease"),
        tags: Vec::new(),
        favourite: false,
        fields: vec![Field {
            number: 1,
            label: text("File"),
            kind: FieldType::File,
            text: text("lease.pdf"),
            file: Some(file),
        }],
    };
    let id = ItemId::from_bytes([8; 16]);
    let item = Item::new(id, body, Timestamp(1_767_225_600));
    (contents(vec![item]), file, content)
}

/// Returns sample contents, each with the code of its kit.
pub(crate) fn samples() -> Vec<(BackupCode, KitContents)> {
    let long = "A line of a long note, again and again.\n".repeat(5_000);
    vec![
        (code(1), sample()),
        (code_of_a_set(), sample_with_fields()),
        (code(3), contents(Vec::new())),
        (code(4), contents(vec![note(1, "long", &long)])),
    ]
}

pub(crate) fn make(code: &BackupCode, snapshot: &Snapshot<'_>) -> (KitFiles, Recipient) {
    kit::make(code, &of_a_commit(snapshot)).unwrap()
}

/// The same contents with the commit that kits of this app name.
pub(crate) fn of_a_commit<'a>(snapshot: &Snapshot<'a>) -> Snapshot<'a> {
    let id = CommitId::from_bytes([0xC0; 16]);
    Snapshot {
        commit: Some(NamedCommit { id, number: 1234 }),
        ..*snapshot
    }
}

/// Returns an identity file and a wallet file like those of [`kit::make`], but with a log₂ N of 1,
/// which is fast enough for thousands of trials.
pub(crate) fn cheap_kit(code: &BackupCode) -> (Vec<u8>, Vec<u8>) {
    use age::secrecy::ExposeSecret;
    let identity = age::x25519::Identity::generate();
    let recipient: Recipient = identity.to_public().to_string().parse().unwrap();
    let line = format!("{}\n", identity.to_string().expose_secret());
    let wallet = kit::rewrap(&recipient, &of_a_commit(&sample().snapshot())).unwrap();
    (with_passphrase(code.expose(), line.as_bytes()), wallet)
}

/// Encrypts an `age` file with this passphrase and a log₂ N of 1.
pub(crate) fn with_passphrase(passphrase: &str, plaintext: &[u8]) -> Vec<u8> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.to_owned().into());
    recipient.set_work_factor(1);
    age::encrypt(&recipient, plaintext).unwrap()
}

/// The contents as pages have room for them: without the bin and earlier versions.
pub(crate) fn on_paper(mut contents: KitContents) -> KitContents {
    contents.items.retain(|item| item.binned.is_none());
    for item in &mut contents.items {
        item.earlier.clear();
    }
    contents
}

pub(crate) fn assert_same(read: &KitContents, samples: &KitContents) {
    assert_eq!(read.wallet_id, samples.wallet_id);
    assert_eq!(read.email, samples.email);
    assert_eq!(read.date, samples.date);
    assert_eq!(read.items.len(), samples.items.len());
    for (read, samples) in read.items.iter().zip(&samples.items) {
        assert_eq!(read.id, samples.id);
        assert_eq!(read.created, samples.created);
        assert_eq!(read.binned, samples.binned);
        assert_eq!(read.returned, samples.returned);
        assert_eq!(read.earlier.len(), samples.earlier.len());
        for (read, samples) in read.versions().zip(samples.versions()) {
            assert_eq!(read.number, samples.number);
            assert_eq!(read.changed, samples.changed);
            let title = samples.body.title.expose();
            assert!(read.body.is_same(&samples.body), "{title}");
        }
    }
}
