//! A kit's files in their folder.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use code::{BackupCode, Identifier};
use kit::{
    FILE_LIMIT, FILES_FOLDER, FileError, IDENTITY_FILE, Identity, KitContents, NamedCommit,
    README_FILE, Recipient, Snapshot, WALLET_FILE, file_id, file_name,
};
use thiserror::Error;
use wallet::disk::{self, Disk};
use wallet::{FileId, FileRef, Item, Opened, Timestamp, WRITE_LIMIT};
use zeroize::Zeroizing;

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
/// One without the content of a file that the wallet has is [`KitError::NotKept`].
pub(crate) fn check(
    world: &World<'_>,
    session: &Session,
    code: &BackupCode,
) -> Option<Result<Timestamp, KitError>> {
    let mut kits = session.opened.contents.kits.iter();
    let place = kits.find(|kit| kit.identifier == code.identifier())?;
    let checked = open(world.disk, &place.folder, code).and_then(|(contents, files)| {
        let kept = has_all(&session.opened, &contents.items, &files);
        kept.then_some(contents.date).ok_or(KitError::NotKept)
    });
    Some(checked)
}

/// Whether the kit has each file that its items name and whose content the wallet has.
pub(super) fn has_all(opened: &Opened, items: &[Item], files: &KitFileContents) -> bool {
    let mut named = items.iter().flat_map(Item::files);
    named.all(|file| files.contents.contains_key(&file.id) || !opened.has_file(file.id))
}

/// The contents of the files of a kit, as far as they are there and are what the items name.
#[derive(Default)]
pub struct KitFileContents {
    pub(crate) contents: BTreeMap<FileId, Zeroizing<Vec<u8>>>,
    /// Why others are not there.
    pub problems: Vec<(FileId, FileProblem)>,
}

/// Why the content of a file does not come with its kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// The kit has no such file.
    Missing,
    /// The disk did not give it.
    Unreadable,
    /// It does not open, or is another file.
    Other(FileError),
    /// The files before it are as large as those of the largest wallet.
    TooMany,
}

impl KitFileContents {
    /// Adds what another copy of the kit has.
    pub fn complete_with(&mut self, other: Self) {
        for (id, content) in other.contents {
            self.contents.entry(id).or_insert(content);
        }
        self.problems.extend(other.problems);
        let Self { contents, problems } = self;
        problems.retain(|(id, _)| !contents.contains_key(id));
    }
}

/// Reads the files of a kit that its items name. One that is not there, or not the one that is
/// named, is left out and told. At most [`WRITE_LIMIT`] bytes are read.
pub fn read_files(
    disk: &dyn Disk,
    folder: &Path,
    identity: &Identity,
    items: &[Item],
) -> KitFileContents {
    let mut files = KitFileContents::default();
    let named: BTreeMap<FileId, &FileRef> = items
        .iter()
        .flat_map(Item::files)
        .map(|file| (file.id, file))
        .collect();
    let mut bytes = 0;
    for (id, file) in named {
        bytes += u64::from(file.size);
        if bytes > WRITE_LIMIT {
            files.problems.push((id, FileProblem::TooMany));
            continue;
        }
        let path = folder.join(FILES_FOLDER).join(file_name(id));
        let read = disk.read(&path, FILE_LIMIT as u64);
        let read = read.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FileProblem::Missing,
            _ => FileProblem::Unreadable,
        });
        let content = read.and_then(|sealed| {
            let content = identity.open_file(&sealed, file);
            content.map_err(FileProblem::Other)
        });
        match content {
            Ok(content) => {
                files.contents.insert(id, content);
            }
            Err(problem) => files.problems.push((id, problem)),
        }
    }
    files
}

/// Writes the wallet's files that a kit does not have yet. One that is there is not written again:
/// its name stands for its content.
pub(super) fn write_files(
    disk: &dyn Disk,
    opened: &Opened,
    recipient: &Recipient,
    folder: &Path,
) -> Result<(), KitError> {
    let named = opened.contents.items.iter().flat_map(Item::files);
    let here: BTreeMap<FileId, &FileRef> = named
        .filter(|file| opened.has_file(file.id))
        .map(|file| (file.id, file))
        .collect();
    if here.is_empty() {
        return Ok(());
    }
    let files = folder.join(FILES_FOLDER);
    let there = match disk.make_folder(&files) {
        // Its own name, without which a power loss takes what is in it.
        Ok(()) => sync(disk, folder).map(|()| Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => disk.list(&files),
        Err(error) => Err(error),
    };
    let there = there.map_err(KitError::Disk)?;
    for id in here.keys() {
        let path = files.join(file_name(*id));
        if there.contains(&path) {
            continue;
        }
        let content = opened.read_file(*id).map_err(|_| KitError::NotKept)?;
        let sealed = kit::wrap_file(recipient, &content)?;
        disk::replace(disk, &path, &sealed).map_err(KitError::Disk)?;
    }
    Ok(())
}

/// Makes the names in a folder durable. One that may be written and not read cannot be synced.
pub(super) fn sync(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.sync_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    }
}

/// Removes the files of a kit that `stays` does not name, and what a crash left of one. Files that
/// are not the kit's stay.
pub(super) fn remove_other_files(
    disk: &dyn Disk,
    folder: &Path,
    stays: &dyn Fn(FileId) -> bool,
) -> io::Result<()> {
    let files = folder.join(FILES_FOLDER);
    let there = match disk.list(&files) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        there => there?,
    };
    let mut removed = false;
    for path in there {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (whole, begun) = match name.strip_suffix(".new") {
            Some(whole) => (whole, true),
            None => (&*name, false),
        };
        if file_id(whole).is_some_and(|id| begun || !stays(id)) {
            or_missing(disk.remove(&path))?;
            removed = true;
        }
    }
    if !removed {
        return Ok(());
    }
    match disk.remove_folder(&files) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        removed => or_missing(removed),
    }
}

pub(super) fn open(
    disk: &dyn Disk,
    folder: &Path,
    code: &BackupCode,
) -> Result<(KitContents, KitFileContents), KitError> {
    let read = |name: &str, limit: usize| {
        let read = disk.read(&folder.join(name), limit as u64);
        read.map_err(KitError::Disk)
    };
    let identity = read(IDENTITY_FILE, kit::IDENTITY_LIMIT)?;
    let wallet = read(WALLET_FILE, kit::WALLET_LIMIT)?;
    let identity = Identity::unlock(&identity, code)?;
    let contents = identity.open(&wallet)?;
    let files = read_files(disk, folder, &identity, &contents.items);
    Ok((contents, files))
}

/// Removes a kit's own files, and its folder if that is empty then. Missing files are no error.
pub(super) fn remove_files(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    // The identity first: without it nobody can open the rest.
    for name in [IDENTITY_FILE, WALLET_FILE, README_FILE] {
        for name in [name, &format!("{name}.new")] {
            or_missing(disk.remove(&folder.join(name)))?;
        }
    }
    remove_other_files(disk, folder, &|_| false)?;
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
