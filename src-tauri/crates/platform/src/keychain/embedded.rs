//! The keychain of a Linux desktop that has none: a private file a wallet. Weaker than a desktop's store,
//! since nothing locks it while its person is signed out, so it is used with their consent only.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use subtle::ConstantTimeEq;
use usecases::ports::{Disk, Keychain, KeychainError, StoreKind};
use wallet::WalletId;
use zeroize::Zeroizing;

use super::RECORD_LIMIT;
use crate::private;

/// One file a wallet, `<wallet id>.record`, mode 0600, in a folder of mode 0700.
///
/// The folder is not the wallets': who copies a wallet's folder does not take its keychain record with it. A
/// file or folder that others can read is mended at the next call. On Windows and macOS, where it is not
/// offered, the protection is that of the folder it lies in.
pub struct EmbeddedKeychain {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    writing: Mutex<()>,
}

impl EmbeddedKeychain {
    /// Records in `folder`, which is made with the first record.
    pub fn new(folder: PathBuf, disk: Arc<dyn Disk>) -> Self {
        Self {
            folder,
            disk,
            writing: Mutex::new(()),
        }
    }

    fn path(&self, wallet: WalletId) -> PathBuf {
        self.folder.join(format!("{wallet}.record"))
    }

    fn load(&self, path: &Path) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let bytes =
            private::mend_file(path).and_then(|()| self.disk.read(path, RECORD_LIMIT as u64));
        match bytes {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The old record stays whole under its name until the new one, whole and on the disk, takes its place.
    fn store(&self, path: &Path, record: &[u8]) -> io::Result<()> {
        private::create_folder(&self.folder)?;
        let new = path.with_extension("record.new");
        match self.disk.remove(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        self.disk.write_new(&new, record)?;
        self.disk.rename(&new, path)?;
        self.disk.sync_folder(&self.folder)
    }
}

impl Keychain for EmbeddedKeychain {
    fn kind(&self) -> StoreKind {
        StoreKind::Embedded
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.load(&self.path(wallet)).map_err(classify)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        if record.len() > RECORD_LIMIT {
            return Err(KeychainError::TooLarge);
        }
        let path = self.path(wallet);
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.store(&path, record).map_err(classify)?;
        match self.load(&path).map_err(classify)? {
            Some(kept) if bool::from(kept.ct_eq(record)) => Ok(()),
            _ => Err(KeychainError::NotKept),
        }
    }
}

fn classify(error: io::Error) -> KeychainError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            KeychainError::Denied
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => KeychainError::NotKept,
        _ => KeychainError::Failed,
    }
}
