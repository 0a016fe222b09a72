//! `identity.age`: the kit's X25519 identity, encrypted with the code as passphrase.

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, scrypt, x25519};
use code::BackupCode;
use zeroize::Zeroizing;

use crate::OpenError;
use crate::age_file::{AgeFile, failure};

/// scrypt's log₂ N on writing: 32 MiB and a tenth of a second. The code's 205 bits need no more, and whoever opens
/// the kit in ten years may have a small computer.
pub(crate) const WORK: u8 = 15;

/// The highest log₂ N that is read: 4 GiB. `age` itself writes 18, and refuses more than 22 as well.
pub(crate) const MOST_WORK: u8 = 22;

/// One line, `AGE-SECRET-KEY-1…`, encrypted with the code.
pub(crate) fn lock(
    identity: &x25519::Identity,
    code: &BackupCode,
) -> Result<Vec<u8>, age::EncryptError> {
    let mut recipient = scrypt::Recipient::new(passphrase(code));
    recipient.set_work_factor(WORK);
    let text = identity.to_string();
    let text = text.expose_secret();
    let mut line = Zeroizing::new(String::with_capacity(text.len() + 1));
    line.push_str(text);
    line.push('\n');
    age::encrypt(&recipient, line.as_bytes())
}

/// The identity. Refuses what is too costly before it pays for it.
pub(crate) fn unlock(file: &AgeFile<'_>, code: &BackupCode) -> Result<x25519::Identity, OpenError> {
    // Salt and log₂ N (c2sp.org/age, "The scrypt recipient type").
    let arguments = file.first_stanza("scrypt").ok_or(OpenError::NotAKit)?;
    let work: u32 = match arguments[..] {
        [_, work] => work.parse().map_err(|_| OpenError::Damaged)?,
        _ => return Err(OpenError::Damaged),
    };
    if work == 0 {
        return Err(OpenError::Damaged);
    }
    if work > u32::from(MOST_WORK) {
        return Err(OpenError::TooCostly { work });
    }
    afford(work)?;
    let mut identity = scrypt::Identity::new(passphrase(code));
    identity.set_max_work_factor(MOST_WORK);
    let text = file.decrypt(&identity).map_err(|error| match error {
        DecryptError::DecryptionFailed => OpenError::WrongCode,
        error => failure(&error),
    })?;
    parse(&text).ok_or(OpenError::NotAKit)
}

/// `age` aborts the program where the system refuses the memory for scrypt, 128 · r · N bytes with r = 8 (RFC 7914
/// §6); so the system is asked first.
fn afford(work: u32) -> Result<(), OpenError> {
    let bytes = 1024_usize
        .checked_shl(work)
        .filter(|bytes| bytes >> work == 1024)
        .ok_or(OpenError::OutOfMemory)?;
    Vec::<u8>::new()
        .try_reserve_exact(bytes)
        .map_err(|_| OpenError::OutOfMemory)
}

/// The one identity of an identity file, which may have comments and empty lines.
fn parse(text: &[u8]) -> Option<x25519::Identity> {
    let mut lines = str::from_utf8(text)
        .ok()?
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let identity = lines.next()?.parse().ok()?;
    lines.next().is_none().then_some(identity)
}

fn passphrase(code: &BackupCode) -> SecretString {
    SecretString::from(code.expose())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn an_identity_file_has_one_identity_and_may_have_comments() {
        let text = x25519::Identity::generate().to_string();
        let line = text.expose_secret();
        for fits in [
            line.to_owned(),
            format!("{line}\n"),
            format!("{line}\r\n"),
            format!("# created: today\n# public key: age1\n{line}\n\n"),
        ] {
            let identity = parse(fits.as_bytes()).unwrap();
            assert_eq!(identity.to_string().expose_secret(), line);
        }
        for other in [
            String::new(),
            "# nothing\n".to_owned(),
            format!("{line}\n{line}\n"),
            format!("{line}Q\n"),
            format!(" {line}\n"),
            "AGE-SECRET-KEY-1".to_owned(),
        ] {
            assert!(parse(other.as_bytes()).is_none(), "{other:?}");
        }
        assert!(parse(b"\xff").is_none());
    }
}
