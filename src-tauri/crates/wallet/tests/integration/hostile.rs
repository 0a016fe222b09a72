//! Altered, truncated and malicious files are rejected with a specific error.

use crate::common::{Sample, password, sample};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use proptest::prelude::*;
use wallet::{FILE_LIMIT, FormatError, OpenError, Sealed};

fn header_text(file: &[u8]) -> String {
    let length = u32::from_be_bytes(file[10..14].try_into().unwrap()) as usize;
    String::from_utf8(file[14..14 + length].to_vec()).unwrap()
}

/// Returns a file with this header and the minimum payload.
fn file_with_header(header: &[u8]) -> Vec<u8> {
    let length = u32::try_from(header.len()).unwrap().to_be_bytes();
    [b"\x89BCW\r\n\x1a\n\x00\x01", &length[..], header, &[0; 40]].concat()
}

fn rejection(header: &str) -> FormatError {
    Sealed::parse(file_with_header(header.as_bytes())).unwrap_err()
}

#[test]
fn a_flipped_bit_in_any_byte_is_detected() {
    let sample = sample();
    for offset in 0..sample.file.len() {
        let mut file = sample.file.clone();
        file[offset] ^= 1 << (offset % 8);
        let Ok(sealed) = Sealed::parse(file) else {
            continue;
        };
        let error = sealed
            .open_with_code(sample.slot, &sample.code, &sample.release)
            .err();
        assert!(
            matches!(
                error,
                Some(OpenError::Damaged | OpenError::WrongCode | OpenError::NoSuchSlot)
            ),
            "at {offset}: {error:?}",
        );
    }
}

#[test]
fn flipped_bits_are_detected_when_opening_with_the_password() {
    let Sample {
        file, mut memory, ..
    } = sample();
    for offset in (0..file.len()).step_by(61) {
        let mut altered = file.clone();
        altered[offset] ^= 1;
        let Ok(sealed) = Sealed::parse(altered) else {
            continue;
        };
        let error = sealed.open_with_password(&password(), &mut memory).err();
        assert!(
            matches!(error, Some(OpenError::Damaged | OpenError::WrongPassword)),
            "at {offset}: {error:?}",
        );
    }
}

#[test]
fn a_file_truncated_at_any_byte_is_rejected() {
    let sample = sample();
    let header_end = 14 + header_text(&sample.file).len();
    for length in 0..sample.file.len() {
        match Sealed::parse(sample.file[..length].to_vec()) {
            Err(error) => assert_eq!(error, FormatError::Truncated, "at {length}"),
            Ok(sealed) => {
                assert!(length >= header_end + 24 + 16, "at {length}");
                let opened = sealed.open_with_code(sample.slot, &sample.code, &sample.release);
                assert_eq!(opened.err(), Some(OpenError::Damaged), "at {length}");
            }
        }
    }
}

#[test]
fn trailing_bytes_are_detected() {
    let sample = sample();
    let sealed = Sealed::parse([&sample.file[..], &[0]].concat()).unwrap();
    let opened = sealed.open_with_code(sample.slot, &sample.code, &sample.release);
    assert_eq!(opened.err(), Some(OpenError::Damaged));
}

#[test]
fn other_files_and_other_versions_are_distinguished() {
    let file = sample().file;
    let with = |offset: usize, bytes: &[u8]| {
        let mut file = file.clone();
        file[offset..offset + bytes.len()].copy_from_slice(bytes);
        Sealed::parse(file).unwrap_err()
    };
    assert_eq!(
        Sealed::parse(Vec::new()).unwrap_err(),
        FormatError::Truncated
    );
    assert_eq!(
        Sealed::parse(b"PK\x03\x04".to_vec()).unwrap_err(),
        FormatError::NotAWallet
    );
    assert_eq!(with(4, b"\n\n"), FormatError::NotAWallet);
    assert_eq!(with(8, &[0, 0]), FormatError::NotAWallet);
    assert_eq!(with(8, &[0, 3]), FormatError::NewerVersion { version: 3 });
    assert_eq!(
        with(8, &[255, 255]),
        FormatError::NewerVersion { version: 65535 }
    );
    let over = 65537u32;
    assert_eq!(
        with(10, &over.to_be_bytes()),
        FormatError::HeaderTooLong { length: over }
    );
    assert_eq!(
        with(10, &[255; 4]),
        FormatError::HeaderTooLong { length: u32::MAX }
    );
    assert_eq!(with(10, &65536u32.to_be_bytes()), FormatError::Truncated);
    assert_eq!(with(10, &[0; 4]), FormatError::HeaderMalformed);
}

