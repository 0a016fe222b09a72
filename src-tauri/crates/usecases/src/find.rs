//! The wallets of this computer, and which of them knows a code by its identifier.

use std::path::PathBuf;

use code::Identifier;
use thiserror::Error;
use wallet::store::{self, FolderError, LoadError};
use wallet::{Email, Sealed, WalletId};

use crate::World;
use crate::ports::{Disk, Keychain};
use crate::record::Record;

/// A wallet of this computer, still locked.
pub struct Known {
    /// Its id.
    pub wallet: WalletId,
    /// Its e-mail.
    pub email: Email,
    /// Its file.
    pub path: PathBuf,
    /// The identifiers in its file's code slots.
    pub slots: Vec<Identifier>,
    /// The store of its keychain record, as its header names it.
    pub keychain: String,
}

/// What is in the folder.
#[derive(Default)]
pub struct Wallets {
    /// The wallets, in the order of their e-mails.
    pub known: Vec<Known>,
    /// Names of the files that look like wallets and cannot be read.
    pub unreadable: Vec<String>,
}

/// Lists the wallets of a folder, each in the file of its own name. A folder that does not exist
/// has none.
pub fn wallets(disk: &dyn Disk, folder: &std::path::Path) -> Result<Wallets, FolderError> {
    let mut wallets = Wallets::default();
    for found in store::find(disk, folder)? {
        match found.sealed {
            // A copy under another name is not the wallet: what is written goes to the wallet's own
            // file.
            Ok(sealed) if found.path == store::path(folder, sealed.header().wallet_id) => {
                let header = sealed.header();
                wallets.known.push(Known {
                    wallet: header.wallet_id,
                    email: header.email.clone(),
                    slots: header
                        .code_slots
                        .iter()
                        .map(|slot| slot.identifier)
                        .collect(),
                    keychain: header.keychain.clone(),
                    path: found.path,
                });
            }
            _ => {
                let name = found.path.file_name().unwrap_or_default();
                wallets.unreadable.push(name.to_string_lossy().into_owned());
            }
        }
    }
    wallets
        .known
        .sort_by(|a, b| a.email.as_str().cmp(b.email.as_str()));
    Ok(wallets)
}

/// The wallet is not on this computer, or its file cannot be read.
#[derive(Debug, Error)]
pub enum FindError {
    /// Its file cannot be read; [`LoadError::Missing`] where there is none.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The folder cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// The wallet's file path.
pub(crate) fn path(world: &World<'_>, wallet: WalletId) -> PathBuf {
    store::path(world.folder, wallet)
}

/// Loads one wallet, still locked. Another wallet's file under its name is not it.
pub(crate) fn load(world: &World<'_>, wallet: WalletId) -> Result<Sealed, FindError> {
    let sealed = store::load(world.disk, &path(world, wallet))?;
    if sealed.header().wallet_id != wallet {
        return Err(LoadError::Missing.into());
    }
    Ok(sealed)
}

/// The wallets of this computer that know this identifier: from a code slot, a live entry, or a
/// remembered end.
pub fn by_identifier<'a>(
    keychain: &dyn Keychain,
    known: &'a [Known],
    identifier: Identifier,
) -> Vec<&'a Known> {
    known
        .iter()
        .filter(|known| {
            known.slots.contains(&identifier)
                || Record::read(keychain, known.wallet)
                    .ok()
                    .flatten()
                    .is_some_and(|record| {
                        record.entry(identifier).is_some() || record.ended(identifier).is_some()
                    })
        })
        .collect()
}
