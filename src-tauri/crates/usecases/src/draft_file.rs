//! The file of a wallet's drafts under its present key: it is read, and carried to another key.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;
use wallet::disk::{Disk, is_unreadable, parent, replace};
use wallet::drafts::{self, DRAFTS_LIMIT, Drafts, DraftsError};
use wallet::{DraftsId, Opened};

use crate::World;
use crate::breaks::{Break, is_planted};

/// Why the drafts of a wallet cannot be read. Nothing was changed.
#[derive(Debug, Error)]
pub enum Unread {
    /// The disk could not read their file.
    #[error("the drafts cannot be read")]
    Io(#[source] io::Error),
    /// They are damaged, or of a newer version.
    #[error(transparent)]
    Drafts(#[from] DraftsError),
}

/// Reads the drafts; none where there is no file of them.
pub(crate) fn read(disk: &dyn Disk, wallet: &Path, opened: &Opened) -> Result<Drafts, Unread> {
    let path = drafts::path(wallet, opened.drafts_id());
    match disk.read(&path, DRAFTS_LIMIT) {
        Ok(bytes) => Ok(opened.open_drafts(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Drafts::default()),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Err(DraftsError::NewerVersion.into())
        }
        Err(error) => Err(Unread::Io(error)),
    }
}

/// Seals the drafts for the key that a wallet is to have, before its file has it. Those under its
/// present key stay until the file has the new one: [`remove_replaced`] removes them then.
///
/// # Errors
/// The error of the disk that did not give or take them. Drafts that are damaged or newer, or in
/// bad sectors, stay as they are: nobody waits for them.
pub(crate) fn carry(
    world: &mut World<'_>,
    wallet: &Path,
    from: &Opened,
    to: &Opened,
) -> Result<Carried, io::Error> {
    let mut carried = Carried { path: None };
    let mut kept = match read(world.disk, wallet, from) {
        Ok(kept) => kept,
        Err(Unread::Io(error)) if !is_unreadable(&error) => return Err(error),
        Err(Unread::Io(_) | Unread::Drafts(_)) => return Ok(carried),
    };
    let nothing = kept.drafts.is_empty() && kept.replaces.is_empty();
    if nothing || is_planted(Break::DraftsNotCarried) {
        return Ok(carried);
    }
    kept.replaces.push(from.drafts_id());
    // As large as they were, and there is room for the names of files.
    let Ok(bytes) = to.seal_drafts(world.rng, &kept) else {
        return Ok(carried);
    };
    let path = drafts::path(wallet, to.drafts_id());
    replace(world.disk, &path, &bytes)?;
    carried.path = Some(path);
    if is_planted(Break::DraftsTidiedFirst) {
        let _ = world.disk.remove(&drafts::path(wallet, from.drafts_id()));
    }
    Ok(carried)
}

/// Drafts that are sealed for a key that their wallet is to have.
pub(crate) struct Carried {
    path: Option<PathBuf>,
}

impl Carried {
    /// Removes them again, where the wallet did not get the key.
    pub(crate) fn take_back(self, disk: &dyn Disk) {
        if let Some(path) = self.path {
            // No key opens what stays.
            let _ = disk.remove(&path);
        }
    }
}

/// Removes the files that a wallet's drafts replace, once its file surely has the present key. What
/// cannot be removed is left for another time.
pub(crate) fn remove_replaced(disk: &dyn Disk, wallet: &Path, kept: &mut Drafts) {
    if is_planted(Break::OldDraftsKept) {
        return;
    }
    let remove = |before: DraftsId| -> io::Result<()> {
        let path = drafts::path(wallet, before);
        if disk.exists(&path)? {
            // A power loss must not bring the file back that only these belong to.
            disk.sync_folder(parent(&path))?;
            disk.remove(&path)?;
        }
        Ok(())
    };
    kept.replaces.retain(|before| remove(*before).is_err());
}
