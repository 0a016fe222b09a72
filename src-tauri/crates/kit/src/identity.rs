//! `identity.age`: the kit's X25519 identity, encrypted with the code as passphrase.

use age::secrecy::ExposeSecret;
use age::x25519;
use code::BackupCode;
use zeroize::Zeroizing;

use crate::age_file::AgeFile;
use crate::{OpenError, passphrase};

/// One line, `AGE-SECRET-KEY-1…`, encrypted with the code.
pub(crate) fn lock(
    identity: &x25519::Identity,
    code: &BackupCode,
) -> Result<Vec<u8>, age::EncryptError> {
    let text = identity.to_string();
    let text = text.expose_secret();
    let mut line = Zeroizing::new(String::with_capacity(text.len() + 1));
    line.push_str(text);
    line.push('\n');
    passphrase::lock(line.as_bytes(), code)
}

/// The identity. Refuses what is too costly before it pays for it.
pub(crate) fn unlock(file: &AgeFile<'_>, code: &BackupCode) -> Result<x25519::Identity, OpenError> {
    let text = passphrase::unlock(file, code)?;
    parse(&text).ok_or(OpenError::NotAKit)
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
