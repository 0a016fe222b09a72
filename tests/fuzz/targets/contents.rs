//! Any plaintext in a wallet file, sealed with the wallet's own key: what opens has no key twice,
//! and is the same after the next save.
#![no_main]

use std::sync::LazyLock;

use fuzz::{Heap, has_doubled_key, holds_no_text, sample};
use libfuzzer_sys::fuzz_target;
use wallet::testing::{ScriptedRng, json_of, seal_json};
use wallet::{CommitId, KdfMemory, OpenError, Opened, Sealed};

/// Many times what the contents take.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

static WALLET: LazyLock<Opened> = LazyLock::new(|| {
    let file = include_bytes!("../corpus/header/opens").to_vec();
    let sealed = Sealed::parse(file).unwrap_or_else(|error| panic!("{error}"));
    let memory = &mut KdfMemory::simulated();
    let opened = sealed.open_with_password(&sample::password(), memory);
    opened.unwrap_or_else(|error| panic!("{error}"))
});

fuzz_target!(|json: &[u8]| {
    let opened = match open(&file(json)) {
        Ok(opened) => opened,
        Err(error) => {
            holds_no_text(error);
            assert!(matches!(
                error,
                OpenError::Damaged | OpenError::NewerVersion
            ));
            return;
        }
    };
    assert!(!has_doubled_key(json));
    let written = text(&opened);
    let again = open(&file(&written)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(text(&again), written);

    // The next save differs in the line alone.
    let mut next = opened.fork();
    let saved = next.seal(&mut ScriptedRng::new(&[]), CommitId::from_bytes([9; 16]));
    let saved = saved.unwrap_or_else(|error| panic!("{error}"));
    let saved = open(&saved).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(text(&saved), text(&next));
    let before = opened.contents.line().number();
    assert_eq!(saved.contents.line().number(), before.saturating_add(1));
    assert_eq!(saved.contents.log, opened.contents.log);
    assert!(saved.contents.kits == opened.contents.kits);
    assert_eq!(saved.contents.items.len(), opened.contents.items.len());
});

fn file(json: &[u8]) -> Vec<u8> {
    let file = seal_json(&mut ScriptedRng::new(&[]), &WALLET, json);
    file.unwrap_or_else(|error| panic!("{error}"))
}

fn open(file: &[u8]) -> Result<Opened, OpenError> {
    let sealed = Sealed::parse(file.to_vec()).unwrap_or_else(|error| panic!("{error}"));
    sealed.open_again(&WALLET)
}

fn text(opened: &Opened) -> Vec<u8> {
    let json = json_of(opened).unwrap_or_else(|error| panic!("{error}"));
    json.to_vec()
}
