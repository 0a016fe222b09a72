//! Any bytes in the keychain: a record is within its limits, has no key twice, and is the same once
//! it is written. No verifier asks for more memory than ours.
#![no_main]

use std::sync::LazyLock;

use code::BackupCode;
use fuzz::{Heap, has_doubled_key, holds_no_text, sample, version};
use libfuzzer_sys::fuzz_target;
use usecases::record::{LIMIT, MOST_CODES, MOST_OUTCOMES, Record, RecordError};

/// Far below the 19 MiB that a verifier of ours takes.
#[global_allocator]
static HEAP: Heap = Heap::of(1 << 20);

static CODE: LazyLock<BackupCode> = LazyLock::new(sample::code);
/// How the costs of a verifier of ours are written.
const OURS: &[u8] = b"$m=19456,t=2,p=1$";

fuzz_target!(|bytes: &[u8]| {
    let record = match Record::parse(bytes) {
        Ok(record) => record,
        Err(error) => {
            holds_no_text(error);
            let is_newer = error == RecordError::NewerVersion;
            assert!(is_newer || error == RecordError::Damaged);
            assert!(!is_newer || version(bytes).is_none_or(|version| version > 1));
            return;
        }
    };
    assert!(bytes.len() <= LIMIT && !has_doubled_key(bytes));
    assert!(record.codes.len() <= MOST_CODES && record.outcomes.len() <= MOST_OUTCOMES);
    assert!(record.codes.iter().filter(|it| it.confirmed).count() <= 1);
    for entry in &record.codes {
        let (threshold, sheets) = (entry.threshold, entry.sheets);
        let is_set = (2..=9).contains(&threshold) && (threshold..=31).contains(&sheets);
        assert!(is_set || (threshold, sheets) == (0, 0));
        assert_eq!(entry.set().is_some(), is_set);
    }
    let written = text(&record);
    // What is written has a few bytes that may be left out, so it can exceed the limit.
    if written.len() <= LIMIT {
        let again = Record::parse(&written).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(text(&again), written);
    }
    if !written.windows(OURS.len()).any(|window| window == OURS) {
        for entry in &record.codes {
            let _ = entry.verifier.accepts(&CODE);
        }
    }
});

fn text(record: &Record) -> Vec<u8> {
    serde_json::to_vec(record).unwrap_or_else(|error| panic!("{error}"))
}
