//! `age` files that the code opens: its sixty characters are the passphrase.

use age::secrecy::SecretString;
use age::{DecryptError, scrypt};
use code::BackupCode;
use zeroize::Zeroizing;

use crate::OpenError;
use crate::age_file::{AgeFile, failure};

/// scrypt's log₂ N on writing: 32 MiB and a tenth of a second. The code's 205 bits need no more, and whoever opens
/// the kit in ten years may have a small computer.
pub(crate) const WORK: u8 = 15;

/// The highest log₂ N that is read: 4 GiB. `age` itself writes 18, and refuses more than 22 as well.
pub(crate) const MOST_WORK: u8 = 22;

/// Encrypts with the code.
pub(crate) fn lock(plaintext: &[u8], code: &BackupCode) -> Result<Vec<u8>, age::EncryptError> {
    let mut recipient = scrypt::Recipient::new(passphrase(code));
    recipient.set_work_factor(WORK);
    age::encrypt(&recipient, plaintext)
}

/// What the code opens. Refuses what is too costly before it pays for it.
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
    if work > u32::from(MOST_WORK) {
        return Err(OpenError::TooCostly { work });
    }
    afford(work)?;
    let mut identity = scrypt::Identity::new(passphrase(code));
    identity.set_max_work_factor(MOST_WORK);
    file.decrypt(&identity).map_err(|error| match error {
        DecryptError::DecryptionFailed => OpenError::WrongCode,
        error => failure(&error),
    })
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

fn passphrase(code: &BackupCode) -> SecretString {
    SecretString::from(code.expose())
}
