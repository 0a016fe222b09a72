//! Any bytes as a wallet file: the header is accepted in its one form only, within its limits, and
//! nothing but the file as it was written opens.
#![no_main]

use std::collections::HashSet;
use std::sync::LazyLock;

use code::BackupCode;
use fuzz::{Heap, holds_no_text, sample};
use libfuzzer_sys::fuzz_target;
use wallet::{
    FormatError, KdfMemory, MAX_CODE_SLOTS, OpenError, Password, ReleaseKey, Sealed, VERSION,
};

/// Many times what a header of 64 KiB takes.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

/// The one file that opens, and what opens it.
const OPENS: &[u8] = include_bytes!("../corpus/header/opens");
static KEYS: LazyLock<(Password, BackupCode, ReleaseKey)> =
    LazyLock::new(|| (sample::password(), sample::code(), sample::release_key()));

/// Offset of the header, and its maximum length, in bytes.
const PREFIX: usize = 14;
const LIMIT: usize = 64 << 10;

fuzz_target!(|bytes: &[u8]| {
    let sealed = match Sealed::parse(bytes.to_vec()) {
        Ok(sealed) => sealed,
        Err(error) => {
            holds_no_text(error);
            if let FormatError::NewerVersion { version } = error {
                assert!(version > VERSION && bytes[8..10] == version.to_be_bytes());
            }
            return;
        }
    };
    assert_eq!(sealed.bytes(), bytes);
    let header = sealed.header();
    let Ok(written) = serde_json::to_vec(header) else {
        panic!("a header that was read can be written");
    };
    assert!(written.len() <= LIMIT && bytes[PREFIX..].starts_with(&written));
    assert_eq!(bytes[10..PREFIX], (written.len() as u32).to_be_bytes());
    assert!(header.password_slot.kdf.check().is_ok());
    assert!(header.code_slots.len() <= MAX_CODE_SLOTS && header.keychain.len() <= 64);
    let slots = header.code_slots.iter().map(|slot| slot.id);
    let ids: HashSet<_> = slots.chain([header.password_slot.id]).collect();
    assert_eq!(ids.len(), header.code_slots.len() + 1);

    let (password, code, release) = &*KEYS;
    let with_password = sealed.open_with_password(password, &mut KdfMemory::simulated());
    let with_code = header
        .code_slots
        .iter()
        .map(|slot| sealed.open_with_code(slot.id, code, release));
    for opened in with_code.chain([with_password]) {
        match opened {
            Ok(_) => assert_eq!(bytes, OPENS),
            Err(OpenError::WrongPassword | OpenError::WrongCode | OpenError::Damaged) => {}
            Err(error) => panic!("{error}"),
        }
    }
});
