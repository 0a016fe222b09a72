//! Any plaintext of a kit's `wallet.age`: what is read has no key twice and is the same once it is
//! written.
#![no_main]

use fuzz::{Heap, has_doubled_key, holds_no_text, version};
use kit::testing::{read_document, write_document};
use kit::{KitContents, OpenError};
use libfuzzer_sys::fuzz_target;

/// Many times what a document takes.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

fuzz_target!(|json: &[u8]| {
    let contents = match read_document(json) {
        Ok(contents) => contents,
        Err(error) => {
            holds_no_text(error);
            assert!(matches!(
                error,
                OpenError::NotAKit | OpenError::Damaged | OpenError::NewerVersion
            ));
            return;
        }
    };
    assert!(!has_doubled_key(json) && version(json).is_none_or(|version| matches!(version, 1..=3)));
    let written = text(&contents);
    let again = read_document(&written).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.wallet_id, contents.wallet_id);
    assert_eq!(again.email, contents.email);
    assert_eq!(again.date, contents.date);
    assert_eq!(again.items.len(), contents.items.len());
    assert_eq!(text(&again), written);
});

fn text(contents: &KitContents) -> Vec<u8> {
    let json = write_document(&contents.snapshot());
    json.unwrap_or_else(|error| panic!("{error}")).to_vec()
}
