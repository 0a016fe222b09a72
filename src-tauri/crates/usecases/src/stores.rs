//! The keychain stores of this computer as one keychain. The record of a wallet with a code is in
//! the store that the wallet's header names, whatever was chosen for new codes since.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use wallet::WalletId;
use wallet::store;
use zeroize::Zeroizing;

use crate::ports::{Disk, Keychain, KeychainError, StoreKind};
use crate::record::Record;

/// The desktop's own store, and the private file beside it where the app offers one.
pub struct Stores {
    system: Arc<dyn Keychain>,
    embedded: Option<Arc<dyn Keychain>>,
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    /// Whether the person chose the private file for new wallets.
    embedded_is_chosen: AtomicBool,
    /// What authenticated headers named.
    named: Mutex<HashMap<WalletId, Option<String>>>,
}

impl Stores {
    /// The stores of a computer whose wallets are in `folder`. `embedded` is `None` on a system
    /// where the app does not offer it.
    pub fn new(
        system: Arc<dyn Keychain>,
        embedded: Option<Arc<dyn Keychain>>,
        disk: Arc<dyn Disk>,
        folder: PathBuf,
    ) -> Self {
        Self {
            system,
            embedded,
            disk,
            folder,
            embedded_is_chosen: AtomicBool::new(false),
            named: Mutex::default(),
        }
    }

    /// Keeps the records of new wallets in the private file from now on, which the person agreed
    /// to.
    pub fn choose_embedded(&self) {
        self.embedded_is_chosen.store(true, Ordering::SeqCst);
    }

    /// The store for new wallets, and the other one.
    fn chosen(&self) -> (&dyn Keychain, Option<&dyn Keychain>) {
        match &self.embedded {
            Some(embedded) if self.embedded_is_chosen.load(Ordering::SeqCst) => {
                (&**embedded, Some(&*self.system))
            }
            embedded => (&*self.system, embedded.as_deref()),
        }
    }

    /// The store of this wallet's record, and the other one. A header that names no store of this
    /// computer gets the one for new wallets: its record is on another computer.
    fn of(&self, wallet: WalletId) -> (&dyn Keychain, Option<&dyn Keychain>) {
        let named = self.named(wallet);
        let named = named.as_deref();
        let system: &dyn Keychain = &*self.system;
        match (named, self.embedded.as_deref()) {
            (Some(named), Some(embedded)) if named == embedded.kind().name() => {
                (embedded, Some(system))
            }
            (Some(named), embedded) if named == system.kind().name() => (system, embedded),
            _ => self.chosen(),
        }
    }

    /// The store that the wallet names: by the header that was opened in this run, and before by
    /// the header in the file.
    fn named(&self, wallet: WalletId) -> Option<String> {
        let opened = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(named) = opened.get(&wallet) {
            return named.clone();
        }
        drop(opened);
        let sealed = store::load(&*self.disk, &store::path(&self.folder, wallet)).ok()?;
        let header = sealed.header();
        // Without a code nothing depends on the store that was chosen when the wallet was made.
        let binds = header.wallet_id == wallet && !header.code_slots.is_empty();
        binds.then(|| header.keychain.clone())
    }

    /// The record of the wallet's store. A code of it that has ended by the record of the other
    /// store is dead: one that was left in a store is not revived by a header that names it again.
    fn with_ends(
        &self,
        wallet: WalletId,
        record: Option<Zeroizing<Vec<u8>>>,
        other: Option<&dyn Keychain>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let (Some(bytes), Some(other)) = (&record, other) else {
            return Ok(record);
        };
        let Ok(mut own) = Record::parse(bytes) else {
            return Ok(record);
        };
        if own.codes.is_empty() {
            return Ok(record);
        }
        // The wallet does not depend on the other store, so nobody is prompted for it, and one that
        // is away says nothing.
        let there = other.read_silently(wallet).ok().flatten();
        match there.and_then(|there| Record::parse(&there).ok()) {
            Some(there) if own.take_ends_of(&there) => own.to_bytes().map(Some),
            _ => Ok(record),
        }
    }
}

impl Keychain for Stores {
    fn kind(&self) -> StoreKind {
        self.chosen().0.kind()
    }

    fn kind_of(&self, wallet: WalletId) -> StoreKind {
        self.of(wallet).0.kind()
    }

    fn opened(&self, wallet: WalletId, store: Option<&str>) {
        let mut opened = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        opened.insert(wallet, store.map(str::to_owned));
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let (own, other) = self.of(wallet);
        self.with_ends(wallet, own.read(wallet)?, other)
    }

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let (own, other) = self.of(wallet);
        self.with_ends(wallet, own.read_silently(wallet)?, other)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.of(wallet).0.replace(wallet, record)
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.of(wallet).0.replace_silently(wallet, record)
    }

    fn read_all(&self, wallet: WalletId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
        self.of(wallet).0.read_all(wallet)
    }

    fn replace_all(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.of(wallet).0.replace_all(wallet, record)
    }
}
