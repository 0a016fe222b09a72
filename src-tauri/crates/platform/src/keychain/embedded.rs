//! The keychain of a Linux desktop that has none: one private file for each wallet.
//!
//! It is weaker than a desktop's store, because nothing locks it while its user is signed out, so
//! it requires the user's consent.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use usecases::ports::{Disk, Keychain, KeychainError, StoreKind};
use wallet::WalletId;
use zeroize::Zeroizing;

use super::record::{RECORD_LIMIT, check_kept, check_length};
use crate::private;

/// One file for each wallet, `<wallet id>.record`, mode 0600, in a folder of mode 0700.
///
/// The folder is not the wallets' folder: a copy of a wallet's folder must not contain its keychain
/// record. The next call restores the mode of a file or folder that others can read. On Windows and
/// macOS, where the app does not offer this store, the parent folder protects it.
pub struct EmbeddedKeychain {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    writing: Mutex<()>,
}

impl EmbeddedKeychain {
    /// A store in `folder`, which is created with the first record.
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
            private::restrict_file(path).and_then(|()| self.disk.read(path, RECORD_LIMIT as u64));
        match bytes {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Replaces the file atomically: the old record stays complete under its name until the new one
    /// is complete and on the disk.
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

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        // A file never prompts the person.
        self.read(wallet)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        check_length(record)?;
        let path = self.path(wallet);
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.store(&path, record).map_err(classify)?;
        check_kept(self.load(&path).map_err(classify)?, record)
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.replace(wallet, record)
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
