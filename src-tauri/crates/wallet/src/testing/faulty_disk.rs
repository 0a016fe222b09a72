//! A disk that fails on demand, over any other.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Disk, Held};

/// How a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The operation of this number, counted from 0 since the fault was set, fails; later ones work.
    At(usize),
    /// The operation of this number, counted from 0, and all later ones fail: as a crash, or a vanished disk.
    From(usize),
    /// The operation of this number, counted from 0 since the fault was set, is done and then reported
    /// as failed.
    Reported(usize),
    /// The disk takes this many bytes more. A write that reaches them leaves its part, as a real one does.
    FullAfter(u64),
    /// What is written is not what is kept: the last byte is another.
    Garbling,
    /// Nothing can be written, renamed, removed or locked.
    ReadOnly,
}

/// A disk that fails on demand, over any other. Clones share the fault and the count.
#[derive(Clone)]
pub struct FaultyDisk<D> {
    disk: D,
    trouble: Arc<Mutex<Trouble>>,
}

#[derive(Default)]
struct Trouble {
    fault: Option<Fault>,
    operations: usize,
}

/// What an operation does to the disk.
#[derive(PartialEq, Eq)]
enum Access {
    Reads,
    Writes,
}

impl<D: Disk> FaultyDisk<D> {
    /// A disk that works until a fault is set.
    pub fn new(disk: D) -> Self {
        Self {
            disk,
            trouble: Arc::default(),
        }
    }

    /// Sets or clears the fault and starts counting again.
    pub fn set(&self, fault: Option<Fault>) {
        *self.trouble() = Trouble {
            fault,
            operations: 0,
        };
    }

    /// Operations since the fault was set or cleared.
    pub fn operations(&self) -> usize {
        self.trouble().operations
    }

    /// The disk underneath, which never fails.
    pub fn inner(&self) -> &D {
        &self.disk
    }

    fn trouble(&self) -> MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does an operation that the fault lets pass, or reports it as failed once it is done.
    fn perform<T>(
        &self,
        access: Access,
        operation: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let number = self.operations();
        self.pass(access)?;
        let done = operation()?;
        match self.trouble().fault {
            Some(Fault::Reported(at)) if at == number => {
                Err(io::Error::other("reported as failed"))
            }
            _ => Ok(done),
        }
    }

    fn pass(&self, access: Access) -> io::Result<()> {
        let mut trouble = self.trouble();
        let number = trouble.operations;
        trouble.operations += 1;
        match trouble.fault {
            Some(Fault::At(at)) if number == at => Err(io::Error::other("a fault was set here")),
            Some(Fault::From(from)) if number >= from => Err(io::Error::other("the disk is gone")),
            Some(Fault::ReadOnly) if access == Access::Writes => {
                Err(io::ErrorKind::ReadOnlyFilesystem.into())
            }
            _ => Ok(()),
        }
    }
}

impl<D: Disk> Disk for FaultyDisk<D> {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.pass(Access::Reads)?;
        self.disk.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let passed = self.pass(Access::Writes);
        if let Some(Fault::At(_) | Fault::From(_)) = self.trouble().fault
            && let Err(error) = passed
        {
            // A write that is cut short leaves its part behind.
            self.disk.write_new(path, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        passed?;
        if self.trouble().fault == Some(Fault::Garbling) {
            let mut garbled = bytes.to_vec();
            if let Some(last) = garbled.last_mut() {
                *last ^= 1;
            }
            return self.disk.write_new(path, &garbled);
        }
        let room = match &mut self.trouble().fault {
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
        self.perform(Access::Writes, || self.disk.link(from, to))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.perform(Access::Writes, || self.disk.rename(from, to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Access::Reads, || self.disk.sync_folder(folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.perform(Access::Writes, || self.disk.remove(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Access::Writes, || self.disk.make_folder(folder))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Access::Writes, || self.disk.remove_folder(folder))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.pass(Access::Reads)?;
        self.disk.list(folder)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.pass(Access::Reads)?;
        self.disk.exists(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.pass(Access::Writes)?;
        self.disk.lock(path)
    }
}
