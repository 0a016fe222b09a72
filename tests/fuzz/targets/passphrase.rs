//! Any bytes as an `age` file for a passphrase: a key derivation takes no more memory than was
//! said, and nothing but the files as they were written opens.
#![no_main]

use std::sync::LazyLock;

use code::BackupCode;
use fuzz::{Heap, holds_no_text, sample};
use kit::{Identity, OpenError, memory_to_open, pages};
use libfuzzer_sys::fuzz_target;

/// What unzipping may take at most, above what the target lets a key derivation take. `age` tries
/// one of 1 MiB before each, to know this computer.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

/// Memory in bytes of a key derivation that the target waits for.
const CHEAP: u64 = 1 << 16;

const IDENTITY: &[u8] = include_bytes!("../corpus/passphrase/identity");
const PAGES: &[u8] = include_bytes!("../corpus/passphrase/pages");

static CODE: LazyLock<BackupCode> = LazyLock::new(sample::code);

fuzz_target!(|bytes: &[u8]| {
    if memory_to_open(bytes).is_some_and(|memory| memory <= CHEAP) {
        judge(bytes, IDENTITY, Identity::unlock(bytes, &CODE).err());
        judge(bytes, PAGES, pages::open(bytes, &CODE).err());
    }
});

/// Judges a file of which `own` is the only one that opens.
fn judge(bytes: &[u8], own: &[u8], error: Option<OpenError>) {
    let Some(error) = error else {
        assert_eq!(bytes, own);
        return;
    };
    holds_no_text(error);
    match error {
        OpenError::NotAKit | OpenError::Damaged | OpenError::WrongCode => {}
        error => panic!("{error}"),
    }
}
