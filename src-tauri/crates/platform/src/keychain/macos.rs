//! The login keychain.

use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::CredentialStore;
use security_framework::os::macos::keychain::SecKeychain;
use usecases::ports::{KeychainError, StoreKind};
use zeroize::Zeroizing;

use super::{error, record};

pub(super) const KIND: StoreKind = StoreKind::MacKeychain;

/// Uninhabited: the keychain is part of the system and does not restart.
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

/// The store has no parts that are unlocked one by one.
#[derive(Default)]
pub(super) struct Declined;

/// Does nothing: a locked keychain prompts for its password before it reports a missing record.
pub(super) fn unlock_next(_: &Declined) -> Result<bool, KeychainError> {
    Ok(false)
}

/// Reads the record with prompts disabled: a locked keychain, and one that would ask for access,
/// fail with `errSecInteractionNotAllowed`.
///
/// The switch applies to the whole process. The lane runs one call at a time, so no other call is
/// affected.
pub(super) fn read_silently(
    entry: &keyring::Entry,
    _: &Declined,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
    let _no_prompts = SecKeychain::disable_user_interaction()
        .map_err(|error| known_code(error).unwrap_or(KeychainError::Failed))?;
    record::read(entry, classify)
}

/// Writes the record with prompts disabled, like [`read_silently`].
pub(super) fn write_silently(
    entry: &keyring::Entry,
    record: &[u8],
    _: &Declined,
) -> Result<(), KeychainError> {
    let _no_prompts = SecKeychain::disable_user_interaction()
        .map_err(|error| known_code(error).unwrap_or(KeychainError::Failed))?;
    write(entry, record)
}

/// A keychain holds one record of a name.
pub(super) fn read_all(entry: &keyring::Entry) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
    Ok(record::read(entry, classify)?.into_iter().collect())
}

/// A keychain holds one record of a name.
pub(super) fn write_all(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    write(entry, record)
}

pub(super) fn write(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    entry.set_secret(record).map_err(classify)
}

pub(super) fn classify(error: keyring::Error) -> KeychainError {
    error::classify(error, cause)
}

fn cause(error: Box<dyn StdError + Send + Sync>) -> Option<KeychainError> {
    known_code(*error.downcast::<security_framework::base::Error>().ok()?)
}

/// Maps the result codes of Security.framework (`SecBase.h`).
fn known_code(error: security_framework::base::Error) -> Option<KeychainError> {
    match error.code() {
        // errSecInteractionNotAllowed, errSecInteractionRequired
        -25308 | -25315 => Some(KeychainError::Locked),
        // errSecUserCanceled, errSecAuthFailed, errSecWrPerm, errSecReadOnly,
        // errSecInvalidOwnerEdit
        -128 | -25293 | -61 | -25292 | -25244 => Some(KeychainError::Denied),
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25295 | -25307 => Some(KeychainError::Unreachable),
        // errSecDataTooLarge
        -25302 => Some(KeychainError::TooLarge),
        _ => None,
    }
}
