//! The files of an open wallet: add one for an item that is saved later, and read one.

use thiserror::Error;
use wallet::{AddFileError, FileId, FileRef, ItemId, ReadFileError};
use zeroize::Zeroizing;

use crate::World;
use crate::session::{ReadOnly, Session};

/// Why a file was not added. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddError {
    /// The wallet is open for reading only.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// It is too large, or the wallet is full.
    #[error(transparent)]
    Add(#[from] AddFileError),
}

/// A file that an item names and whose content is not in the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHere {
    /// The item.
    pub item: ItemId,
    /// The number of its field.
    pub field: u32,
    /// The file.
    pub file: FileId,
}

/// Seals a file of at most 1 MiB into the open wallet and returns what a field is to say of it. It
/// is on the disk with the next save of an item that names it. Until then it is pending: it is kept
/// until [`end_editing`], or until the wallet is locked.
///
/// # Errors
/// See [`AddError`]; a wallet that is full says how much is free.
pub fn add(
    world: &mut World<'_>,
    session: &mut Session,
    content: &[u8],
) -> Result<FileRef, AddError> {
    session.writable()?;
    Ok(session.opened.add_file(world.rng, content)?)
}

/// Returns the content of a file, which is in the clear for as long as the caller keeps it.
///
/// # Errors
/// See [`ReadFileError`].
pub fn read(session: &Session, id: FileId) -> Result<Zeroizing<Vec<u8>>, ReadFileError> {
    session.opened.read_file(id)
}

/// The file of this id that was added in this editing, or that a version of an item names.
pub fn known(session: &Session, id: FileId) -> Option<FileRef> {
    session.opened.file(id)
}

/// Forgets the pending files that no version of an item names: an editing has ended.
pub fn end_editing(session: &mut Session) {
    session.opened.forget_pending_files();
}

/// Whether the content of this file is here.
pub fn is_here(session: &Session, id: FileId) -> bool {
    session.opened.has_file(id)
}

/// Lists the files that items name now and whose content is not here, as after a restore from
/// pages.
pub fn not_here(session: &Session) -> Vec<NotHere> {
    let items = session.items().iter();
    let fields = items.flat_map(|item| {
        let fields = item.present.body.fields.iter();
        fields.map(|field| (item.id, field))
    });
    let named = fields.filter_map(|(item, field)| {
        let file = field.file?.id;
        Some(NotHere {
            item,
            field: field.number,
            file,
        })
    });
    let missing = named.filter(|named| !session.opened.has_file(named.file));
    missing.collect()
}
