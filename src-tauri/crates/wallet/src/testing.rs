//! Disks for tests: one in memory, and one that fails on demand. Behind the feature `testing`, which no
//! shipped build has.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Disk, Held};

type Names = BTreeMap<PathBuf, Arc<[u8]>>;

/// A disk in memory with one flat set of names; every folder exists. Clones are the same disk.
///
/// It forgets at a power cut what was not made durable: names that changed since their folder was synced.
#[derive(Clone, Default)]
pub struct MemoryDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    names: Names,
    durable: Names,
    locked: BTreeSet<PathBuf>,
}

impl MemoryDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// The file's bytes, `None` where there is none.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        self.state().names.get(path).map(|bytes| bytes.to_vec())
    }

    /// Puts a file in place, whatever was there, durably.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let mut state = self.state();
        state.names.insert(path.to_owned(), bytes.into());
        state.durable.insert(path.to_owned(), bytes.into());
    }

    /// Every name, in order.
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// Loses every change of a name since its folder was last synced, and every lock.
    pub fn cut_power(&self) {
        let mut state = self.state();
        state.names = state.durable.clone();
        state.locked.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let state = self.state();
        let bytes = state.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.to_vec())
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        if state.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.names.insert(path.to_owned(), bytes.into());
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let bytes = self.read(from, u64::MAX)?;
        self.write_new(to, &bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        let bytes = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let state = &mut *self.state();
        let within = |path: &Path| path.parent() == Some(folder);
        state.durable.retain(|path, _| !within(path));
        let names = state.names.iter().filter(|(path, _)| within(path));
        state
            .durable
            .extend(names.map(|(path, bytes)| (path.clone(), bytes.clone())));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.state()
            .names
            .remove(path)
            .map(drop)
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let state = self.state();
        let names = state
            .names
            .keys()
            .filter(|path| path.parent() == Some(folder));
        Ok(names.cloned().collect())
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        Ok(self.state().names.contains_key(path))
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        if !self.state().locked.insert(path.to_owned()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(MemoryLock {
            disk: self.clone(),
            path: path.to_owned(),
        }))
    }
}

struct MemoryLock {
    disk: MemoryDisk,
    path: PathBuf,
}

impl Held for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.disk.state().locked.remove(&self.path);
    }
}

/// How a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The operation of this number, counted from 0 since the fault was set, fails; later ones work.
    At(usize),
    /// The operation of this number, counted from 0, and all later ones fail: as a crash, or a vanished disk.
    From(usize),
    /// The disk takes this many bytes more. A write that reaches them leaves its part, as a real one does.
    FullAfter(u64),
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
        self.pass(Access::Writes)?;
        self.disk.link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass(Access::Writes)?;
        self.disk.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.pass(Access::Reads)?;
        self.disk.sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.pass(Access::Writes)?;
        self.disk.remove(path)
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
