//! The keychain record.

use code::SetSize;
use serde_json::{Value, json};
use usecases::life::Life;
use usecases::ports::KeychainError;
use usecases::record::{LIMIT, Record, RecordError};

use crate::desk::{Desk, code};

/// A record in use, as JSON, and the code that it is of.
fn sample() -> (Desk, wallet::WalletId, Value, String) {
    let (mut desk, mut session) = Desk::with_wallet();
    let text = desk.issue(&mut session, Life::Year).unwrap();
    desk.check(&mut session, &code(&text)).unwrap();
    let wallet = session.wallet();
    let record = serde_json::from_slice(&desk.keychain.stored(wallet).unwrap()).unwrap();
    (desk, wallet, record, text)
}

fn parse(record: &Value) -> Result<Record, RecordError> {
    Record::parse(&serde_json::to_vec(record).unwrap())
}

/// The largest record that there can be: three codes, each of a set, eight outcomes, an intent,
/// waits.
fn full(mut record: Value) -> Value {
    let mut entry = record["codes"][0].clone();
    record["codes"] = json!([]);
    for identifier in ["AAAA", "CCCC", "DDDD"] {
        entry["identifier"] = json!(identifier);
        entry["confirmed"] = json!(false);
        (entry["threshold"], entry["sheets"]) = (json!(9), json!(31));
        record["codes"].as_array_mut().unwrap().push(entry.clone());
    }
    record["intent"] =
        json!({"commit": "f".repeat(32), "identifier": "AAAA", "at": 9_999_999_999_i64});
    for waits in ["password_failures", "code_failures"] {
        let run = json!({"boot": u32::MAX, "seconds": 9_999_999_999_i64});
        record[waits] = json!({"count": u32::MAX, "at": 9_999_999_999_i64, "run": run});
    }
    record["failed_tries"] = json!(u32::MAX);
    record["digits_step"] = json!(9_999_999_999_u64 / 30);
    let outcome = json!({"identifier": "AAAA", "state": "expired", "at": 9_999_999_999_i64});
    record["outcomes"] = json!(vec![outcome; 8]);
    record
}

#[test]
fn the_largest_record_is_under_2000_bytes_and_reads_back() {
    let (desk, wallet, record, _) = sample();
    let full = parse(&full(record)).unwrap();
    full.write(&desk.keychain, wallet).unwrap();
    let stored = desk.keychain.stored(wallet).unwrap();
    assert!(stored.len() < LIMIT, "{} bytes", stored.len());
    assert!(stored.is_ascii());
    assert_eq!(Record::parse(&stored).unwrap().codes.len(), 3);
}

/// A record of version 1, its text byte by byte, and the code that it is of. Every later version
/// has to read it.
const FROZEN: &str = include_str!("../../../../../tests/vectors/keychain-record-v1.json");

#[test]
fn the_frozen_record_accepts_its_code_and_is_written_as_it_was() {
    let frozen: Value = serde_json::from_str(FROZEN).unwrap();
    let text = frozen["record"].as_str().unwrap();
    let record = Record::parse(text.as_bytes()).unwrap();
    let frozen_code = code(frozen["code"].as_str().unwrap());
    let entry = record.entry(frozen_code.identifier()).unwrap();
    assert!(entry.verifier.accepts(&frozen_code));
    let (desk, wallet, ..) = sample();
    record.write(&desk.keychain, wallet).unwrap();
    assert_eq!(*desk.keychain.stored(wallet).unwrap(), *text.as_bytes());
}

#[test]
fn nothing_of_the_code_but_its_name_is_in_the_record() {
    let (_, _, record, text) = sample();
    let record = record.to_string().to_uppercase();
    for group in text.as_bytes().windows(6) {
        let group = std::str::from_utf8(group).unwrap();
        assert!(!record.contains(group), "{group}");
    }
}

#[test]
fn a_record_of_a_newer_version_is_told_from_a_damaged_one() {
    let newer = br#"{"version":2,"anything":[1]}"#;
    assert_eq!(Record::parse(newer).err(), Some(RecordError::NewerVersion));
}

fn set(record: &mut Value, needed: u8, sheets: u8) {
    let entry = &mut record["codes"][0];
    (entry["threshold"], entry["sheets"]) = (json!(needed), json!(sheets));
}

#[test]
fn the_size_of_a_set_reads_back_and_a_single_code_has_none() {
    let (_, _, mut record, _) = sample();
    assert!(parse(&record).unwrap().codes[0].set().is_none());
    // A record from before there were sets.
    assert!(record["codes"][0].get("sheets").is_none());
    set(&mut record, 2, 3);
    let entry = &parse(&record).unwrap().codes[0];
    assert_eq!(entry.set(), SetSize::new(2, 3));
}

#[test]
fn a_damaged_record_is_refused_whatever_is_wrong_with_it() {
    let (_, _, record, _) = sample();
    assert!(parse(&record).is_ok());
    let damaged = |change: &dyn Fn(&mut Value)| {
        let mut record = record.clone();
        change(&mut record);
        parse(&record).err()
    };
    let changes: [&dyn Fn(&mut Value); 13] = [
        &|record| record["version"] = json!(0),
        &|record| record["unknown"] = json!(1),
        &|record| record["codes"][0]["unknown"] = json!(1),
        &|record| record["codes"][0]["identifier"] = json!("abcd"),
        &|record| record["codes"][0]["release"] = json!("AAAA"),
        &|record| record["codes"][0]["verifier"] = json!("not a PHC string"),
        &|record| record["codes"][0]["threshold"] = json!(2),
        &|record| record["codes"][0]["sheets"] = json!(2),
        &|record| set(record, 3, 2),
        &|record| set(record, 2, 32),
        &|record| record["codes"] = json!(vec![record["codes"][0].clone(); 4]),
        &|record| record["outcomes"] = json!([{"identifier": "AAAA", "state": "lost", "at": 1}]),
        &|record| {
            record["outcomes"] = json!(vec![
                json!({"identifier": "AAAA", "state": "used", "at": 1});
                9
            ])
        },
    ];
    for (number, change) in changes.iter().enumerate() {
        assert_eq!(damaged(change), Some(RecordError::Damaged), "{number}");
    }
    for bytes in [
        &b""[..],
        b"{}",
        b"\xff",
        b"{\"version\":1,\"version\":1,\"codes\":[]}",
        &[b' '; 2_001],
    ] {
        assert_eq!(Record::parse(bytes).err(), Some(RecordError::Damaged));
    }
}

#[test]
fn a_verifier_that_asks_for_more_than_ours_accepts_nothing() {
    let (mut desk, wallet, mut record, text) = sample();
    let verifier = record["codes"][0]["verifier"].as_str().unwrap();
    let costly = verifier.replace("$m=8,", "$m=4194304,");
    assert_ne!(costly, verifier);
    record["codes"][0]["verifier"] = json!(costly);
    parse(&record)
        .unwrap()
        .write(&desk.keychain, wallet)
        .unwrap();
    assert!(desk.accept(Some(wallet), &code(&text)).is_err());
}

#[test]
fn a_record_that_the_keychain_cannot_hold_is_not_written() {
    let (desk, wallet, record, _) = sample();
    let mut record = parse(&full(record)).unwrap();
    for _ in 0..20 {
        let outcome = record.outcomes[0];
        record.outcomes.push(outcome);
    }
    let before = desk.keychain.stored(wallet);
    assert_eq!(
        record.write(&desk.keychain, wallet),
        Err(KeychainError::TooLarge)
    );
    assert_eq!(desk.keychain.stored(wallet), before);
}
