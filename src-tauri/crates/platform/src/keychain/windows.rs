//! Credential Manager.

use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::CredentialStore;
use usecases::ports::{KeychainError, StoreKind};

use super::error::classify;

pub(super) const KIND: StoreKind = StoreKind::CredentialManager;

/// Credential Manager is a part of the system: it does not come and go.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Instance {}

pub(super) fn open() -> keyring::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

pub(super) fn instance() -> Option<Instance> {
    None
}

/// The default, *Enterprise*, would roam: a code that is bound to this computer must not.
pub(super) fn modifiers(_wallet: &str) -> [(&'static str, String); 1] {
    [("persistence", "Local".to_owned())]
}

/// Credential Manager is open while its person is signed in.
pub(super) fn unlock() -> Result<bool, KeychainError> {
    Ok(false)
}

pub(super) fn write(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    entry.set_secret(record).map_err(classify)
}

/// The store keeps its error type to itself: what it wraps as "no access" (no logon session) is unreachable,
/// and the rest has failed, which is what the caller makes of them.
pub(super) fn cause(_error: Box<dyn StdError + Send + Sync>) -> Option<KeychainError> {
    None
}
