//! Files that were altered, cut off or made to harm: each is refused by name.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use age::secrecy::ExposeSecret;
use age::x25519;
use code::BackupCode;
use common::{cheap_kit, code, make, sample, with_passphrase};
use kit::{IDENTITY_LIMIT, OpenError, WALLET_LIMIT, open};

fn refusal(identity: &[u8], wallet: &[u8], code: &BackupCode) -> OpenError {
    open(identity, wallet, code).err().unwrap()
}

/// The file with another log₂ N in its header.
fn asking_for(identity: &[u8], work: &str) -> Vec<u8> {
    let end = identity[22..]
        .iter()
        .position(|&byte| byte == b'\n')
        .unwrap()
        + 22;
    let start = identity[..end]
        .iter()
        .rposition(|&byte| byte == b' ')
        .unwrap()
        + 1;
    [&identity[..start], work.as_bytes(), &identity[end..]].concat()
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    let code = code(1);
    let (identity, wallet) = cheap_kit(&code);
    assert!(open(&identity, &wallet, &code).is_ok());
    for length in 0..identity.len() {
        let error = refusal(&identity[..length], &wallet, &code);
        let expected = if length < 22 {
            OpenError::NotAKit
        } else {
            OpenError::Damaged
        };
        assert_eq!(error, expected, "identity.age of {length} bytes");
    }
    for length in 0..wallet.len() {
        let error = refusal(&identity, &wallet[..length], &code);
        let expected = if length < 22 {
            OpenError::NotAKit
        } else {
            OpenError::Damaged
        };
        assert_eq!(error, expected, "wallet.age of {length} bytes");
    }
}

#[test]
fn a_flipped_bit_in_any_byte_is_noticed() {
    let code = code(1);
    let (identity, wallet) = cheap_kit(&code);
    for at in 0..identity.len() {
        let mut altered = identity.clone();
        altered[at] ^= 1 << (at % 8);
        let error = refusal(&altered, &wallet, &code);
        assert!(
            matches!(
                error,
                OpenError::NotAKit | OpenError::WrongCode | OpenError::Damaged
            ),
            "identity.age at {at}: {error}"
        );
    }
    for at in 0..wallet.len() {
        let mut altered = wallet.clone();
        altered[at] ^= 1 << (at % 8);
        let error = refusal(&identity, &altered, &code);
        assert!(
            matches!(
                error,
                OpenError::NotAKit | OpenError::NotTogether | OpenError::Damaged
            ),
            "wallet.age at {at}: {error}"
        );
    }
}

#[test]
fn bytes_after_the_end_are_noticed() {
    let code = code(1);
    let (mut identity, mut wallet) = cheap_kit(&code);
    wallet.push(0);
    assert_eq!(refusal(&identity, &wallet, &code), OpenError::Damaged);
    wallet.pop();
    identity.push(b'\n');
    assert_eq!(refusal(&identity, &wallet, &code), OpenError::Damaged);
}

#[test]
fn more_work_than_22_is_refused_before_it_is_done() {
    let code = code(1);
    let (files, _) = make(&code, &sample().snapshot());
    for work in [23, 24, 63, 64, 99, 4_000_000_000] {
        let costly = asking_for(&files.identity, &work.to_string());
        let error = refusal(&costly, &files.wallet, &code);
        assert_eq!(error, OpenError::TooCostly { work });
    }
    for nonsense in ["", "0", "00", "-1", "015", "x", "99999999999", "15 15"] {
        let altered = asking_for(&files.identity, nonsense);
        let error = refusal(&altered, &files.wallet, &code);
        assert_eq!(error, OpenError::Damaged, "{nonsense:?}");
    }
}

#[test]
fn other_files_are_no_kit() {
    let code = code(1);
    let (identity, wallet) = cheap_kit(&code);
    let armored = b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n";
    let newer = b"age-encryption.org/v2\n-> scrypt AAAA 1\nAAAA\n--- AAAA\n";
    let long_identity = [&identity[..], &vec![0; IDENTITY_LIMIT]].concat();
    let others: [&[u8]; 7] = [
        b"",
        b"\0",
        b"hello",
        b"PK\x03\x04",
        armored,
        newer,
        &[0; 5000],
    ];
    for other in others {
        assert_eq!(refusal(other, &wallet, &code), OpenError::NotAKit);
        assert_eq!(refusal(&identity, other, &code), OpenError::NotAKit);
    }
    // The two for one another, and what is longer than a kit's can be.
    assert_eq!(refusal(&wallet, &identity, &code), OpenError::NotAKit);
    assert_eq!(refusal(&wallet, &wallet, &code), OpenError::NotAKit);
    assert_eq!(refusal(&long_identity, &wallet, &code), OpenError::NotAKit);
    let mut long_wallet = wallet;
    long_wallet.resize(WALLET_LIMIT + 1, 0);
    assert_eq!(refusal(&identity, &long_wallet, &code), OpenError::NotAKit);
}

#[test]
fn age_files_of_the_right_kind_with_something_else_in_them_are_no_kit() {
    let code = code(1);
    let (identity, wallet) = cheap_kit(&code);
    let own = x25519::Identity::generate();
    let own_line = own.to_string();
    let locked = with_passphrase(code.expose(), own_line.expose_secret().as_bytes());
    for text in [
        "",
        "hello",
        "{}",
        "AGE-SECRET-KEY-1QQQQ",
        "ssh-ed25519 AAAA",
    ] {
        let other = with_passphrase(code.expose(), text.as_bytes());
        assert_eq!(
            refusal(&other, &wallet, &code),
            OpenError::NotAKit,
            "{text}"
        );
        let other = age::encrypt(&own.to_public(), text.as_bytes()).unwrap();
        assert_eq!(
            refusal(&locked, &other, &code),
            OpenError::NotAKit,
            "{text}"
        );
    }
    // A wallet file that a passphrase opens is to no identity.
    let other = with_passphrase(code.expose(), b"{}");
    assert_eq!(refusal(&identity, &other, &code), OpenError::NotTogether);
}

#[test]
fn a_header_without_end_is_not_read_to_its_end() {
    let code = code(1);
    let (identity, _) = cheap_kit(&code);
    let stanza = b"-> grease\nAAAAAAAAAAAAAAAA\n";
    let endless = [
        b"age-encryption.org/v1\n".as_slice(),
        &stanza.repeat((16 << 20) / stanza.len()),
        b"--- AAAA\n",
    ]
    .concat();
    assert_eq!(refusal(&identity, &endless, &code), OpenError::Damaged);
}
