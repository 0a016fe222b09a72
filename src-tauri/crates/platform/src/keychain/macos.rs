//! The login keychain.

use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::CredentialStore;
use usecases::ports::{KeychainError, StoreKind};

use super::error::classify;

pub(super) const KIND: StoreKind = StoreKind::MacKeychain;

/// The keychain is a part of the system: it does not come and go.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Instance {}

pub(super) fn open() -> keyring::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

pub(super) fn instance() -> Option<Instance> {
    None
}

pub(super) fn modifiers(_wallet: &str) -> [(&'static str, String); 0] {
    []
}

/// A locked keychain asks for its password by itself, before it says that there is no record.
pub(super) fn unlock() -> Result<bool, KeychainError> {
    Ok(false)
}

pub(super) fn write(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    entry.set_secret(record).map_err(classify)
}

/// The meaning of Security.framework's result codes (`SecBase.h`).
pub(super) fn cause(error: Box<dyn StdError + Send + Sync>) -> Option<KeychainError> {
    match error
        .downcast::<security_framework::base::Error>()
        .ok()?
        .code()
    {
        // errSecInteractionNotAllowed, errSecInteractionRequired
        -25308 | -25315 => Some(KeychainError::Locked),
        // errSecUserCanceled, errSecAuthFailed, errSecWrPerm, errSecReadOnly, errSecInvalidOwnerEdit
        -128 | -25293 | -61 | -25292 | -25244 => Some(KeychainError::Denied),
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25295 | -25307 => Some(KeychainError::Unreachable),
        // errSecDataTooLarge
        -25302 => Some(KeychainError::TooLarge),
        _ => None,
    }
}
