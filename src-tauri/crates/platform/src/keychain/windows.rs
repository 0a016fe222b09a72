//! Credential Manager.

use std::sync::Arc;

use keyring_core::CredentialStore;
use usecases::ports::{KeychainError, StoreKind};
use zeroize::Zeroizing;

use super::{error, record};

pub(super) const KIND: StoreKind = StoreKind::CredentialManager;

/// Uninhabited: Credential Manager is part of the system and does not restart.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Instance {}

pub(super) fn open() -> keyring::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

pub(super) fn instance() -> Option<Instance> {
    None
}

/// Sets the persistence. The default, *Enterprise*, roams, and a code that is bound to this
/// computer must not.
pub(super) fn modifiers(_wallet: &str) -> [(&'static str, String); 1] {
    [("persistence", "Local".to_owned())]
}

/// The store has no parts that are unlocked one by one.
#[derive(Default)]
pub(super) struct Declined;

/// Does nothing: Credential Manager is unlocked while its user is signed in.
pub(super) fn unlock_next(_: &Declined) -> Result<bool, KeychainError> {
    Ok(false)
}

/// Credential Manager never prompts.
pub(super) fn read_silently(
    entry: &keyring::Entry,
    _: &Declined,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
    record::read(entry, classify)
}

/// Credential Manager never prompts.
pub(super) fn write_silently(
    entry: &keyring::Entry,
    record: &[u8],
    _: &Declined,
) -> Result<(), KeychainError> {
    write(entry, record)
}

/// Credential Manager holds one record of a name.
pub(super) fn read_all(entry: &keyring::Entry) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
    Ok(record::read(entry, classify)?.into_iter().collect())
}

/// Credential Manager holds one record of a name.
pub(super) fn write_all(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    write(entry, record)
}

pub(super) fn write(entry: &keyring::Entry, record: &[u8]) -> Result<(), KeychainError> {
    entry.set_secret(record).map_err(classify)
}

/// The store does not export its error type, so no cause is recognised: an error that it reports as
/// "no access" (no logon session) is unreachable, and all others are failures.
pub(super) fn classify(error: keyring::Error) -> KeychainError {
    error::classify(error, |_| None)
}
