//! `identity.age`: the X25519 identity of the kit, encrypted with the code as passphrase.

use age::secrecy::ExposeSecret;
use age::x25519;
use code::BackupCode;
use zeroize::Zeroizing;

use crate::age_file::AgeFile;
use crate::passphrase::Work;
use crate::{OpenError, passphrase};

/// Returns a fresh identity.
pub(crate) fn generate() -> x25519::Identity {
    #[cfg(feature = "testing")]
    if crate::simulation::is_on() {
        return crate::simulation::identity();
    }
    x25519::Identity::generate()
}

/// Encrypts one line, `AGE-SECRET-KEY-1…`, with the code.
pub(crate) fn lock(
    identity: &x25519::Identity,
    code: &BackupCode,
    work: Work,
) -> Result<Vec<u8>, age::EncryptError> {
    let text = identity.to_string();
    let text = text.expose_secret();
    let mut line = Zeroizing::new(String::with_capacity(text.len() + 1));
    line.push_str(text);
    line.push('\n');
    passphrase::lock(line.as_bytes(), code, work)
}

/// Decrypts the identity. Rejects a file whose work factor is too high before any work is done.
pub(crate) fn unlock(file: &AgeFile<'_>, code: &BackupCode) -> Result<x25519::Identity, OpenError> {
    let text = passphrase::unlock(file, code)?;
    parse(&text).ok_or(OpenError::NotAKit)
}

/// Parses an identity file with exactly one identity. Comments and empty lines are allowed.
pub(crate) fn parse(text: &[u8]) -> Option<x25519::Identity> {
    let mut lines = str::from_utf8(text)
        .ok()?
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let identity = lines.next()?.parse().ok()?;
    lines.next().is_none().then_some(identity)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]
    use super::*;

    #[test]
    fn an_identity_file_contains_one_identity_and_may_contain_comments() {
        let text = x25519::Identity::generate().to_string();
        let line = text.expose_secret();
        for valid in [
            line.to_owned(),
            format!("{line}\n"),
            format!("{line}\r\n"),
            format!("# created: today\n# public key: age1\n{line}\n\n"),
        ] {
            let identity = parse(valid.as_bytes()).unwrap();
            assert_eq!(identity.to_string().expose_secret(), line);
        }
        for invalid in [
            String::new(),
            "# nothing\n".to_owned(),
            format!("{line}\n{line}\n"),
            format!("{line}Q\n"),
            format!(" {line}\n"),
            "AGE-SECRET-KEY-1".to_owned(),
        ] {
            assert!(parse(invalid.as_bytes()).is_none(), "{invalid:?}");
        }
        assert!(parse(b"\xff").is_none());
    }
}
