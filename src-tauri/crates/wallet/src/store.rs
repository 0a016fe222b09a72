//! The atomic store: one wallet file, replaced whole or not at all, and its earlier generations.
//!
//! Besides `NAME.wallet` there are `NAME.wallet.1` (the previous generation) to `.3`,
//! `NAME.wallet.lock`, and during a commit `NAME.wallet.new` (the next file) and `NAME.wallet.keep`
//! (the next `.1`). From the first commit on, `NAME.wallet` exists at every instant. What is kept
//! aside is `NAME.wallet.replaced`, `.moved`, `.damaged` or `.refused` (then `-2` and so on).

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::disk::{Disk, Held, is_unreadable, parent};
use crate::{FILE_LIMIT, FormatError, Sealed, WRITE_LIMIT, WalletId};

/// Number of earlier generations to keep.
pub const GENERATIONS: u32 = 3;

pub(crate) const EXTENSION: &str = "wallet";
const NEW: &str = "new";
const KEEP: &str = "keep";
const LOCK: &str = "lock";
const REPLACED: &str = "replaced";
const MOVED: &str = "moved";
const DAMAGED: &str = "damaged";
pub(crate) const REFUSED: &str = "refused";

/// How a file is kept aside whose place a copy takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// As `NAME.wallet.damaged`, which is never read as a wallet.
    Damaged,
    /// As `NAME.wallet.refused`: it can be read, and did not open. It is a copy like others.
    Refused,
}

