//! What the use cases need from the outside world. The adapters are in the `platform` crate; the
//! disk's port is the `wallet` crate's [`Disk`], next to the file protocol that uses it.

use std::time::Duration;

use thiserror::Error;
use wallet::{Timestamp, WalletId};
use zeroize::Zeroizing;

pub mod clipboard;
pub mod printer;

pub use clipboard::Clipboard;
pub use printer::Printer;
pub use wallet::disk::Disk;

/// The two clocks of a computer.
pub trait Clock: Send + Sync {
    /// The system clock: UTC, seconds. It can jump either way.
    fn now(&self) -> Timestamp;

    /// Time since the computer started, suspend included. It never runs backwards while the
    /// computer runs.
    fn since_boot(&self) -> Duration;

    /// A name of this run of the computer, which is another one after the next start; `None` where
    /// the system gives none.
    fn boot(&self) -> Option<u32>;
}

/// Which store keeps the keychain records. The name goes into the wallet's header, so that a wallet
/// whose code was issued with another store can say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoreKind {
    /// The desktop's Secret Service (Linux).
    SecretService,
    /// Keychain (macOS).
    MacKeychain,
    /// Credential Manager, persistence *Local* (Windows).
    CredentialManager,
    /// A private file, where a Linux desktop has no Secret Service and the user agreed. Weaker.
    Embedded,
}

impl StoreKind {
    /// The name in the wallet's header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecretService => "secret-service",
            Self::MacKeychain => "macos-keychain",
            Self::CredentialManager => "windows-credential-manager",
            Self::Embedded => "embedded",
        }
    }
}

/// Why the keychain did not answer. Told apart by the store's error types, never by message text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeychainError {
    /// No store runs, or it went away. A retry works when it is back.
    #[error("the keychain cannot be reached")]
    Unreachable,
    /// The store is locked and was not unlocked.
    #[error("the keychain is locked")]
    Locked,
    /// The store did not answer in time: an unlock dialog may be waiting.
    #[error("the keychain did not answer in time")]
    TimedOut,
    /// The store refused to give or take the record.
    #[error("the keychain refused access")]
    Denied,
    /// The store cannot hold a record of this size.
    #[error("the keychain cannot hold a record of this size")]
    TooLarge,
    /// What was read back is not what was written.
    #[error("the keychain did not keep what was written")]
    NotKept,
    /// The store holds more than one record of this name, as after a keyring was synchronised or
    /// restored. [`crate::mend`] makes them one.
    #[error("the keychain holds more than one record of this name")]
    Several,
    /// Anything else that the store reports.
    #[error("the keychain failed")]
    Failed,
}

/// One keychain record a wallet: bytes in, bytes out.
pub trait Keychain: Send + Sync {
    /// Which store keeps the records of new wallets.
    fn kind(&self) -> StoreKind;

    /// Which store keeps the record of this wallet; where there is but one, that one.
    fn kind_of(&self, _wallet: WalletId) -> StoreKind {
        self.kind()
    }

    /// Takes the word of an open wallet's header, which was authenticated, for its store: from now
    /// on nothing that is written into the file from outside sends its record elsewhere.
    /// `None`: it has no code, and binds its record to none.
    fn opened(&self, _wallet: WalletId, _store: Option<&str>) {}

    /// The wallet's record, `None` when the store answers that there is none.
    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;

    /// The same for background work: never prompts the person, and answers
    /// [`KeychainError::Locked`] where [`Keychain::read`] would ask them to unlock the store.
    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;

    /// Replaces the wallet's record in one call, creating it where there is none.
    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError>;

    /// The same for background work: never prompts the person, and answers
    /// [`KeychainError::Locked`] where [`Keychain::replace`] would ask them to unlock the store.
    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError>;

    /// Every record of the wallet, for a store that may hold more than one.
    fn read_all(&self, wallet: WalletId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(self.read(wallet)?.into_iter().collect())
    }

    /// Replaces one record of the wallet, and then removes the others.
    fn replace_all(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.replace(wallet, record)
    }
}
