//! Kits to try things on.

#![allow(dead_code, reason = "each test file takes what it needs")]

pub(crate) mod terminal;

use code::{BackupCode, SetSize, Shares};
use kit::{KitContents, KitFiles, Recipient, Snapshot};
use rand::SeedableRng;
use rand::rngs::StdRng;
use wallet::{Body, Email, Item, ItemId, SecretText, Timestamp, WalletId};

pub(crate) fn code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

/// The secret code of a set of which two are needed, from two of its sheets.
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
    Item {
        id: ItemId::from_bytes([number; 16]),
        title: SecretText::new(title.to_owned()),
        changed: Timestamp(1_767_225_600 + i64::from(number)),
        body: Body::Note {
            text: SecretText::new(text.to_owned()),
        },
    }
}

/// What a wallet with these items keeps.
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

/// What is kept, with the code of its kit.
pub(crate) fn kept() -> Vec<(BackupCode, KitContents)> {
    let long = "A line of a long note, again and again.\n".repeat(5_000);
    vec![
        (code(1), sample()),
        (code_of_a_set(), sample()),
        (code(3), contents(Vec::new())),
        (code(4), contents(vec![note(1, "long", &long)])),
    ]
}

pub(crate) fn make(code: &BackupCode, snapshot: &Snapshot<'_>) -> (KitFiles, Recipient) {
    kit::make(code, snapshot).unwrap()
}

/// Identity file and wallet file as [`kit::make`] makes them, but for a log₂ N of 1: for trying a thousand times.
pub(crate) fn cheap_kit(code: &BackupCode) -> (Vec<u8>, Vec<u8>) {
    use age::secrecy::ExposeSecret;
    let identity = age::x25519::Identity::generate();
    let recipient: Recipient = identity.to_public().to_string().parse().unwrap();
    let line = format!("{}\n", identity.to_string().expose_secret());
    let wallet = kit::rewrap(&recipient, &sample().snapshot()).unwrap();
    (with_passphrase(code.expose(), line.as_bytes()), wallet)
}

/// An `age` file with this passphrase and a log₂ N of 1.
pub(crate) fn with_passphrase(passphrase: &str, plaintext: &[u8]) -> Vec<u8> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.to_owned().into());
    recipient.set_work_factor(1);
    age::encrypt(&recipient, plaintext).unwrap()
}

pub(crate) fn assert_same(read: &KitContents, kept: &KitContents) {
    assert_eq!(read.wallet_id, kept.wallet_id);
    assert_eq!(read.email, kept.email);
    assert_eq!(read.date, kept.date);
    assert_eq!(read.items.len(), kept.items.len());
    for (read, kept) in read.items.iter().zip(&kept.items) {
        assert_eq!(read.id, kept.id);
        assert_eq!(read.title.expose(), kept.title.expose());
        assert_eq!(read.changed, kept.changed);
        let (Body::Note { text: read }, Body::Note { text: kept }) = (&read.body, &kept.body);
        assert_eq!(read.expose(), kept.expose());
    }
}
