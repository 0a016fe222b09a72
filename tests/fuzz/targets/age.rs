//! Any bytes as an `age` file of a kit or of pages: what a key derivation takes is known before it
//! is taken, and nothing but the file as it was written opens.
#![no_main]

use std::sync::LazyLock;

use code::BackupCode;
use fuzz::{Heap, holds_no_text, sample};
use kit::testing::read_identity;
use kit::{Identity, KitFileKind, OpenError, Recipient, commit_of, kind_of, memory_to_open, pages};
use libfuzzer_sys::fuzz_target;

/// Far below what a key derivation takes that the app asks about.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

const WALLET: &[u8] = include_bytes!("../corpus/age/wallet");

static KEYS: LazyLock<(BackupCode, Identity)> = LazyLock::new(|| {
    let code = sample::code();
    let identity = Identity::unlock(include_bytes!("../corpus/passphrase/identity"), &code);
    (code, identity.unwrap_or_else(|error| panic!("{error}")))
});

fuzz_target!(|bytes: &[u8]| {
    let (code, identity) = &*KEYS;
    let memory = memory_to_open(bytes);
    assert!(memory.is_none() || kind_of(bytes) == Some(KitFileKind::Identity));
    // Up to log N = 22.
    assert!(memory.is_none_or(|memory| (1024..=4 << 30).contains(&memory)));
    if let Some(commit) = commit_of(bytes) {
        let id = commit.id.to_string();
        let mut windows = bytes.windows(id.len());
        assert!(windows.any(|window| window == id.as_bytes()));
    }
    if memory.is_none() {
        refused(Identity::unlock(bytes, code).err());
        refused(pages::open(bytes, code).err());
    }
    match identity.open(bytes) {
        Ok(_) => assert_eq!(bytes, WALLET),
        Err(OpenError::NotTogether | OpenError::Damaged | OpenError::NotAKit) => {}
        Err(error) => panic!("{error}"),
    }
    let _ = read_identity(bytes);
    if let Ok(text) = str::from_utf8(bytes)
        && let Ok(recipient) = text.parse::<Recipient>()
    {
        assert_eq!(recipient.to_string(), text.to_lowercase());
    }
});

/// A refusal without a key derivation.
fn refused(error: Option<OpenError>) {
    let Some(error) = error else {
        panic!("a file opened without a key derivation");
    };
    holds_no_text(error);
    match error {
        OpenError::NotAKit | OpenError::Damaged => {}
        OpenError::TooCostly { work } => assert!(work > 22),
        error => panic!("{error}"),
    }
}
