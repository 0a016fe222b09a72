//! Make one keychain record of several that bear the name of one wallet, which a keyring leaves
//! that was synchronised or restored. Only on an explicit act of the person.

use thiserror::Error;
use wallet::WalletId;
use wallet::store::{LockError, WalletLock};

use crate::World;
use crate::find::{self, FindError};
use crate::ports::KeychainError;
use crate::record::{Record, RecordError};
use crate::settle;

/// Why the records were not made one. They are as they were, or some of them already hold what all
/// of them say.
#[derive(Debug, Error)]
pub enum MendError {
    /// The wallet cannot be read.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The keychain cannot be reached, or a record is of a newer version.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<KeychainError> for MendError {
    fn from(error: KeychainError) -> Self {
        Self::Record(error.into())
    }
}

/// Makes the wallet's records one, if the keychain holds several. What is dead in one is dead. The
/// record is written before the others are removed, so that a crash in between revives nothing.
/// `open`: the wallet is open for writing, so that its lock is held already.
///
/// Returns whether there were several.
pub fn mend(world: &World<'_>, wallet: WalletId, open: bool) -> Result<bool, MendError> {
    match world.keychain.read(wallet) {
        Ok(_) => return Ok(false),
        Err(KeychainError::Several) => {}
        Err(error) => return Err(error.into()),
    }
    let path = find::path(world, wallet);
    let sealed = find::load(world, wallet)?;
    let _lock = match open {
        true => None,
        false => Some(WalletLock::acquire(world.disk, &path)?),
    };
    let mut records = Vec::new();
    for bytes in world.keychain.read_all(wallet)? {
        match Record::parse(&bytes) {
            Ok(mut record) => {
                settle::intent_for_good(world.disk, &path, &mut record, sealed.header())?;
                records.push(record);
            }
            // It holds nothing that could be kept.
            Err(RecordError::Damaged) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // Of damaged ones alone nothing can be kept.
    let one = Record::one_of(records, world.clock.now()).unwrap_or_default();
    world.keychain.replace_all(wallet, &one.to_bytes()?)?;
    Ok(true)
}
