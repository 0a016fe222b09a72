//! The keychain records: in the desktop's own store, or in a private file where a Linux desktop has
//! none.
//!
//! [`SystemKeychain`] uses the store that `keyring` picks by default on each system. It builds the
//! store for every call: `keyring`'s own default store keeps a failed start for the life of the
//! process, and a store that is kept would hold a session with a daemon that has exited.

mod embedded;
mod error;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
mod record;
#[cfg(windows)]
mod windows;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use keyring_core::CredentialStore;
use usecases::ports::{Keychain, KeychainError, StoreKind};
use wallet::WalletId;
use zeroize::Zeroizing;

#[cfg(target_os = "linux")]
use linux as store;
#[cfg(target_os = "macos")]
use macos as store;
#[cfg(windows)]
use windows as store;

use crate::lane::{Busy, Lane, Overdue};

pub use embedded::EmbeddedKeychain;
pub use record::RECORD_LIMIT;

/// How long an unlock dialog may wait for the person.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How long a call that never prompts waits for the store.
const SILENT_PATIENCE: Duration = Duration::from_secs(10);

/// The service attribute of all records; the user attribute is the wallet's id.
const SERVICE: &str = "Backup Code";

/// Whether the desktop's own store can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It answers. It may be locked; then the first call prompts the person to unlock it.
    Answers,
    /// It does not answer, for this reason.
    DoesNot(KeychainError),
}

/// The desktop's own store: Secret Service on Linux, Keychain on macOS, Credential Manager on
/// Windows.
///
/// Each call runs on its own thread, because an unlock dialog blocks it, and is waited for no
/// longer than the keychain's patience. A call that is late finishes in the background and its
/// result is wiped. Until then further calls return [`KeychainError::TimedOut`] at once, unless the
/// service that the late call waits for has exited: then the call can never finish, and the next
/// one starts afresh. A `replace` that timed out may therefore still take effect, but never after a
/// later one.
pub struct SystemKeychain {
    patience: Duration,
    lane: Lane,
    instance: Arc<Mutex<Option<store::Instance>>>,
    declined: Arc<store::Declined>,
}

impl SystemKeychain {
    /// The store of the user who is signed in to this desktop. `patience` bounds each call; see
    /// [`PATIENCE`].
    pub fn new(patience: Duration) -> Self {
        Self {
            patience,
            lane: Lane::new("keychain"),
            instance: Arc::default(),
            declined: Arc::default(),
        }
    }

    /// Checks whether the store answers at all, without a dialog and without access to a record.
    pub fn probe(&self) -> Availability {
        match self.call(Busy::Wait, self.patience, |_| Ok(())) {
            Ok(()) => Availability::Answers,
            Err(error) => Availability::DoesNot(error),
        }
    }

    fn call<T: Send + 'static>(
        &self,
        busy: Busy,
        patience: Duration,
        work: impl FnOnce(&CredentialStore) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        if self.lane.is_overdue() && self.waits_for_an_exited_service() {
            self.lane.abandon();
        }
        let instance = Arc::clone(&self.instance);
        let on_its_thread = move || {
            let set = |current| *instance.lock().unwrap_or_else(PoisonError::into_inner) = current;
            // The bus ends a call that hangs before the instance is known, once the service exits.
            set(None);
            let store = store::open().map_err(store::classify)?;
            set(store::instance());
            work(&*store)
        };
        match self.lane.run(busy, patience, on_its_thread) {
            Ok(result) => result,
            Err(Overdue::TimedOut) => Err(KeychainError::TimedOut),
            Err(Overdue::Died) => Err(KeychainError::Failed),
        }
    }

    fn waits_for_an_exited_service(&self) -> bool {
        let at_start = self
            .instance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        at_start.is_some() && at_start != store::instance()
    }
}

impl Keychain for SystemKeychain {
    fn kind(&self) -> StoreKind {
        store::KIND
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let declined = Arc::clone(&self.declined);
        self.call(Busy::Wait, self.patience, move |store| {
            let entry = entry(store, wallet)?;
            loop {
                match record::read(&entry, store::classify)? {
                    None if store::unlock_next(&declined)? => {}
                    answer => return Ok(answer),
                }
            }
        })
    }

    /// Answers [`KeychainError::TimedOut`] at once while another call is in progress, since that
    /// may wait for an unlock dialog.
    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let patience = self.patience.min(SILENT_PATIENCE);
        let declined = Arc::clone(&self.declined);
        self.call(Busy::Refuse, patience, move |store| {
            store::read_silently(&entry(store, wallet)?, &declined)
        })
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        record::check_length(record)?;
        let record = Zeroizing::new(record.to_vec());
        self.call(Busy::Wait, self.patience, move |store| {
            let entry = entry(store, wallet)?;
            store::write(&entry, &record)?;
            record::check_kept(record::read(&entry, store::classify)?, &record)
        })
    }

    /// Answers [`KeychainError::TimedOut`] at once while another call is in progress, like
    /// `read_silently`.
    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        record::check_length(record)?;
        let record = Zeroizing::new(record.to_vec());
        let patience = self.patience.min(SILENT_PATIENCE);
        let declined = Arc::clone(&self.declined);
        self.call(Busy::Refuse, patience, move |store| {
            let entry = entry(store, wallet)?;
            store::write_silently(&entry, &record, &declined)?;
            record::check_kept(store::read_silently(&entry, &declined)?, &record)
        })
    }

    fn read_all(&self, wallet: WalletId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
        self.call(Busy::Wait, self.patience, move |store| {
            store::read_all(&entry(store, wallet)?)
        })
    }

    fn replace_all(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        record::check_length(record)?;
        let record = Zeroizing::new(record.to_vec());
        self.call(Busy::Wait, self.patience, move |store| {
            let entry = entry(store, wallet)?;
            store::write_all(&entry, &record)?;
            record::check_kept(record::read(&entry, store::classify)?, &record)
        })
    }
}

fn entry(store: &CredentialStore, wallet: WalletId) -> Result<keyring::Entry, KeychainError> {
    let user = wallet.to_string();
    let modifiers = store::modifiers(&user);
    let modifiers = modifiers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect::<HashMap<_, _>>();
    let inner = store
        .build(SERVICE, &user, Some(&modifiers))
        .map_err(store::classify)?;
    Ok(keyring::Entry { inner })
}
