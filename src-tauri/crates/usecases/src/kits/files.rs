//! A kit's files in their folder.

use std::io;
use std::path::{Path, PathBuf};

use code::{BackupCode, Identifier};
use kit::{IDENTITY_FILE, KitContents, NamedCommit, README_FILE, Snapshot, WALLET_FILE};
use thiserror::Error;
use wallet::disk::Disk;
use wallet::{Opened, Timestamp};

use crate::World;
use crate::session::Session;

/// Why a kit was not made, or does not open.
#[derive(Debug, Error)]
pub enum KitError {
    /// The folder's path is not text, or not absolute, so that it could not be found again.
    #[error("the folder's path cannot be remembered")]
    Folder,
    /// The disk refused.
    #[error("the kit cannot be read or written")]
    Disk(#[source] io::Error),
    /// The files could not be made.
    #[error(transparent)]
    Write(#[from] kit::WriteError),
    /// The kit does not open with the code.
    #[error("the kit does not open")]
    Reopen(#[from] kit::OpenError),
    /// The kit opens, and holds something other than the wallet.
    #[error("the kit does not hold what the wallet holds")]
    NotKept,
}

/// The folder of one kit inside the folder that the person chose.
pub(crate) fn folder(parent: &Path, identifier: Identifier) -> PathBuf {
    parent.join(kit::folder_name(identifier))
}

/// The wallet's contents as a kit or pages hold them.
pub(crate) fn snapshot(opened: &Opened, date: Timestamp) -> Snapshot<'_> {
    let header = opened.header();
    Snapshot {
        wallet_id: header.wallet_id,
        email: &header.email,
        date,
        commit: Some(NamedCommit {
            id: header.commit_id,
            number: opened.contents.line().number(),
        }),
        items: &opened.contents.items,
    }
}

/// Opens the code's kit and returns when it was last written; `None` if the wallet has no such kit.
pub(crate) fn check(
    world: &World<'_>,
    session: &Session,
    code: &BackupCode,
) -> Option<Result<Timestamp, KitError>> {
    let mut kits = session.opened.contents.kits.iter();
    let place = kits.find(|kit| kit.identifier == code.identifier())?;
    Some(open(world.disk, &place.folder, code).map(|contents| contents.date))
}

pub(super) fn open(
    disk: &dyn Disk,
    folder: &Path,
    code: &BackupCode,
) -> Result<KitContents, KitError> {
    let read = |name: &str, limit: usize| {
        let read = disk.read(&folder.join(name), limit as u64);
        read.map_err(KitError::Disk)
    };
    let identity = read(IDENTITY_FILE, kit::IDENTITY_LIMIT)?;
    let wallet = read(WALLET_FILE, kit::WALLET_LIMIT)?;
    Ok(kit::open(&identity, &wallet, code)?)
}

/// Removes a kit's own files, and its folder if that is empty then. Missing files are no error.
pub(super) fn remove_files(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    // The identity first: without it nobody can open the rest.
    for name in [IDENTITY_FILE, WALLET_FILE, README_FILE] {
        for name in [name, &format!("{name}.new")] {
            or_missing(disk.remove(&folder.join(name)))?;
        }
    }
    match disk.remove_folder(folder) {
        // It holds files that are not the kit's.
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        removed => or_missing(removed),
    }
}

fn or_missing(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
