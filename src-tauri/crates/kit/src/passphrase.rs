//! `age` files with the 60 characters of the code as passphrase.

use age::secrecy::SecretString;
use age::{DecryptError, scrypt};
use code::BackupCode;
use zeroize::Zeroizing;

use crate::OpenError;
use crate::age_file::{AgeFile, to_open_error};
use crate::limits::MAX_WORK;

/// log₂ N of scrypt on writing, which takes 32 MiB and a tenth of a second. The 205 bits of the
/// code need no more, and the kit may have to be opened on a small computer years from now.
pub(crate) const WORK: u8 = 15;

/// How much work it takes to derive a key from the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work(u8);

impl Work {
    /// What every kit and all pages are written with.
    pub const STANDARD: Self = Self(WORK);

    /// None, for simulations. Only a build for tests reads it back.
    #[cfg(feature = "testing")]
    pub const SIMULATED: Self = Self(crate::simulated::WORK);
}

/// Encrypts with the code.
pub(crate) fn lock(
    plaintext: &[u8],
    code: &BackupCode,
    work: Work,
) -> Result<Vec<u8>, age::EncryptError> {
    #[cfg(feature = "testing")]
    if work == Work::SIMULATED {
        return match crate::simulation::is_on() {
            true => Ok(crate::simulation::lock(plaintext, code)),
            false => age::encrypt(&crate::simulated::Passphrase(passphrase(code)), plaintext),
        };
    }
    let mut recipient = scrypt::Recipient::new(passphrase(code));
    recipient.set_work_factor(work.0);
    age::encrypt(&recipient, plaintext)
}

/// Decrypts with the code. Rejects a file whose work factor is too high before any work is done.
pub(crate) fn unlock(
    file: &AgeFile<'_>,
    code: &BackupCode,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    // Salt and log₂ N (c2sp.org/age, "The scrypt recipient type").
    let arguments = file.first_stanza("scrypt").ok_or(OpenError::NotAKit)?;
    let work: u32 = match arguments[..] {
        [_, work] => work.parse().map_err(|_| OpenError::Damaged)?,
        _ => return Err(OpenError::Damaged),
    };
    if work == 0 {
        return Err(OpenError::Damaged);
    }
    if work > u32::from(MAX_WORK) {
        return Err(OpenError::TooCostly { work });
    }
    check_memory(work)?;
    #[cfg(feature = "testing")]
    if arguments[0] == crate::simulated::SALT {
        return match crate::simulation::is_on() {
            true => crate::simulation::unlock(file.bytes(), code),
            false => decrypt(file, &crate::simulated::Passphrase(passphrase(code))),
        };
    }
    let mut identity = scrypt::Identity::new(passphrase(code));
    identity.set_max_work_factor(MAX_WORK);
    decrypt(file, &identity)
}

fn decrypt(
    file: &AgeFile<'_>,
    identity: &dyn age::Identity,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    file.decrypt(identity).map_err(|error| match error {
        DecryptError::DecryptionFailed => OpenError::WrongCode,
        error => to_open_error(&error),
    })
}

/// Returns the bytes of memory that opening a file with its passphrase takes; `None` for a file
/// that has none or takes more than is ever spent.
pub(crate) fn memory(file: &AgeFile<'_>) -> Option<u64> {
    let arguments = file.first_stanza("scrypt")?;
    let work: u8 = arguments.get(1)?.parse().ok()?;
    (work <= MAX_WORK).then(|| 1024 << work)
}

/// Checks that the memory for scrypt, 128 · r · N bytes with r = 8 (RFC 7914 §6), is available.
/// `age` aborts the process if the allocation fails.
fn check_memory(work: u32) -> Result<(), OpenError> {
    let bytes = 1024_usize
        .checked_shl(work)
        .filter(|bytes| bytes >> work == 1024)
        .ok_or(OpenError::OutOfMemory)?;
    Vec::<u8>::new()
        .try_reserve_exact(bytes)
        .map_err(|_| OpenError::OutOfMemory)
}

fn passphrase(code: &BackupCode) -> SecretString {
    SecretString::from(code.expose())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_every_work_factor_is_known_or_refused() {
        for work in 0..=u32::from(u8::MAX) + 1 {
            let file = format!("age-encryption.org/v1\n-> scrypt AAAA {work}\nAAAA\n--- AAAA\n");
            let said = AgeFile::new(file.as_bytes(), file.len())
                .ok()
                .and_then(|file| memory(&file));
            let expected = (work <= u32::from(MAX_WORK)).then(|| 1024 << work);
            assert_eq!(said, expected, "{work}");
        }
    }
}
