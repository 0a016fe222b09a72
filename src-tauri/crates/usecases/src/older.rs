//! Go on with an older copy of a wallet whose own file is damaged or missing. The damaged file is
//! kept aside, and the copy stays where it is.
//!
//! The keychain is not touched: an older copy is told at the next sign-in, and not punished.

use std::ffi::OsStr;

use thiserror::Error;
use wallet::WalletId;
use wallet::names;
use wallet::store::{self, CommitError, LockError, NotReplaced, NotVerified, WalletLock};

use crate::World;
use crate::find::{self, FindError};

/// Why a copy was not put in the wallet's place, or the disk did not confirm it.
#[derive(Debug, Error)]
pub enum OlderError {
    /// There is no such copy of that wallet, or it cannot be read.
    #[error("there is no such copy of the wallet")]
    Gone,
    /// The wallet's own file cannot be read for a reason that may go away.
    #[error(transparent)]
    Find(#[from] FindError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file was not replaced.
    #[error(transparent)]
    NotSaved(#[from] NotReplaced),
    /// The copy is in place, or may be, and not verified. A retry continues from there.
    #[error(transparent)]
    InPlace(#[from] NotVerified),
}

impl From<CommitError> for OlderError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::NotReplaced(error) => error.into(),
            CommitError::NotVerified(error) => error.into(),
        }
    }
}

/// Puts the copy of this name in the place of the wallet's own file. A wallet whose own file can be
/// read is left as it is, unless opening it has shown that it is damaged (`opens_damaged`).
pub fn put_back(
    world: &World<'_>,
    wallet: WalletId,
    name: &OsStr,
    opens_damaged: bool,
) -> Result<(), OlderError> {
    let path = find::path(world, wallet);
    let from = world.folder.join(name);
    let within = from.file_name() == Some(name) && from.parent() == Some(world.folder);
    if !within || from == path || names::name(&from).is_none() {
        return Err(OlderError::Gone);
    }
    let copy = store::load(world.disk, &from).map_err(|_| OlderError::Gone)?;
    if copy.header().wallet_id != wallet {
        return Err(OlderError::Gone);
    }
    let _lock = WalletLock::acquire(world.disk, &path)?;
    match find::load(world, wallet) {
        // An earlier try put it there.
        Ok(own) if own.bytes() == copy.bytes() => {
            return Ok(store::make_durable(world.disk, &path)?);
        }
        Ok(_) if opens_damaged => {}
        Ok(_) => return Ok(()),
        Err(FindError::Load(error)) if find::may_be_replaced(&error) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(store::put_back(world.disk, &path, copy.bytes())?)
}
