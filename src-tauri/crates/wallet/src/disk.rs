//! The port to the file system and its real implementation.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The file system operations of the atomic store. Errors keep their [`io::ErrorKind`], which
/// distinguishes a full disk from a read-only one.
pub trait Disk: Send + Sync {
    /// Reads a whole regular file of at most `limit` bytes. Fails with
    /// [`io::ErrorKind::FileTooLarge`] without reading anything if the file is larger.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Creates a file with these bytes and makes it durable. Fails with
    /// [`io::ErrorKind::AlreadyExists`] if it exists. Only the user may read it, where the file
    /// system has permissions. After a failure a partial file may remain.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Adds a second name to a file. Fails if the file system does not support this or the name is
    /// taken.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames a file within its folder and atomically replaces any file with the new name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes renames and removals in a folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Creates a folder in an existing one. Only the user may open it, where the file system has
    /// permissions. Fails with [`io::ErrorKind::AlreadyExists`] if the name is taken.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Lists the entries of a folder in no particular order.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// Returns whether the path exists.
    fn exists(&self, path: &Path) -> io::Result<bool>;

    /// Takes the exclusive lock on a file, which is created if it does not exist. The lock is
    /// released when the returned value is dropped or the process ends. Fails with
    /// [`io::ErrorKind::WouldBlock`] if it is held elsewhere.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>>;

    /// The same for a file that exists, which needs no right to write it. Fails with
    /// [`io::ErrorKind::NotFound`] if it does not exist.
    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>>;
}

/// Atomically creates or replaces a file and reads it back. The old file stays intact until the new
/// one is complete.
///
/// The new bytes are first written to `NAME.new`. After an error the old file is in place
/// unchanged, unless the last step failed, the sync of the folder; reading the file tells.
///
/// # Errors
/// Returns the error of the disk, or [`io::ErrorKind::InvalidData`] if reading does not return the
/// bytes that were written.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_added_extension("new");
    if disk.exists(&new)? {
        disk.remove(&new)?;
    }
    let limit = bytes.len() as u64;
    let replaced = disk.write_new(&new, bytes).and_then(|()| {
        if disk.read(&new, limit)? != bytes {
            return Err(io::ErrorKind::InvalidData.into());
        }
        disk.rename(&new, path)
    });
    if replaced.is_err() {
        // Frees the space, which a full disk needs.
        let _ = disk.remove(&new);
    }
    replaced?;
    disk.sync_folder(parent(path))
}

/// Returns the folder that contains a file.
pub fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a read failed because the medium does not give the bytes, as bad sectors do. It is none
/// of the kinds of [`io::ErrorKind`]: EIO, or what Windows calls a data error.
pub fn is_unreadable(error: &io::Error) -> bool {
    let codes: &[i32] = match cfg!(windows) {
        // ERROR_CRC, ERROR_SECTOR_NOT_FOUND, ERROR_READ_FAULT, ERROR_IO_DEVICE, ERROR_FILE_CORRUPT,
        // ERROR_DISK_CORRUPT.
        true => &[23, 27, 30, 1117, 1392, 1393],
        false => &[5],
    };
    error.raw_os_error().is_some_and(|it| codes.contains(&it))
}

/// A lock that is released on drop.
pub trait Held: Send + Sync {}

/// The file system of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // Checked first because opening a named pipe would block until its other end is opened.
        if !fs::metadata(path)?.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a regular file",
            ));
        }
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        if size > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(usize::try_from(size).map_err(|_| io::ErrorKind::FileTooLarge)?)?;
        // The file can grow after its size is determined.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = private().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        // F_FULLFSYNC on macOS, where a plain fsync only reaches the drive's cache.
        file.sync_all()
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    #[cfg(not(windows))]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Calls `MoveFileEx` with write-through, since folders cannot be synced on Windows.
    #[cfg(windows)]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        atomicwrites::replace_atomic(from, to)
    }

    #[cfg(not(windows))]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        or_not_offered(File::open(folder)?.sync_all())
    }

    /// Does nothing: each rename was written through. A power loss may undo a removal.
    #[cfg(windows)]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect()
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        path.try_exists()
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        let file = private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        LockedFile::of(file)
    }

    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        LockedFile::of(File::open(path)?)
    }
}

/// Takes the answer of a file system that cannot sync folders (fsync(2): `EINVAL`, `ENOTSUP`), as
/// some network drives, for a success. Nothing more can be done there, and a failure would leave
/// every save, and each redemption, unconfirmed forever.
#[cfg(not(windows))]
fn or_not_offered(synced: io::Result<()>) -> io::Result<()> {
    /// `ENOTSUP` of macOS, which has no kind of its own.
    const NOT_SUPPORTED: i32 = 45;
    match synced {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) || (cfg!(target_os = "macos") && error.raw_os_error() == Some(NOT_SUPPORTED)) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

/// A locked file, unlocked when dropped. Closing it would not do: a child that is just being
/// started has the same file for a moment, and with it the lock (flock(2)).
struct LockedFile(File);

impl LockedFile {
    fn of(file: File) -> io::Result<Box<dyn Held>> {
        match file.try_lock() {
            Ok(()) => Ok(Box::new(Self(file))),
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Held for LockedFile {}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // What is not unlocked now is when the file is closed.
        let _ = self.0.unlock();
    }
}

/// Returns options that make a new file private to the user. On Windows it inherits the access
/// control list of the folder.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(all(test, not(windows)))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_lock_ends_although_a_child_has_its_file_a_moment_longer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let file = File::create(&path).unwrap();
        let of_a_child = file.try_clone().unwrap();
        let held = LockedFile::of(file).unwrap();
        assert!(RealDisk.lock(&path).is_err());
        drop(held);
        assert!(RealDisk.lock(&path).is_ok());
        drop(of_a_child);
    }

    #[test]
    fn only_a_file_system_that_cannot_sync_folders_is_excused() {
        let answered = |kind: io::ErrorKind| or_not_offered(Err(kind.into())).is_ok();
        assert!(answered(io::ErrorKind::InvalidInput));
        assert!(answered(io::ErrorKind::Unsupported));
        assert!(!answered(io::ErrorKind::PermissionDenied));
        assert!(!answered(io::ErrorKind::StorageFull));
        assert!(!answered(io::ErrorKind::Other));
    }
}
