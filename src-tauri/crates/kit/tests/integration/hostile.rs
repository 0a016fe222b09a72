//! Altered, truncated and malicious files are rejected with a specific error.

use crate::common::{cheap_kit, code, make, sample, with_passphrase};
use age::secrecy::ExposeSecret;
use age::x25519;
use code::BackupCode;
use kit::{IDENTITY_LIMIT, OpenError, WALLET_LIMIT, open};

fn rejection(identity: &[u8], wallet: &[u8], code: &BackupCode) -> OpenError {
    open(identity, wallet, code).err().unwrap()
}

/// Returns the file with another log₂ N in its header.
fn with_work_factor(identity: &[u8], work: &str) -> Vec<u8> {
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
fn a_file_truncated_at_any_byte_is_rejected() {
    let code = code(1);
    let (identity, wallet) = cheap_kit(&code);
    assert!(open(&identity, &wallet, &code).is_ok());
    for length in 0..identity.len() {
        let error = rejection(&identity[..length], &wallet, &code);
        let expected = if length < 22 {
            OpenError::NotAKit
        } else {
            OpenError::Damaged
        };
        assert_eq!(error, expected, "identity.age of {length} bytes");
    }
    for length in 0..wallet.len() {
        let error = rejection(&identity, &wallet[..length], &code);
        let expected = if length < 22 {
            OpenError::NotAKit
        } else {
            OpenError::Damaged
        };
        assert_eq!(error, expected, "wallet.age of {length} bytes");
    }
}

#[test]
fn a_flipped_bit_in_any_byte_is_detected() {
    let code = code(1);
    let (identity, wallet) = cheap_kit(&code);
    for at in 0..identity.len() {
        let mut altered = identity.clone();
        altered[at] ^= 1 << (at % 8);
        let error = rejection(&altered, &wallet, &code);
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
        let error = rejection(&identity, &altered, &code);
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
fn trailing_bytes_are_detected() {
    let code = code(1);
    let (mut identity, mut wallet) = cheap_kit(&code);
    wallet.push(0);
    assert_eq!(rejection(&identity, &wallet, &code), OpenError::Damaged);
    wallet.pop();
    identity.push(b'\n');
    assert_eq!(rejection(&identity, &wallet, &code), OpenError::Damaged);
}

#[test]
fn a_work_factor_over_22_is_rejected_before_any_work() {
    let code = code(1);
    let (files, _) = make(&code, &sample().snapshot());
    for work in [23, 24, 63, 64, 99, 4_000_000_000] {
        let costly = with_work_factor(&files.identity, &work.to_string());
        let error = rejection(&costly, &files.wallet, &code);
        assert_eq!(error, OpenError::TooCostly { work });
    }
    for nonsense in ["", "0", "00", "-1", "015", "x", "99999999999", "15 15"] {
        let altered = with_work_factor(&files.identity, nonsense);
        let error = rejection(&altered, &files.wallet, &code);
        assert_eq!(error, OpenError::Damaged, "{nonsense:?}");
    }
}

#[test]
fn other_files_are_not_a_kit() {
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
        assert_eq!(rejection(other, &wallet, &code), OpenError::NotAKit);
        assert_eq!(rejection(&identity, other, &code), OpenError::NotAKit);
    }
    // The two files swapped, and files over the limits.
    assert_eq!(rejection(&wallet, &identity, &code), OpenError::NotAKit);
    assert_eq!(rejection(&wallet, &wallet, &code), OpenError::NotAKit);
    assert_eq!(
        rejection(&long_identity, &wallet, &code),
        OpenError::NotAKit
    );
    let mut long_wallet = wallet;
    long_wallet.resize(WALLET_LIMIT + 1, 0);
    assert_eq!(
        rejection(&identity, &long_wallet, &code),
        OpenError::NotAKit
    );
}

#[test]
fn age_files_of_the_right_kind_with_other_contents_are_not_a_kit() {
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
            rejection(&other, &wallet, &code),
            OpenError::NotAKit,
            "{text}"
        );
        let other = age::encrypt(&own.to_public(), text.as_bytes()).unwrap();
        assert_eq!(
            rejection(&locked, &other, &code),
            OpenError::NotAKit,
            "{text}"
        );
    }
    // A wallet file encrypted with a passphrase has no recipient identity.
    let other = with_passphrase(code.expose(), b"{}");
    assert_eq!(rejection(&identity, &other, &code), OpenError::NotTogether);
}

#[test]
fn an_endless_header_is_not_read_to_its_end() {
    let code = code(1);
    let (identity, _) = cheap_kit(&code);
    let stanza = b"-> grease\nAAAAAAAAAAAAAAAA\n";
    let endless = [
        b"age-encryption.org/v1\n".as_slice(),
        &stanza.repeat((16 << 20) / stanza.len()),
        b"--- AAAA\n",
    ]
    .concat();
    assert_eq!(rejection(&identity, &endless, &code), OpenError::Damaged);
}
