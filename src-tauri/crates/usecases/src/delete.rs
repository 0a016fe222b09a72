//! Delete a wallet from this computer, and say what of it remains elsewhere.
//!
//! The wallet's own file is removed last. Until then its password still opens it, and a second
//! attempt continues where the first one stopped. The keychain record stays, with the names of
//! codes that have ended: a file that somebody puts back opens with none of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use code::Identifier;
use thiserror::Error;
use wallet::WalletId;
use wallet::disk::is_unreadable;
use wallet::names::{self, Name};
use wallet::store::{self, FolderError, LoadError};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::copies::identifiers;
use crate::find;
use crate::identity::{self, IdentityNeeded, Level};
use crate::record::{End, RecordError};
use crate::session::{ReadOnly, Session};
use crate::settle;

/// What remains of a wallet when it is deleted from this computer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// The codes that the wallet's file has a slot for.
    pub codes: Vec<Identifier>,
    /// The kits that the wallet knows, with their codes. Nobody looks whether they are still there.
    pub kits: Vec<(Identifier, PathBuf)>,
    /// The code that opens the recovery pages made last.
    pub pages: Option<Identifier>,
    /// Names of copies of its file in the folder of the wallets, which others made.
    pub copies: Vec<String>,
}

/// How a wallet was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Whether the keychain took that its codes have ended.
    pub codes_ended: bool,
}

/// Why a wallet was not deleted, or not surely.
#[derive(Debug, Error)]
pub enum DeleteError {
    /// Identity was not confirmed recently.
    #[error(transparent)]
    Identity(#[from] IdentityNeeded),
    /// The wallet is open for reading only.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The wallet's file is there, and earlier versions of it may be gone.
    #[error("the wallet's files were not removed")]
    NotRemoved {
        /// The error of the disk.
        #[source]
        error: FolderError,
        /// Whether the keychain took that its codes have ended.
        codes_ended: bool,
    },
    /// The wallet's file is gone, and the disk did not confirm it: it may be back after a power
    /// loss.
    #[error("the disk did not confirm that the wallet is gone")]
    NotConfirmed {
        /// The error of the disk.
        #[source]
        error: FolderError,
        /// Whether the keychain took that its codes have ended.
        codes_ended: bool,
    },
}

/// What will remain of the open wallet.
pub fn remains(world: &World<'_>, session: &Session) -> Result<Remains, FolderError> {
    let codes: BTreeSet<_> = identifiers(session.opened.header()).into_iter().collect();
    let kits = session.kits().into_iter();
    Ok(Remains {
        codes: codes.into_iter().collect(),
        kits: kits.map(|kit| (kit.identifier, kit.folder)).collect(),
        pages: session.pages().map(|(pages, _)| pages.identifier),
        copies: of_others(world, session.wallet())?,
    })
}

/// The names of copies of a wallet's file in the folder of the wallets, which others made.
pub(crate) fn of_others(world: &World<'_>, wallet: WalletId) -> Result<Vec<String>, FolderError> {
    let files = names::find(world.disk, world.folder)?;
    let copies = files.iter().filter(|(path, name)| {
        let other = match name {
            Name::Wallet(of) => *of != wallet,
            Name::Generation(_) | Name::Refused(_) => false,
            Name::Copy => true,
        };
        other && matches!(is_of(world, path, wallet), Ok(Some(true)))
    });
    Ok(copies.map(|(path, _)| find::shown(path)).collect())
}

/// Deletes the open wallet from this computer: its codes end, and every file that the app wrote for
/// it is removed. Another wallet's file that was set aside under its name stays. The session is of
/// no use afterwards.
///
/// A keychain that does not take the end of the codes does not keep the wallet: without its file
/// they open nothing here.
pub fn delete(world: &mut World<'_>, session: &mut Session) -> Result<Deleted, DeleteError> {
    session.writable()?;
    identity::fresh(world, session, Level::Full)?;
    session.leave();
    let codes_ended = is_planted(Break::CodesKeptAtDelete) || end_codes(world, session).is_ok();
    let not_removed = |error| DeleteError::NotRemoved { error, codes_ended };
    let not_confirmed = |error| DeleteError::NotConfirmed { error, codes_ended };
    if is_planted(Break::OwnFileFirst) {
        store::remove(world.disk, &session.path).map_err(not_removed)?;
    }
    if !is_planted(Break::GenerationsKeptAtDelete) {
        remove_kept(world, session).map_err(not_removed)?;
    }
    let own = is_of(world, &session.path, session.wallet()).map_err(not_removed)?;
    if own == Some(false) {
        // Somebody put another wallet's file in its place.
        return Ok(Deleted { codes_ended });
    }
    if let Err(error) = store::remove(world.disk, &session.path) {
        // It may have been done and reported as failed.
        return Err(match world.disk.exists(&session.path) {
            Ok(false) => not_confirmed(error),
            Ok(true) | Err(_) => not_removed(error),
        });
    }
    store::sync(world.disk, &session.path).map_err(not_confirmed)?;
    Ok(Deleted { codes_ended })
}

/// Removes what is kept beside the wallet's own file, for good before that goes.
fn remove_kept(world: &World<'_>, session: &Session) -> Result<(), FolderError> {
    for kept in store::kept(world.disk, &session.path)? {
        if is_of(world, &kept, session.wallet())? != Some(false) {
            store::remove(world.disk, &kept)?;
        }
    }
    store::sync(world.disk, &session.path)
}

/// Whether a file is this wallet's; none if it cannot be read as any wallet's, also where its
/// sectors are bad.
fn is_of(world: &World<'_>, path: &Path, wallet: WalletId) -> Result<Option<bool>, FolderError> {
    match store::load(world.disk, path) {
        Ok(sealed) => Ok(Some(sealed.header().wallet_id == wallet)),
        // It may be another wallet's, once the disk gives it.
        Err(LoadError::Io(error)) if !is_unreadable(&error) => Err(FolderError(error)),
        Err(_) => Ok(None),
    }
}

fn end_codes(world: &mut World<'_>, session: &mut Session) -> Result<(), RecordError> {
    let Some(mut record) = settle::record(world, session)? else {
        return Ok(());
    };
    let ended = record.end_where(End::Revoked, world.clock.now(), |_| true);
    if !ended.is_empty() {
        settle::write(world, session, &record)?;
    }
    // Where the files cannot be removed, no later save writes to the kits of dead codes.
    settle::mark_dead_slots(session, &record);
    Ok(())
}
