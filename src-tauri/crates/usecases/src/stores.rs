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

/// The stores of one wallet.
struct StoresOf<'a> {
    own: &'a dyn Keychain,
    other: Option<&'a dyn Keychain>,
    /// Whether the wallet names its store.
    named: bool,
}

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

    /// The store of this wallet's record, and the other one. A wallet that names no store of this
    /// computer gets the one where a change of it waits to be settled, and else the one for new
    /// wallets: its record is on another computer.
    fn of(&self, wallet: WalletId) -> StoresOf<'_> {
        let named = self.named(wallet);
        let named = named.as_deref();
        let system: &dyn Keychain = &*self.system;
        let (own, other) = match (named, self.embedded.as_deref()) {
            (Some(named), Some(embedded)) if named == embedded.kind().name() => {
                (embedded, Some(system))
            }
            (Some(named), embedded) if named == system.kind().name() => (system, embedded),
            _ => return self.unnamed(wallet),
        };
        let named = true;
        StoresOf { own, other, named }
    }

    fn unnamed(&self, wallet: WalletId) -> StoresOf<'_> {
        let (own, other) = self.chosen();
        let named = false;
        match other {
            Some(other) if is_unsettled(other, wallet) => StoresOf {
                own: other,
                other: Some(own),
                named,
            },
            other => StoresOf { own, other, named },
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

    /// The record as the wallet's store gave it, with what the other store knows.
    ///
    /// A code that has ended there is dead: one that was left in a store is not revived by a header
    /// that names it again. Where the wallet names no store and has no record, what the other one
    /// remembers of it applies here.
    fn with_other(
        wallet: WalletId,
        place: &StoresOf<'_>,
        record: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let (Some(other), false) = (place.other, place.named && record.is_none()) else {
            return Ok(record);
        };
        let Some(bytes) = record else {
            let past = parsed(other, wallet).map(Record::past);
            return past.map(|past| past.to_bytes()).transpose();
        };
        let Ok(mut own) = Record::parse(&bytes) else {
            return Ok(Some(bytes));
        };
        let ends = match own.codes.is_empty() {
            true => None,
            false => parsed(other, wallet),
        };
        match ends {
            Some(there) if own.take_ends_of(&there) => own.to_bytes().map(Some),
            _ => Ok(Some(bytes)),
        }
    }
}

/// The record in a store on which the wallet does not depend: nobody is prompted for it, and one
/// that is away says nothing.
fn parsed(store: &dyn Keychain, wallet: WalletId) -> Option<Record> {
    let bytes = store.read_silently(wallet).ok().flatten()?;
    Record::parse(&bytes).ok()
}

/// Whether a redemption or a restore was begun with the record in this store.
fn is_unsettled(store: &dyn Keychain, wallet: WalletId) -> bool {
    parsed(store, wallet).is_some_and(|record| record.intent.is_some())
}

impl Keychain for Stores {
    fn kind(&self) -> StoreKind {
        self.chosen().0.kind()
    }

    fn kind_of(&self, wallet: WalletId) -> StoreKind {
        self.of(wallet).own.kind()
    }

    fn opened(&self, wallet: WalletId, store: Option<&str>) {
        let mut opened = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        opened.insert(wallet, store.map(str::to_owned));
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let place = self.of(wallet);
        Self::with_other(wallet, &place, place.own.read(wallet)?)
    }

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let place = self.of(wallet);
        Self::with_other(wallet, &place, place.own.read_silently(wallet)?)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.of(wallet).own.replace(wallet, record)
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.of(wallet).own.replace_silently(wallet, record)
    }

    fn read_all(&self, wallet: WalletId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
        self.of(wallet).own.read_all(wallet)
    }

    fn replace_all(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.of(wallet).own.replace_all(wallet, record)
    }
}
