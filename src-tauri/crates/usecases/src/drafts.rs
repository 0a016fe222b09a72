//! Keep what is typed and not saved, offer it again, and forget it once it is saved or discarded.
//!
//! Drafts rotate no generation, refresh no kit and write no line of the log: they are in a file of
//! their own (see [`wallet::drafts`]), which is written as the person types.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use thiserror::Error;
use wallet::disk;
use wallet::drafts::{self, DRAFTS_LIMIT, Draft, DraftFile, Drafts, DraftsError};
use wallet::{Body, FileId, ItemId, LARGEST_NUMBER, SealError};

use crate::World;
pub use crate::draft_file::Unread;
use crate::draft_file::{read, remove_replaced};
use crate::session::{ReadOnly, Session};

/// Bytes that are left for the names of files that another key's drafts replace.
const ROOM: u64 = 64 << 10;

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

/// Removes the drafts under the keys before, where the file surely has the present one: after a
/// change of the key, and at a sign-in.
pub(crate) fn tidy(world: &World<'_>, session: &Session) {
    if let Ok(mut kept) = read(world.disk, &session.path, &session.opened)
        && session.is_certain()
    {
        remove_replaced(world.disk, &session.path, &mut kept);
    }
}

/// The drafts to be changed. Damaged ones count as none.
fn readable(world: &World<'_>, session: &Session) -> Result<Drafts, Unread> {
    let mut kept = match read(world.disk, &session.path, &session.opened) {
        Err(Unread::Drafts(DraftsError::Damaged)) => Drafts::default(),
        read => read?,
    };
    if session.is_certain() {
        remove_replaced(world.disk, &session.path, &mut kept);
    }
    Ok(kept)
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
