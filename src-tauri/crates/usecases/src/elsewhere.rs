//! Wallet files that are kept elsewhere: a copy to take away, and a file from an old computer, a
//! backup of the disk, or such a copy to bring here. That is copied into the folder of this
//! computer's wallets; the file itself stays as it is.
//!
//! The wallet keeps its id, so its codes are those of the original. Which of them work here, the
//! keychain of this computer says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use thiserror::Error;
use wallet::names::{self, Name};
use wallet::store::{
    self, CommitError, FolderError, LoadError, LockError, NotReplaced, NotVerified, WalletLock,
};
use wallet::{Email, OpenError, Sealed, WalletId};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::copies::{Why, identifiers};
use crate::find::{self, FindError};
use crate::identity::{self, IdentityNeeded, Level};
use crate::session::Session;

/// Why there is no copy to take away.
#[derive(Debug, Error)]
pub enum CopyError {
    /// Identity was not confirmed recently.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// The wallet's file cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The wallet's file does not open with the present password: it is damaged, or another program
    /// has changed it.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Returns the bytes of an open wallet's file, as they were saved last: whoever has them and the
/// present password opens the copy, also after the password was changed.
pub fn copy(world: &World<'_>, session: &Session) -> Result<Vec<u8>, CopyError> {
    identity::fresh(world, session, Level::Full)?;
    let sealed = store::load(world.disk, session.path())?;
    sealed.open_again(&session.opened)?;
    match sealed.header().wallet_id == session.wallet() {
        true => Ok(sealed.bytes().to_vec()),
        false => Err(LoadError::Missing.into()),
    }
}

/// A wallet file that was read, still locked.
pub struct Found {
    sealed: Sealed,
}

/// Why the file was not read.
#[derive(Debug, Error)]
pub enum LookError {
    /// It cannot be read, or is no wallet file.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The folder of the wallets could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// This computer has that wallet.
    #[error("this computer has that wallet")]
    Here,
}

/// Where a wallet is after it was brought here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is one of this computer's wallets.
    Opened(WalletId),
    /// It is one of the copies that are offered in the place of the wallet's damaged or missing
    /// file.
    Offered(WalletId),
}

/// Why the wallet is not among those of this computer, or not surely.
#[derive(Debug, Error)]
pub enum TakeError {
    /// This computer has that wallet.
    #[error("this computer has that wallet")]
    Here,
    /// The folder of the wallets could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The wallet's lock could not be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file was not written.
    #[error(transparent)]
    NotSaved(#[from] NotReplaced),
    /// The file is in place, or may be, and not verified.
    #[error(transparent)]
    InPlace(#[from] NotVerified),
}

impl From<CommitError> for TakeError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::NotReplaced(error) => error.into(),
            CommitError::NotVerified(error) => error.into(),
        }
    }
}

impl Found {
    /// The wallet's id.
    pub fn wallet(&self) -> WalletId {
        self.sealed.header().wallet_id
    }

    /// The wallet's e-mail.
    pub fn email(&self) -> &Email {
        &self.sealed.header().email
    }

    /// Number of codes that the file has a slot for.
    pub fn codes(&self) -> usize {
        identifiers(self.sealed.header())
            .into_iter()
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// Reads a wallet file of at most [`wallet::FILE_LIMIT`] that is to be one of this computer's.
/// Nothing is written.
pub fn look(world: &World<'_>, path: &Path) -> Result<Found, LookError> {
    let sealed = store::load(world.disk, path)?;
    match place(world, sealed.header().wallet_id)? {
        Place::Free | Place::Lost => Ok(Found { sealed }),
        Place::Taken => Err(LookError::Here),
    }
}

/// Writes the file that was found among the wallets of this computer. Where the wallet's own file
/// is damaged or missing and other copies are offered, it becomes one of them.
pub fn take(world: &World<'_>, found: &Found) -> Result<Taken, TakeError> {
    let wallet = found.wallet();
    let path = find::path(world, wallet);
    let _lock = WalletLock::acquire(world.disk, &path)?;
    let bytes = found.sealed.bytes();
    if is_it(world, &path, bytes) {
        // An earlier try put it there.
        store::make_durable(world.disk, &path)?;
        return Ok(Taken::Opened(wallet));
    }
    match place(world, wallet)? {
        Place::Taken => Err(TakeError::Here),
        Place::Free => {
            store::commit(world.disk, &path, bytes)?;
            Ok(Taken::Opened(wallet))
        }
        Place::Lost => {
            let copy = free_copy(world, &path, bytes)?;
            if !is_it(world, &copy, bytes) {
                store::commit(world.disk, &copy, bytes)?;
            }
            Ok(Taken::Offered(wallet))
        }
    }
}

/// What is in the place of a wallet.
enum Place {
    /// Nothing of it.
    Free,
    /// Its file, which can be read, or may be another time.
    Taken,
    /// Its file is damaged, or is missing beside copies that the app made of it.
    Lost,
}

fn place(world: &World<'_>, wallet: WalletId) -> Result<Place, FolderError> {
    let own = match find::load(world, wallet) {
        Ok(_) if is_planted(Break::TakenOverOwn) => return Ok(Place::Free),
        Ok(_) => return Ok(Place::Taken),
        Err(FindError::Folder(error)) => return Err(error),
        Err(FindError::Load(error)) => error,
    };
    let there = world.disk.exists(&find::path(world, wallet))?;
    match (Why::of(&own), own) {
        // A disk that did not answer once may have no such file.
        (None, LoadError::Io(error)) if !there => return Err(FolderError(error)),
        (None, _) => return Ok(Place::Taken),
        (Some(_), _) => {}
    }
    let files = names::find(world.disk, world.folder)?;
    let mut names = files.iter().map(|(_, name)| *name);
    let kept = names.any(|name| name == Name::Generation(wallet) || name == Name::Refused(wallet));
    let kept = kept && !is_planted(Break::TakenOverCopies);
    Ok(match there || kept {
        true => Place::Lost,
        false => Place::Free,
    })
}

/// The name under which a copy is offered: a free one, or that of an earlier try.
fn free_copy(world: &World<'_>, path: &Path, bytes: &[u8]) -> Result<PathBuf, FolderError> {
    let stem = path.with_extension("");
    let mut number = 1;
    loop {
        let mut name = stem.clone().into_os_string();
        name.push(format!(" from elsewhere {number}.wallet"));
        let copy = PathBuf::from(name);
        if !world.disk.exists(&copy)? || is_it(world, &copy, bytes) {
            return Ok(copy);
        }
        number += 1;
    }
}

fn is_it(world: &World<'_>, path: &Path, bytes: &[u8]) -> bool {
    store::load(world.disk, path).is_ok_and(|there| there.bytes() == bytes)
}
