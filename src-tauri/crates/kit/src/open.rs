//! Opens a kit with its code.

use age::{DecryptError, x25519};
use code::BackupCode;

use crate::age_file::{AgeFile, to_open_error};
use crate::{IDENTITY_LIMIT, KitContents, OpenError, WALLET_LIMIT, document, identity, passphrase};

/// Returns how many bytes of memory the key derivation for `identity.age`, or for the file of
/// recovery pages, takes. `None` if it is refused in any case, or if the file is another one.
pub fn memory_to_open(file: &[u8]) -> Option<u64> {
    passphrase::memory(&AgeFile::new(file, WALLET_LIMIT).ok()?)
}

/// Opens a kit, given the bytes of `identity.age` and `wallet.age`.
///
/// Sizes are checked before anything is decrypted: [`IDENTITY_LIMIT`], [`WALLET_LIMIT`], and 2,048
/// bytes for each header. Takes a tenth of a second and 32 MiB for a kit made by [`crate::make`],
/// up to 4 GiB for one made with log₂ N = 22, and two to three times the size of `wallet.age`.
///
/// # Errors
/// See [`OpenError`].
pub fn open(
    identity_age: &[u8],
    wallet_age: &[u8],
    code: &BackupCode,
) -> Result<KitContents, OpenError> {
    AgeFile::new(wallet_age, WALLET_LIMIT)?;
    Identity::unlock(identity_age, code)?.open(wallet_age)
}

/// The identity of a kit, which opens its `wallet.age`.
pub struct Identity(pub(crate) x25519::Identity);

impl Identity {
    /// Unlocks an `identity.age`, with one key derivation.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn unlock(identity_age: &[u8], code: &BackupCode) -> Result<Self, OpenError> {
        let file = AgeFile::new(identity_age, IDENTITY_LIMIT)?;
        identity::unlock(&file, code).map(Self)
    }

    /// Opens a `wallet.age`.
    ///
    /// # Errors
    /// [`OpenError::NotTogether`] if it is of another kit; see [`OpenError`].
    pub fn open(&self, wallet_age: &[u8]) -> Result<KitContents, OpenError> {
        let file = AgeFile::new(wallet_age, WALLET_LIMIT)?;
        #[cfg(feature = "testing")]
        if crate::simulation::is_on() {
            return document::read(&crate::simulation::decrypt(wallet_age, &self.0)?);
        }
        let json = file.decrypt(&self.0).map_err(|error| match error {
            DecryptError::NoMatchingKeys => OpenError::NotTogether,
            error => to_open_error(&error),
        })?;
        document::read(&json)
    }
}
