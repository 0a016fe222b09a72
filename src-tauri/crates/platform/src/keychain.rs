//! The keychain records: in the desktop's own store, or in a private file where a Linux desktop has none.
//!
//! [`SystemKeychain`] goes through `keyring` to the store that it picks by default on each system. It builds
//! the store anew for every call: `keyring`'s own default store keeps a failure to start for the life of
//! the process, and a store that was kept would hold a session with a daemon that is gone.

mod embedded;
mod error;
mod lane;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use subtle::ConstantTimeEq;
use usecases::ports::{Keychain, KeychainError, StoreKind};
use wallet::WalletId;
use zeroize::Zeroizing;

pub use embedded::EmbeddedKeychain;
use lane::{Lane, Overdue};
#[cfg(target_os = "linux")]
use linux as store;
#[cfg(target_os = "macos")]
use macos as store;
#[cfg(windows)]
use windows as store;

/// The largest record, in bytes, that every store takes. Credential Manager's own limit is 2,560.
pub const RECORD_LIMIT: usize = 2_000;

/// How long a person may take over an unlock dialog.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The service under which the records stand in the store; the user is the wallet's id.
const SERVICE: &str = "Backup Code";

/// Whether the desktop's own store can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It answers. It may be locked: then the first call asks the person to unlock it.
    Answers,
    /// It does not, and why.
    DoesNot(KeychainError),
}

/// The desktop's own store: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
///
/// A call runs on a thread of its own, because an unlock dialog blocks it, and is waited for no longer than
/// the keychain's patience. One that is not back by then is left to finish, and what it still brings is wiped.
/// Until it has finished, further calls answer [`KeychainError::TimedOut`] at once, unless the service
/// that it waits for is gone: then it never finishes, and the next call starts afresh. A `replace` that
/// timed out may therefore still take place, but never after a later one.
pub struct SystemKeychain {
    patience: Duration,
    lane: Lane,
    instance: Arc<Mutex<Option<store::Instance>>>,
}

impl SystemKeychain {
    /// The store of the person who is signed in to this desktop. `patience` bounds each call: see [`PATIENCE`].
    pub fn new(patience: Duration) -> Self {
        Self {
            patience,
            lane: Lane::default(),
            instance: Arc::default(),
        }
    }

    /// Asks whether the store answers at all, without a dialog and without touching a record.
    pub fn probe(&self) -> Availability {
        match self.call(|_| Ok(())) {
            Ok(()) => Availability::Answers,
            Err(error) => Availability::DoesNot(error),
        }
    }

    fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&keyring_core::CredentialStore) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        if self.lane.is_overdue() && self.waits_for_a_service_that_is_gone() {
            self.lane.abandon();
        }
        let instance = Arc::clone(&self.instance);
        let on_its_thread = move || {
            let noted = |now| *instance.lock().unwrap_or_else(PoisonError::into_inner) = now;
            // A call that hangs before it knows its service is freed by the bus when that service ends.
            noted(None);
            let store = store::open().map_err(error::classify)?;
            noted(store::instance());
            work(&*store)
        };
        match self.lane.run(self.patience, on_its_thread) {
            Ok(result) => result,
            Err(Overdue::TimedOut) => Err(KeychainError::TimedOut),
            Err(Overdue::Died) => Err(KeychainError::Failed),
        }
    }

    fn waits_for_a_service_that_is_gone(&self) -> bool {
        let began_with = self
            .instance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        began_with.is_some() && began_with != store::instance()
    }
}

impl Keychain for SystemKeychain {
    fn kind(&self) -> StoreKind {
        store::KIND
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.call(move |store| {
            let entry = entry(store, wallet)?;
            match read(&entry)? {
                None if store::unlock()? => read(&entry),
                answer => Ok(answer),
            }
        })
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        if record.len() > RECORD_LIMIT {
            return Err(KeychainError::TooLarge);
        }
        let record = Zeroizing::new(record.to_vec());
        self.call(move |store| {
            let entry = entry(store, wallet)?;
            store::write(&entry, &record)?;
            match read(&entry)? {
                Some(kept) if bool::from(kept.ct_eq(&record)) => Ok(()),
                _ => Err(KeychainError::NotKept),
            }
        })
    }
}

fn entry(
    store: &keyring_core::CredentialStore,
    wallet: WalletId,
) -> Result<keyring::Entry, KeychainError> {
    let user = wallet.to_string();
    let modifiers = store::modifiers(&user);
    let modifiers = modifiers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect::<HashMap<_, _>>();
    let inner = store
        .build(SERVICE, &user, Some(&modifiers))
        .map_err(error::classify)?;
    Ok(keyring::Entry { inner })
}

fn read(entry: &keyring::Entry) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
    match entry.get_secret() {
        Ok(record) => Ok(Some(Zeroizing::new(record))),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error::classify(error)),
    }
}
