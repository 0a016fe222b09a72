//! Keep what is typed and not saved, offer it again, and forget it once it is saved or discarded.
//!
//! Drafts rotate no generation, refresh no kit and write no line of the log: they are in a file of
//! their own (see [`wallet::drafts`]), which is written as the person types.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;
use wallet::disk::{self, Disk};
use wallet::drafts::{self, DRAFTS_LIMIT, Draft, DraftFile, Drafts, DraftsError};
use wallet::{Body, DraftsId, FileId, ItemId, LARGEST_NUMBER, Opened, SealError};

use crate::World;
use crate::breaks::{Break, is_planted};
use crate::session::{ReadOnly, Session};

/// Bytes that are left for the names of files that another key's drafts replace.
const ROOM: u64 = 64 << 10;

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

/// Why what is typed was not kept. What was kept before is unchanged.
#[derive(Debug, Error)]
pub enum DraftError {
    /// The wallet is open for reading only.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The drafts that are there cannot be read, and are not to be lost.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// Two fields have one number, or one has none that is allowed.
    #[error("the fields of the draft cannot be told apart")]
    Ambiguous,
    /// The drafts would be too large, or there is too little memory.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The disk did not keep them.
    #[error("the drafts cannot be written")]
    Io(#[source] io::Error),
}

/// Keeps what is typed into an item in the place of what was kept of it before. `over` is the
/// version of the item that the typing began from; none of a new item. What is the same as the item
/// holds is no draft, and what was kept is forgotten.
///
/// # Errors
/// See [`DraftError`]. Damaged drafts are replaced: nobody can read them any more.
pub fn keep(
    world: &mut World<'_>,
    session: &Session,
    id: ItemId,
    over: Option<u32>,
    body: Body,
) -> Result<(), DraftError> {
    session.writable()?;
    let numbers: BTreeSet<u32> = body.fields.iter().map(|field| field.number).collect();
    if numbers.len() < body.fields.len() || numbers.last().is_some_and(|it| *it > LARGEST_NUMBER) {
        return Err(DraftError::Ambiguous);
    }
    let present = present(session, id);
    if present.is_some_and(|present| present.is_same(&body)) {
        return forget(world, session, &[id]);
    }
    let untouched = body.fields.iter().filter(|field| {
        let now = present.and_then(|present| present.field(field.number));
        now.is_some_and(|now| now.text.is_same(&field.text) && now.file == field.file)
    });
    let draft = Draft {
        id,
        typed: world.clock.now(),
        over,
        untouched: untouched.map(|field| field.number).collect(),
        body,
    };
    let mut kept = readable(world, session)?;
    match kept.drafts.iter_mut().find(|draft| draft.id == id) {
        Some(before) => *before = draft,
        None => kept.drafts.push(draft),
    }
    add_files(session, &mut kept);
    write(world, session, &kept)
}

/// Has the drafts carry the files that were added for them and are in no item yet.
fn add_files(session: &Session, kept: &mut Drafts) {
    for file in kept.drafts.iter().flat_map(|draft| draft.body.files()) {
        let known = kept.files.iter().any(|known| known.id == file.id);
        if !known
            && session.opened.is_pending(file.id)
            && let Ok(content) = session.opened.read_file(file.id)
        {
            let content = Arc::new(content);
            kept.files.push(DraftFile {
                id: file.id,
                content,
            });
        }
    }
}

/// The draft of an item, to be typed on. Its files are added to the open wallet again.
///
/// # Errors
/// See [`Unread`].
pub fn resume(
    world: &mut World<'_>,
    session: &mut Session,
    id: ItemId,
) -> Result<Option<Draft>, Unread> {
    let kept = list_kept(world, session)?;
    let mut drafts = kept.drafts.into_iter();
    let Some(draft) = drafts.find(|draft| draft.id == id) else {
        return Ok(None);
    };
    for file in draft.body.files() {
        let content = kept.files.iter().find(|known| known.id == file.id);
        if let Some(known) = content
            && !session.opened.has_file(file.id)
        {
            // One that is not added is said not to be here.
            let _ = session.opened.put_file(world.rng, *file, &known.content);
        }
    }
    Ok(Some(draft))
}

/// The drafts of a wallet, in the order in which they were begun. What nobody typed in them is as
/// their items have it now. One that is the same as its item by now is left out.
///
/// # Errors
/// See [`Unread`].
pub fn list(world: &World<'_>, session: &Session) -> Result<Vec<Draft>, Unread> {
    Ok(list_kept(world, session)?.drafts)
}

fn list_kept(world: &World<'_>, session: &Session) -> Result<Drafts, Unread> {
    let mut kept = read(world.disk, &session.path, &session.opened)?;
    kept.drafts.retain_mut(|draft| {
        let present = present(session, draft.id);
        draft.body = draft.onto(present);
        present.is_none_or(|present| !present.is_same(&draft.body))
    });
    Ok(kept)
}

/// Forgets what was kept of these items.
///
/// # Errors
/// See [`DraftError`].
pub fn forget(world: &mut World<'_>, session: &Session, ids: &[ItemId]) -> Result<(), DraftError> {
    session.writable()?;
    let mut kept = readable(world, session)?;
    let before = kept.drafts.len();
    kept.drafts.retain(|draft| !ids.contains(&draft.id));
    let Drafts { drafts, files, .. } = &mut kept;
    let named: BTreeSet<FileId> = drafts
        .iter()
        .flat_map(|draft| draft.body.files())
        .map(|file| file.id)
        .collect();
    files.retain(|file| named.contains(&file.id));
    match kept.drafts.len() == before {
        true => Ok(()),
        false => write(world, session, &kept),
    }
}

/// Seals the drafts for the key that a wallet is to have, before its file has it. Those under its
/// present key stay until the file has the new one: [`tidy`] removes them then.
///
/// # Errors
/// The error of the disk that did not give or take them. Drafts that are damaged or newer, or in bad
/// sectors, stay as they are: nobody waits for them.
pub(crate) fn carry(
    world: &mut World<'_>,
    wallet: &Path,
    from: &Opened,
    to: &Opened,
) -> Result<Carried, io::Error> {
    let mut carried = Carried { path: None };
    let mut kept = match read(world.disk, wallet, from) {
        Ok(kept) => kept,
        Err(Unread::Io(error)) if !disk::is_unreadable(&error) => return Err(error),
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
    disk::replace(world.disk, &path, &bytes)?;
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

/// Removes the drafts under the keys before, where the file surely has the present one: after a
/// change of the key, and at a sign-in.
pub(crate) fn tidy(world: &World<'_>, session: &Session) {
    if let Ok(mut kept) = read(world.disk, &session.path, &session.opened) {
        remove_replaced(world, session, &mut kept);
    }
}

fn remove_replaced(world: &World<'_>, session: &Session, kept: &mut Drafts) {
    if !session.is_certain() || is_planted(Break::OldDraftsKept) {
        return;
    }
    let remove = |before: DraftsId| -> io::Result<()> {
        let path = drafts::path(&session.path, before);
        if world.disk.exists(&path)? {
            // A power loss must not bring the file back that only these belong to.
            world.disk.sync_folder(disk::parent(&path))?;
            world.disk.remove(&path)?;
        }
        Ok(())
    };
    // Best effort: what stays is removed another time.
    kept.replaces.retain(|before| remove(*before).is_err());
}

/// The drafts to be changed. Damaged ones count as none.
fn readable(world: &World<'_>, session: &Session) -> Result<Drafts, Unread> {
    let mut kept = match read(world.disk, &session.path, &session.opened) {
        Err(Unread::Drafts(DraftsError::Damaged)) => Drafts::default(),
        read => read?,
    };
    remove_replaced(world, session, &mut kept);
    Ok(kept)
}

fn read(disk: &dyn Disk, wallet: &Path, opened: &Opened) -> Result<Drafts, Unread> {
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

/// Replaces the file of drafts, and removes it where there are none.
fn write(world: &mut World<'_>, session: &Session, kept: &Drafts) -> Result<(), DraftError> {
    let path = drafts::path(&session.path, session.opened.drafts_id());
    if kept.drafts.is_empty() && kept.replaces.is_empty() {
        let removed = world.disk.remove(&path);
        let synced = removed.and_then(|()| world.disk.sync_folder(disk::parent(&path)));
        return match synced {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DraftError::Io(error)),
            _ => Ok(()),
        };
    }
    let bytes = session.opened.seal_drafts(world.rng, kept)?;
    let size = bytes.len() as u64;
    if size + ROOM > DRAFTS_LIMIT {
        return Err(SealError::TooLarge { size }.into());
    }
    disk::replace(world.disk, &path, &bytes).map_err(DraftError::Io)
}

/// What the item of this id holds.
fn present(session: &Session, id: ItemId) -> Option<&Body> {
    session.item(id).ok().map(|item| &item.present.body)
}