#[test]
fn a_file_that_only_a_newer_version_can_have_written_is_named_for_it() {
    let mut file = sample().file;
    file[9] = 3;
    file.resize(usize::try_from(FILE_LIMIT).unwrap(), 0);
    let newer = FormatError::NewerVersion { version: 3 };
    assert_eq!(Sealed::parse(file).unwrap_err(), newer);
}

#[test]
fn a_file_over_the_limit_is_rejected() {
    let mut file = sample().file;
    file.resize(usize::try_from(FILE_LIMIT).unwrap(), 0);
    assert!(Sealed::parse(file.clone()).is_ok());
    file.push(0);
    assert_eq!(Sealed::parse(file).unwrap_err(), FormatError::TooLarge);
}

#[test]
fn key_derivation_parameters_out_of_range_are_rejected() {
    let header = header_text(&sample().file);
    let kdf = r#""kdf":{"memory_kib":65536,"passes":3,"lanes":4}"#;
    assert!(header.contains(kdf));
    let with = |memory: &str, passes: &str, lanes: &str| {
        let other = format!(r#""kdf":{{"memory_kib":{memory},"passes":{passes},"lanes":{lanes}}}"#);
        rejection(&header.replace(kdf, &other))
    };
    for (memory, passes, lanes) in [
        ("65535", "3", "4"),
        ("65536", "2", "4"),
        ("65536", "3", "3"),
        ("4194305", "3", "4"),
        ("4294967295", "3", "4"),
        ("65536", "65", "4"),
        ("65536", "4294967295", "4"),
        ("65536", "3", "65"),
        ("65536", "3", "16777216"),
        ("0", "0", "0"),
    ] {
        assert_eq!(
            with(memory, passes, lanes),
            FormatError::KdfOutOfRange,
            "{memory} {passes} {lanes}"
        );
    }
    for memory in [
        "4294967296",
        "-65536",
        "65536.0",
        "6.5536e4",
        "065536",
        "\"65536\"",
        "null",
        "1e999",
    ] {
        assert_eq!(
            with(memory, "3", "4"),
            FormatError::HeaderMalformed,
            "{memory}"
        );
    }
}

#[test]
fn a_header_with_unknown_duplicate_or_missing_keys_is_rejected() {
    let header = header_text(&sample().file);
    for key in [
        "wallet_id",
        "email",
        "commit_id",
        "keychain",
        "password_slot",
        "code_slots",
    ] {
        let quoted = format!("\"{key}\":");
        assert!(header.contains(&quoted));
        let renamed = header.replace(&quoted, &format!("\"{key}_\":"));
        assert_eq!(
            rejection(&renamed),
            FormatError::HeaderMalformed,
            "{key} missing"
        );
        // The value stays the same, so only the duplication is wrong.
        let value: serde_json::Value = serde_json::from_str(&header).unwrap();
        let duplicated = format!("{{{quoted}{},{}", value[key], &header[1..]);
        assert_eq!(
            rejection(&duplicated),
            FormatError::HeaderMalformed,
            "{key} duplicated"
        );
    }
    for (old, new) in [
        ("{\"wallet_id\"", "{\"more\":1,\"wallet_id\""),
        ("\"kdf\":{", "\"kdf\":{\"more\":1,"),
        ("\"kdf\":{", "\"kdf\":{\"lanes\":4,"),
        ("\"password_slot\":{", "\"password_slot\":{\"more\":null,"),
        ("\"code_slots\":[{", "\"code_slots\":[{\"more\":[],"),
        ("\"passes\":3,", ""),
    ] {
        assert!(header.contains(old));
        assert_eq!(
            rejection(&header.replacen(old, new, 1)),
            FormatError::HeaderMalformed,
            "{new}"
        );
    }
}

#[test]
fn a_header_in_another_spelling_is_rejected() {
    let header = header_text(&sample().file);
    let respelled_headers = [
        header.replacen(':', ": ", 1),
        format!("{header}\n"),
        format!(" {header}"),
        header.replace("example", "ex\\u0061mple"),
        header.replace("@example.com", "@EXAMPLE.com"),
        header.replace("zoë", "zoe\u{308}"),
        header.replace("\"embedded\"", "\"embedd\\u0065d\""),
        {
            let mut value: serde_json::Value = serde_json::from_str(&header).unwrap();
            let id = value.as_object_mut().unwrap().remove("wallet_id").unwrap();
            let rest = value.to_string();
            format!("{},\"wallet_id\":{id}}}", &rest[..rest.len() - 1])
        },
    ];
    for header in respelled_headers {
        assert_eq!(
            rejection(&header),
            FormatError::HeaderNotCanonical,
            "{header}"
        );
    }
}

#[test]
fn a_header_that_is_not_json_of_the_right_types_is_rejected() {
    let header = header_text(&sample().file);
    let deep = "[".repeat(60_000);
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "{",
        "\u{feff}{}",
        "{}{}",
        "0",
        "\"",
        deep.as_str(),
    ] {
        assert_eq!(
            rejection(text),
            FormatError::HeaderMalformed,
            "{:.20}",
            text
        );
    }
    let mut not_utf8 = header.clone().into_bytes();
    not_utf8[20] = 0xff;
    assert_eq!(
        Sealed::parse(file_with_header(&not_utf8)).unwrap_err(),
        FormatError::HeaderMalformed
    );
    for (old, new) in [
        ("\"code_slots\":[{", "\"code_slots\":[[{"),
        ("\"wallet_id\":\"", "\"wallet_id\":\"0"),
        ("\"salt\":\"", "\"salt\":\"AAAA"),
        ("\"nonce\":\"", "\"nonce\":\"="),
        ("\"sealed\":\"", "\"sealed\":\"-_"),
        ("\"identifier\":\"", "\"identifier\":\"B"),
        ("@example.com", "example.com"),
    ] {
        assert!(header.contains(old));
        assert_eq!(
            rejection(&header.replacen(old, new, 1)),
            FormatError::HeaderMalformed,
            "{new}"
        );
    }
    let padded = header.replacen("\",\"nonce\"", "==\",\"nonce\"", 1);
    assert_eq!(rejection(&padded), FormatError::HeaderMalformed);
}

