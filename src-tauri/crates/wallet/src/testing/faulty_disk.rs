//! A disk that fails on demand.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Disk, Held};

/// A way in which a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Only the operation with this number fails, counted from 0 after the fault was set.
    At(usize),
    /// The operation with this number, counted from 0, and all later ones fail, as after a crash or
    /// the loss of the disk.
    From(usize),
    /// The operation with this number, counted from 0, is performed and then reported as failed.
    Reported(usize),
    /// The same, and all later operations fail: nobody can look whether it took place.
    ReportedThenGone(usize),
    /// The disk has room for this many more bytes. A write that exceeds it leaves a partial file,
    /// as on a real disk.
    FullAfter(u64),
    /// Writing is corrupted: the last byte differs.
    Garbling,
    /// Writing, renaming, removing and locking fail.
    ReadOnly,
    /// Files that end in [`BAD_SECTOR`] cannot be read.
    BadSectors,
}

/// Marks what [`Fault::BadSectors`] makes unreadable.
pub const BAD_SECTOR: &[u8] = b"bad sector";

/// A disk that fails on demand, on top of any other disk. Clones share the fault and the count.
#[derive(Clone)]
pub struct FaultyDisk<D> {
    disk: D,
    state: Arc<Mutex<FaultState>>,
}

#[derive(Default)]
struct FaultState {
    fault: Option<Fault>,
    operations: usize,
    /// What another program does before the operation with this number.
    other: Option<(usize, Box<dyn FnOnce() + Send>)>,
}

/// The kind of access of an operation.
#[derive(PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

impl<D: Disk> FaultyDisk<D> {
    /// Creates a disk that works until a fault is set.
    pub fn new(disk: D) -> Self {
        Self {
            disk,
            state: Arc::default(),
        }
    }

    /// Sets or clears the fault and restarts the count.
    pub fn set(&self, fault: Option<Fault>) {
        *self.state() = FaultState {
            fault,
            ..FaultState::default()
        };
    }

    /// Clears the fault and lets another program do something before the operation with this
    /// number, counted from 0.
    pub fn interrupt(&self, at: usize, other: impl FnOnce() + Send + 'static) {
        *self.state() = FaultState {
            other: Some((at, Box::new(other))),
            ..FaultState::default()
        };
    }

    /// Returns the number of operations since the fault was set or cleared.
    pub fn operations(&self) -> usize {
        self.state().operations
    }

    /// Returns the underlying disk, which never fails.
    pub fn inner(&self) -> &D {
        &self.disk
    }

    fn state(&self) -> MutexGuard<'_, FaultState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Performs an operation unless the fault prevents it, or reports it as failed afterwards.
    fn perform<T>(
        &self,
        access: Access,
        operation: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let number = self.operations();
        self.check(access)?;
        let done = operation()?;
        match self.state().fault {
            Some(Fault::Reported(at) | Fault::ReportedThenGone(at)) if at == number => {
                Err(io::Error::other("reported as failed"))
            }
            _ => Ok(done),
        }
    }

    fn check(&self, access: Access) -> io::Result<()> {
        let mut state = self.state();
        let number = state.operations;
        state.operations += 1;
        if let Some((_, other)) = state.other.take_if(|(at, _)| *at == number) {
            other();
        }
        match state.fault {
            Some(Fault::At(at)) if number == at => Err(io::Error::other("injected fault")),
            Some(Fault::From(from)) if number >= from => Err(io::Error::other("the disk is gone")),
            Some(Fault::ReportedThenGone(at)) if number > at => {
                Err(io::Error::other("the disk is gone"))
            }
            Some(Fault::ReadOnly) if access == Access::Write => {
                Err(io::ErrorKind::ReadOnlyFilesystem.into())
            }
            Some(
                Fault::At(_)
                | Fault::From(_)
                | Fault::Reported(_)
                | Fault::ReportedThenGone(_)
                | Fault::FullAfter(_)
                | Fault::Garbling
                | Fault::ReadOnly
                | Fault::BadSectors,
            )
            | None => Ok(()),
        }
    }
}

impl<D: Disk> Disk for FaultyDisk<D> {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.check(Access::Read)?;
        let bytes = self.disk.read(path, limit)?;
        match self.state().fault {
            // EIO, or ERROR_READ_FAULT.
            Some(Fault::BadSectors) if bytes.ends_with(BAD_SECTOR) => {
                Err(io::Error::from_raw_os_error(if cfg!(windows) {
                    30
                } else {
                    5
                }))
            }
            _ => Ok(bytes),
        }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let checked = self.check(Access::Write);
        if let Some(Fault::At(_) | Fault::From(_) | Fault::ReportedThenGone(_)) = self.state().fault
            && let Err(error) = checked
        {
            // An interrupted write leaves a partial file.
            self.disk.write_new(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        checked?;
        if self.state().fault == Some(Fault::Garbling) {
            let mut garbled = bytes.to_vec();
            if let Some(last) = garbled.last_mut() {
                *last ^= 1;
            }
            return self.disk.write_new(path, &garbled);
        }
        let room = match &mut self.state().fault {
            Some(Fault::FullAfter(room)) => {
                let taken = (*room).min(bytes.len() as u64);
                *room -= taken;
                usize::try_from(taken).unwrap_or(usize::MAX)
            }
            _ => bytes.len(),
        };
        self.disk.write_new(path, &bytes[..room])?;
        if room < bytes.len() {
            Err(io::ErrorKind::StorageFull.into())
        } else {
            Ok(())
        }
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.perform(Access::Write, || self.disk.link(from, to))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.perform(Access::Write, || self.disk.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Access::Read, || self.disk.sync_folder(folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.perform(Access::Write, || self.disk.remove(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Access::Write, || self.disk.make_folder(folder))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Access::Write, || self.disk.remove_folder(folder))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.check(Access::Read)?;
        self.disk.list(folder)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.check(Access::Read)?;
        self.disk.exists(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.check(Access::Write)?;
        self.disk.lock(path)
    }

    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.check(Access::Read)?;
        self.disk.lock_existing(path)
    }
}
