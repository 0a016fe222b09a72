//! The atomic store: one wallet file, replaced whole or not at all, and its earlier generations.
//!
//! Beside `NAME.wallet` there are `NAME.wallet.1` (the one before) to `.3`, `NAME.wallet.lock`, and while a
//! commit runs `NAME.wallet.new` (what will be) and `NAME.wallet.keep` (what will be `.1`). From the first
//! commit on, `NAME.wallet` is there at every instant.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::disk::{Disk, Held};
use crate::{FILE_LIMIT, FormatError, Sealed, WalletId};

/// How many earlier generations are kept.
pub const GENERATIONS: u32 = 3;

const EXTENSION: &str = "wallet";
const NEW: &str = "new";
const KEEP: &str = "keep";
const LOCK: &str = "lock";
const REPLACED: &str = "replaced";

/// Why no wallet was read.
#[derive(Debug, Error)]
pub enum LoadError {
    /// There is no such file.
    #[error("there is no wallet file")]
    Missing,
    /// The disk did not give it.
    #[error("the wallet file cannot be read")]
    Io(#[source] io::Error),
    /// It is no wallet file of this version.
    #[error(transparent)]
    Format(#[from] FormatError),
}

/// The disk refused an operation on the wallets' folder.
#[derive(Debug, Error)]
#[error("the wallets' folder cannot be read or written")]
pub struct FolderError(#[from] pub io::Error);

/// Why a commit was not completed. The type tells whether the file was replaced.
#[derive(Debug, Error)]
pub enum CommitError {
    /// The file was not replaced: it is whole and as it was before.
    #[error(transparent)]
    NotReplaced(#[from] NotReplaced),
    /// The file was replaced, but the new one is not verified.
    #[error(transparent)]
    NotVerified(#[from] NotVerified),
}

/// Why the file was not replaced. It is as it was before, and a retry works once the cause is gone.
#[derive(Debug, Error)]
pub enum NotReplaced {
    /// The new file would exceed [`FILE_LIMIT`]. Nothing was written.
    #[error("the wallet would be larger than a wallet can be")]
    TooLarge,
    /// The disk refused an operation before the rename.
    #[error("the wallet file cannot be written")]
    Io(#[source] io::Error),
    /// The temporary file did not read back as it was written.
    #[error("the disk did not keep the new wallet file")]
    NotKept,
}

/// The new file is in place, but the disk did not confirm that it is durable and intact. Loading it
/// tells which of the two files is there.
#[derive(Debug, Error)]
#[error("the disk did not confirm the new wallet file")]
pub struct NotVerified(#[source] pub io::Error);

/// Where a wallet's file is within its folder.
pub fn path(folder: &Path, wallet: WalletId) -> PathBuf {
    folder
        .join(wallet.to_string())
        .with_added_extension(EXTENSION)
}

/// Where the generation so many commits back is, 1 to [`GENERATIONS`].
pub fn generation(path: &Path, back: u32) -> PathBuf {
    path.with_added_extension(back.to_string())
}

/// Reads a wallet file, which is at most 16 MiB.
pub fn load(disk: &dyn Disk, path: &Path) -> Result<Sealed, LoadError> {
    let bytes = disk
        .read(path, FILE_LIMIT)
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => LoadError::Missing,
            io::ErrorKind::FileTooLarge => LoadError::Format(FormatError::TooLarge),
            _ => LoadError::Io(error),
        })?;
    Ok(Sealed::parse(bytes)?)
}

/// Replaces the wallet file, keeping the present one as the first generation. Needs the
/// [`WalletLock`].
///
/// # Errors
/// [`NotReplaced`] leaves the present file whole and as it was; [`NotVerified`] means that the new
/// one is in its place. A retry works in both cases once the cause is gone.
pub fn commit(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), CommitError> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(NotReplaced::TooLarge.into());
    }
    if let Err(error) = replace(disk, path, bytes) {
        // Its place is needed on a full disk. What cannot be removed now is removed by the next commit.
        let _ = clear_temporaries(disk, path);
        return Err(match error {
            // A rename can be reported as failed and have happened.
            NotReplaced::Io(error) if holds(disk, path, bytes) => NotVerified(error).into(),
            error => error.into(),
        });
    }
    disk.sync_folder(folder(path)).map_err(NotVerified)?;
    let kept = disk.read(path, FILE_LIMIT).map_err(NotVerified)?;
    if kept == bytes {
        Ok(())
    } else {
        Err(NotVerified(io::ErrorKind::InvalidData.into()).into())
    }
}

/// Everything up to and including the rename.
fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), NotReplaced> {
    let new = write_beside(disk, path, bytes)?;
    let replace = || {
        if disk.exists(path)? {
            keep_present(disk, path)?;
        }
        disk.rename(&new, path)
    };
    replace().map_err(NotReplaced::Io)
}

fn holds(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> bool {
    disk.read(path, FILE_LIMIT).is_ok_and(|kept| kept == bytes)
}

/// Writes the new file next to the present one, and reads it back before anything depends on it.
fn write_beside(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<PathBuf, NotReplaced> {
    let new = path.with_added_extension(NEW);
    let write = || {
        clear_temporaries(disk, path)?;
        disk.write_new(&new, bytes)?;
        disk.read(&new, FILE_LIMIT)
    };
    if write().map_err(NotReplaced::Io)? == bytes {
        Ok(new)
    } else {
        Err(NotReplaced::NotKept)
    }
}

/// Makes the present file the first generation, without taking it away from its place.
fn keep_present(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let first = generation(path, 1);
    // A commit that failed at its last step has kept it already; twice would push an older one out.
    if disk.exists(&first)? && same(disk, path, &first) {
        return Ok(());
    }
    let keep = path.with_added_extension(KEEP);
    if disk.link(path, &keep).is_err() {
        // No second names here, as on a memory stick.
        disk.write_new(&keep, &disk.read(path, FILE_LIMIT)?)?;
    }
    // Moved up only as far as the first free place: none is pushed out without need.
    let mut free = 1;
    while free < GENERATIONS && disk.exists(&generation(path, free))? {
        free += 1;
    }
    for back in (1..free).rev() {
        disk.rename(&generation(path, back), &generation(path, back + 1))?;
    }
    disk.rename(&keep, &first)
}

fn same(disk: &dyn Disk, one: &Path, other: &Path) -> bool {
    match (disk.read(one, FILE_LIMIT), disk.read(other, FILE_LIMIT)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Moves a wallet out of its place without losing it: the file becomes `NAME.wallet.replaced` (or
/// `-2` and so on), which nothing reads as a wallet and nothing removes. Needs the [`WalletLock`].
/// Returns its new path.
pub fn set_aside(disk: &dyn Disk, path: &Path) -> Result<PathBuf, FolderError> {
    let (aside, _) = free_aside(disk, path)?;
    disk.rename(path, &aside)?;
    disk.sync_folder(folder(path))?;
    Ok(aside)
}

/// Copies a wallet to `NAME.wallet.replaced` as [`set_aside`] does, and leaves the file in its place
/// until another replaces it. A copy of the same bytes that is there already is reused, so that a
/// retry adds none.
pub fn keep_aside(disk: &dyn Disk, path: &Path) -> Result<PathBuf, FolderError> {
    let (aside, last) = free_aside(disk, path)?;
    if let Some(last) = last
        && same(disk, path, &last)
    {
        return Ok(last);
    }
    if disk.link(path, &aside).is_err() {
        disk.write_new(&aside, &disk.read(path, FILE_LIMIT)?)?;
    }
    disk.sync_folder(folder(path))?;
    Ok(aside)
}

/// The first free name, and the last one that is taken.
fn free_aside(disk: &dyn Disk, path: &Path) -> io::Result<(PathBuf, Option<PathBuf>)> {
    let mut aside = path.with_added_extension(REPLACED);
    let mut last = None;
    let mut number = 2;
    while disk.exists(&aside)? {
        let next = path.with_added_extension(format!("{REPLACED}-{number}"));
        last = Some(std::mem::replace(&mut aside, next));
        number += 1;
    }
    Ok((aside, last))
}

/// Removes the earlier generations, and what a crash left: the old password opens them all. For after a
/// commit that changed the wallet key, once its file has been opened. Needs the [`WalletLock`].
pub fn forget_generations(disk: &dyn Disk, path: &Path) -> Result<(), FolderError> {
    clear_temporaries(disk, path)?;
    for back in (1..=GENERATIONS).rev() {
        remove_if_there(disk, &generation(path, back))?;
    }
    disk.sync_folder(folder(path))?;
    Ok(())
}

fn clear_temporaries(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    for name in [NEW, KEEP] {
        remove_if_there(disk, &path.with_added_extension(name))?;
    }
    Ok(())
}

fn remove_if_there(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The folder that a file is in.
pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A wallet file in a folder.
#[derive(Debug)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// What it is, or why it cannot be told.
    pub sealed: Result<Sealed, LoadError>,
}

/// The wallet files of a folder, by name; none where there is no such folder. Earlier generations and
/// temporary files are not among them.
pub fn find(disk: &dyn Disk, folder: &Path) -> Result<Vec<Found>, FolderError> {
    let mut paths = match disk.list(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        listed => listed?,
    };
    paths.retain(|path| path.extension() == Some(OsStr::new(EXTENSION)));
    paths.sort();
    let found = paths.into_iter().map(|path| {
        let sealed = load(disk, &path);
        Found { path, sealed }
    });
    Ok(found.collect())
}

/// The right to write one wallet, held until this is dropped or the process ends.
///
/// The lock is on a file of its own, `NAME.wallet.lock`, which is never renamed or removed: a lock on the
/// wallet file would stay with the old one at every commit.
pub struct WalletLock(
    #[expect(dead_code, reason = "dropping it gives the lock back")] Box<dyn Held>,
);

/// Why a wallet was not locked.
#[derive(Debug, Error)]
pub enum LockError {
    /// Another process, or another part of this one, has it.
    #[error("the wallet is in use by another program")]
    Busy,
    /// The lock file cannot be made or locked.
    #[error("the wallet cannot be locked")]
    Io(#[source] io::Error),
}

impl WalletLock {
    /// Takes the lock for the wallet file at `path`, or says at once that another has it.
    pub fn acquire(disk: &dyn Disk, path: &Path) -> Result<Self, LockError> {
        match disk.lock(&path.with_added_extension(LOCK)) {
            Ok(held) => Ok(Self(held)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(LockError::Busy),
            Err(error) => Err(LockError::Io(error)),
        }
    }
}