/// Reasons why a wallet could not be read.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The file does not exist.
    #[error("there is no wallet file")]
    Missing,
    /// The disk could not read the file.
    #[error("the wallet file cannot be read")]
    Io(#[source] io::Error),
    /// The file is not a wallet file of this version.
    #[error(transparent)]
    Format(#[from] FormatError),
}

/// The disk failed to read or write the folder of the wallets.
#[derive(Debug, Error)]
#[error("the folder of the wallets cannot be read or written")]
pub struct FolderError(#[from] pub io::Error);

/// Reasons why a commit did not complete. The type tells whether the file was replaced.
#[derive(Debug, Error)]
pub enum CommitError {
    /// The file was not replaced and is unchanged.
    #[error(transparent)]
    NotReplaced(#[from] NotReplaced),
    /// The file was replaced, but the new one is not verified.
    #[error(transparent)]
    NotVerified(#[from] NotVerified),
}

/// Reasons why the file was not replaced. It is unchanged, and a retry works once the cause is
/// gone.
#[derive(Debug, Error)]
pub enum NotReplaced {
    /// The new file would exceed [`WRITE_LIMIT`]. Nothing was written.
    #[error("the wallet file would be too large")]
    TooLarge,
    /// A disk operation before the rename failed.
    #[error("the wallet file cannot be written")]
    Io(#[source] io::Error),
    /// The temporary file did not read back as written.
    #[error("the disk did not keep the new wallet file")]
    NotKept,
}

/// The new file is in place, but the disk did not confirm that it is durable and intact; or the
/// rename was reported as failed, and the disk did not tell whether it took place. Loading tells
/// which of the two files is there.
#[derive(Debug, Error)]
#[error("the disk did not confirm the new wallet file")]
pub struct NotVerified {
    /// The error of the disk.
    #[source]
    pub error: io::Error,
    /// Whether the rename is known to have taken place.
    pub renamed: bool,
}

impl NotVerified {
    fn after_the_rename(error: io::Error) -> Self {
        Self {
            error,
            renamed: true,
        }
    }
}

/// Returns the path of a wallet's file in a folder.
pub fn path(folder: &Path, wallet: WalletId) -> PathBuf {
    folder
        .join(wallet.to_string())
        .with_added_extension(EXTENSION)
}

/// Returns the path of an earlier generation; `back` is 1 to [`GENERATIONS`].
pub fn generation(path: &Path, back: u32) -> PathBuf {
    path.with_added_extension(back.to_string())
}

/// Reads a wallet file of at most [`FILE_LIMIT`].
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

/// Replaces the wallet file and keeps the current one as the first generation. Requires the
/// [`WalletLock`].
///
/// # Errors
/// [`NotReplaced`] leaves the current file unchanged; after [`NotVerified`] the new one is in
/// place, or may be. A retry works in both cases once the cause is gone.
pub fn commit(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), CommitError> {
    replace(disk, path, bytes, keep_current)
}

/// Puts a copy of the wallet in the place of its file, which is missing, damaged, or did not open.
/// A file that is there is kept aside (then `-2` and so on) and never removed. Generations stay as
/// they are. Requires the [`WalletLock`].
///
/// # Errors
/// Those of [`commit`].
pub fn put_back(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    aside: Aside,
) -> Result<(), CommitError> {
    replace(disk, path, bytes, |disk, path| match aside {
        Aside::Damaged => keep_damaged(disk, path),
        Aside::Refused => keep_refused(disk, path),
    })
}

/// Replaces the wallet file after `keep` has kept the one that is there.
fn replace(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    keep: impl Fn(&dyn Disk, &Path) -> io::Result<()>,
) -> Result<(), CommitError> {
    if bytes.len() as u64 > WRITE_LIMIT {
        return Err(NotReplaced::TooLarge.into());
    }
    let replaced = prepare(disk, path, bytes, keep)
        .map_err(CommitError::from)
        .and_then(|new| put_in_place(disk, &new, path, bytes));
    if let Err(error) = replaced {
        // Frees the space, which a full disk needs. The next commit retries the removal.
        let _ = clear_temporaries(disk, path);
        return Err(error);
    }
    make_durable(disk, path)?;
    let kept = disk
        .read(path, FILE_LIMIT)
        .map_err(NotVerified::after_the_rename)?;
    if kept == bytes {
        Ok(())
    } else {
        Err(NotVerified::after_the_rename(io::ErrorKind::InvalidData.into()).into())
    }
}

/// Makes the rename of a commit durable. A retry of something that ended as [`NotVerified`] calls
/// it when it finds the new file in place.
pub fn make_durable(disk: &dyn Disk, path: &Path) -> Result<(), NotVerified> {
    disk.sync_folder(parent(path))
        .map_err(NotVerified::after_the_rename)
}

/// Performs all steps before the rename. Returns the new file's temporary path.
fn prepare(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    keep: impl Fn(&dyn Disk, &Path) -> io::Result<()>,
) -> Result<PathBuf, NotReplaced> {
    let new = write_temporary(disk, path, bytes)?;
    let keep = || match disk.exists(path)? {
        true => keep(disk, path),
        false => Ok(()),
    };
    keep().map_err(NotReplaced::Io)?;
    Ok(new)
}

/// Performs the rename. It can succeed and still be reported as failed, so its error counts as "not
/// replaced" only if the file is missing, or can be read and is another one.
fn put_in_place(disk: &dyn Disk, new: &Path, path: &Path, bytes: &[u8]) -> Result<(), CommitError> {
    let Err(error) = disk.rename(new, path) else {
        return Ok(());
    };
    Err(match disk.read(path, FILE_LIMIT) {
        Ok(kept) if kept == bytes => NotVerified::after_the_rename(error).into(),
        Ok(_) => NotReplaced::Io(error).into(),
        Err(unread) if unread.kind() == io::ErrorKind::NotFound => NotReplaced::Io(error).into(),
        Err(_) => NotVerified {
            error,
            renamed: false,
        }
        .into(),
    })
}

/// Writes the new file under a temporary name and reads it back before anything depends on it.
fn write_temporary(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<PathBuf, NotReplaced> {
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

/// Makes the current file the first generation while it stays in place.
fn keep_current(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let first = generation(path, 1);
    // A commit that failed at its last step has already kept it. A second copy would displace an
    // older generation.
    if disk.exists(&first)? && have_equal_bytes(disk, path, &first) {
        return Ok(());
    }
    let keep = path.with_added_extension(KEEP);
    if disk.link(path, &keep).is_err() {
        // The file system has no hard links, as on most memory sticks.
        disk.write_new(&keep, &disk.read(path, FILE_LIMIT)?)?;
    }
    // Generations move up only to the first free slot, so none is displaced unnecessarily.
    let mut free = 1;
    while free < GENERATIONS && disk.exists(&generation(path, free))? {
        free += 1;
    }
    for back in (1..free).rev() {
        disk.rename(&generation(path, back), &generation(path, back + 1))?;
    }
    disk.rename(&keep, &first)
}

fn have_equal_bytes(disk: &dyn Disk, one: &Path, other: &Path) -> bool {
    match (disk.read(one, FILE_LIMIT), disk.read(other, FILE_LIMIT)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Moves a wallet out of its place without losing it: the file becomes `NAME.wallet.moved` (or
/// `-2` and so on), which is never read as a wallet, and removed only when the wallet is deleted.
/// Requires the [`WalletLock`]. Returns the new path.
pub fn set_aside(disk: &dyn Disk, path: &Path) -> Result<PathBuf, FolderError> {
    Ok(move_aside(disk, path, MOVED)?)
}

/// Copies a wallet to `NAME.wallet.replaced` like [`set_aside`], and leaves the file in place until
/// another replaces it. An existing copy with the same bytes is reused, so a retry adds none.
pub fn keep_aside(disk: &dyn Disk, path: &Path) -> Result<PathBuf, FolderError> {
    Ok(copy_aside(disk, path, REPLACED)?)
}

/// Keeps a damaged file aside. One that is too large to be copied, on a file system without hard
/// links, is moved.
fn keep_damaged(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match copy_aside(disk, path, DAMAGED) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            move_aside(disk, path, DAMAGED)?;
        }
        copied => {
            copied?;
        }
    }
    Ok(())
}

/// Keeps a file aside that can be a copy one day. One that cannot be read, on a file system without
/// hard links, is moved.
fn keep_refused(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let kept = match copy_aside(disk, path, REFUSED) {
        Err(error) if is_unreadable(&error) => move_aside(disk, path, REFUSED),
        copied => copied,
    };
    kept.map(drop)
}

fn move_aside(disk: &dyn Disk, path: &Path, label: &str) -> io::Result<PathBuf> {
    let (aside, _) = free_aside(disk, path, label)?;
    disk.rename(path, &aside)?;
    disk.sync_folder(parent(path))?;
    Ok(aside)
}

fn copy_aside(disk: &dyn Disk, path: &Path, label: &str) -> io::Result<PathBuf> {
    let (aside, last) = free_aside(disk, path, label)?;
    if let Some(last) = last
        && have_equal_bytes(disk, path, &last)
    {
        return Ok(last);
    }
    if disk.link(path, &aside).is_err() {
        disk.write_new(&aside, &disk.read(path, FILE_LIMIT)?)?;
    }
    disk.sync_folder(parent(path))?;
    Ok(aside)
}

/// Returns the first free name and the last one that is taken.
fn free_aside(disk: &dyn Disk, path: &Path, label: &str) -> io::Result<(PathBuf, Option<PathBuf>)> {
    let mut taken = taken_aside(disk, path, label)?;
    Ok((aside(path, label, taken.len() + 1), taken.pop()))
}

/// Returns the names that are taken, in order.
fn taken_aside(disk: &dyn Disk, path: &Path, label: &str) -> io::Result<Vec<PathBuf>> {
    let mut taken = Vec::new();
    loop {
        let next = aside(path, label, taken.len() + 1);
        if !disk.exists(&next)? {
            return Ok(taken);
        }
        taken.push(next);
    }
}

fn aside(path: &Path, label: &str, number: usize) -> PathBuf {
    match number {
        1 => path.with_added_extension(label),
        _ => path.with_added_extension(format!("{label}-{number}")),
    }
}

/// Removes the earlier generations, which the old password opens, and leftovers of a crash. To be
/// called after a commit that changed the wallet key, once the new file has been opened. Requires
/// the [`WalletLock`].
pub fn forget_generations(disk: &dyn Disk, path: &Path) -> Result<(), FolderError> {
    clear_temporaries(disk, path)?;
    for back in (1..=GENERATIONS).rev() {
        remove_if_present(disk, &generation(path, back))?;
    }
    disk.sync_folder(parent(path))?;
    Ok(())
}

/// Lists every file beside a wallet's own that has its name and an ending: generations, leftovers
/// of a crash, and what was set aside. The lock's file is not one of them.
pub fn kept(disk: &dyn Disk, path: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let lock = path.with_added_extension(LOCK);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let begins = format!("{name}.");
    let mut kept = disk.list(parent(path))?;
    kept.retain(|other| {
        let name = other.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&begins) && *other != lock
    });
    Ok(kept)
}

/// Removes a wallet's own file, or one that is kept beside it. Requires the [`WalletLock`].
pub fn remove(disk: &dyn Disk, path: &Path) -> Result<(), FolderError> {
    Ok(remove_if_present(disk, path)?)
}

/// Makes removals durable.
pub fn sync(disk: &dyn Disk, path: &Path) -> Result<(), FolderError> {
    Ok(disk.sync_folder(parent(path))?)
}

fn clear_temporaries(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    for name in [NEW, KEEP] {
        remove_if_present(disk, &path.with_added_extension(name))?;
    }
    Ok(())
}

fn remove_if_present(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Reads the files that [`set_aside`] moved out of this path.
pub fn moved(disk: &dyn Disk, path: &Path) -> Result<Vec<Result<Sealed, LoadError>>, FolderError> {
    let taken = taken_aside(disk, path, MOVED)?;
    Ok(taken.iter().map(|aside| load(disk, aside)).collect())
}

/// The right to write one wallet, released on drop or at the end of the process.
///
/// The lock is taken on a separate file, `NAME.wallet.lock`, which is never renamed or removed. A
/// lock on the wallet file itself would stay with the old file at every commit.
pub struct WalletLock(#[expect(dead_code, reason = "dropping it releases the lock")] Box<dyn Held>);

/// Reasons why a wallet could not be locked.
#[derive(Debug, Error)]
pub enum LockError {
    /// The lock is held by another process or elsewhere in this one.
    #[error("the wallet is in use by another program")]
    Busy,
    /// The disk or the folder may not be written.
    #[error("the folder of the wallets cannot be written")]
    ReadOnly(#[source] io::Error),
    /// The lock file could not be created or locked.
    #[error("the wallet cannot be locked")]
    Io(#[source] io::Error),
}

impl WalletLock {
    /// Takes the lock for the wallet file at `path`. Fails immediately if it is held elsewhere.
    pub fn acquire(disk: &dyn Disk, path: &Path) -> Result<Self, LockError> {
        match disk.lock(&path.with_added_extension(LOCK)) {
            Ok(held) => Ok(Self(held)),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the lock, or the right to read only where the disk or the folder may not be written.
    /// Fails immediately if the lock is held elsewhere, or if that cannot be told.
    pub fn acquire_or_read(disk: &dyn Disk, path: &Path) -> Result<Access, LockError> {
        let refused = match Self::acquire(disk, path) {
            Err(LockError::ReadOnly(error)) => error,
            acquired => return acquired.map(Access::Write),
        };
        match disk.lock_existing(&path.with_added_extension(LOCK)) {
            Ok(held) => Ok(Access::Read(Some(Self(held)))),
            // Whoever holds the lock holds it on that file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Access::Read(None)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(LockError::Busy),
            Err(_) => Err(LockError::ReadOnly(refused)),
        }
    }
}

impl From<io::Error> for LockError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock => Self::Busy,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                Self::ReadOnly(error)
            }
            _ => Self::Io(error),
        }
    }
}

/// What the holder may do with a wallet.
pub enum Access {
    /// Read and write it.
    Write(WalletLock),
    /// Read it. The lock is held where there is a file to hold it on.
    Read(Option<WalletLock>),
}
