//! The port to the file system, and the real one behind it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::store;

/// What the atomic store needs of a file system. Errors keep their [`io::ErrorKind`], which is what tells a
/// full disk from a read-only one.
pub trait Disk: Send + Sync {
    /// The whole of a regular file of at most `limit` bytes; [`io::ErrorKind::FileTooLarge`] for a larger
    /// one, of which nothing is read.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// A new file with these bytes, durable once this returns. [`io::ErrorKind::AlreadyExists`] where there
    /// is one. Only the user may read it, where the file system knows users. A failure can leave a part.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// A second name for a file. An error where the file system has none or the name is taken.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames a file within its folder, replacing what bears the new name in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes what was renamed and removed in a folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// A new folder in one that is there, which only the user may open, where the file system knows users.
    /// [`io::ErrorKind::AlreadyExists`] where something bears the name.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a folder that has nothing in it.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// What a folder has in it, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// Whether something bears this name.
    fn exists(&self, path: &Path) -> io::Result<bool>;

    /// Takes the exclusive lock on a file, which is made where there is none, until what is returned is
    /// dropped or the process ends. [`io::ErrorKind::WouldBlock`] while another holds it.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>>;
}

/// Replaces a file in one step, or makes it, and reads it back: what stood there is whole until the new one is.
///
/// The new bytes lie beside it as `NAME.new` for a moment. After an error other than the last ones, of which loading tells,
/// what stood there is as it was.
///
/// # Errors
/// Whatever the disk says; [`io::ErrorKind::InvalidData`] where it does not give back what was written.
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
        // Its place is needed on a full disk.
        let _ = disk.remove(&new);
    }
    replaced?;
    disk.sync_folder(store::folder(path))
}

/// A lock that is held until this is dropped.
pub trait Held: Send + Sync {}

/// The operating system's file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // Before opening: opening a named pipe would wait for its other end.
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
        // It can grow between being measured and being read.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = private().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        // F_FULLFSYNC on macOS, where fsync alone stops at the drive's cache.
        file.sync_all()
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    #[cfg(not(windows))]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// `MoveFileEx` with write-through: Windows has no folder to `fsync` afterwards.
    #[cfg(windows)]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        atomicwrites::replace_atomic(from, to)
    }

    #[cfg(not(windows))]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Each rename was written through, and a removal that is lost does no harm.
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
        match file.try_lock() {
            Ok(()) => Ok(Box::new(LockedFile(file))),
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// A file that is locked until it is closed, by the process or by its end.
struct LockedFile(#[expect(dead_code, reason = "closing it is what gives the lock back")] File);

impl Held for LockedFile {}

/// Options under which a new file is the user's alone. On Windows it inherits the folder's access list.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