#[test]
fn a_header_over_its_limits_is_rejected() {
    let header = header_text(&sample().file);
    let value: serde_json::Value = serde_json::from_str(&header).unwrap();
    let slot = value["code_slots"][0].to_string();
    let keychain = |name: &str| header.replace("\"embedded\"", &format!("\"{name}\""));
    assert_eq!(rejection(&keychain("Embedded")), FormatError::KeychainName);
    assert_eq!(rejection(&keychain("a b")), FormatError::KeychainName);
    assert_eq!(
        rejection(&keychain(&"a".repeat(65))),
        FormatError::KeychainName
    );

    let duplicated = header.replace(&slot, &format!("{slot},{slot}"));
    assert_eq!(rejection(&duplicated), FormatError::DoubledSlot);
    let many = header.replace(&slot, &vec![slot.as_str(); 17].join(","));
    assert_eq!(rejection(&many), FormatError::TooManyCodeSlots);

    let sealed = value["code_slots"][0]["sealed"].to_string();
    let longer = header.replace(&sealed, &format!("\"{}\"", "AAAA".repeat(342)));
    assert_eq!(rejection(&longer), FormatError::CodeSlotTooLong);
}

#[test]
fn a_code_slot_that_is_another_age_file_does_not_open() {
    let sample = sample();
    let header = header_text(&sample.file);
    let value: serde_json::Value = serde_json::from_str(&header).unwrap();
    let sealed = value["code_slots"][0]["sealed"]
        .as_str()
        .unwrap()
        .to_owned();
    // Empty, foreign, of a later version of age, and truncated.
    for other in [
        &b""[..],
        b"PK\x03\x04",
        b"age-encryption.org/v2\n",
        b"age-encryption.org/v1\n-> X25519 ",
    ] {
        let other = STANDARD_NO_PAD.encode(other);
        let file = file_with_header(header.replace(&sealed, &other).as_bytes());
        let opened =
            Sealed::parse(file)
                .unwrap()
                .open_with_code(sample.slot, &sample.code, &sample.release);
        assert_eq!(opened.err(), Some(OpenError::Damaged), "{other}");
    }
}

proptest! {
    #[test]
    fn parsing_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Sealed::parse(bytes.clone());
        let _ = Sealed::parse(file_with_header(&bytes));
        prop_assert!(Sealed::parse(file_with_header(&bytes)).is_err());
    }
}
