//! A disk in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Disk, Held};

type Names = BTreeMap<PathBuf, Arc<[u8]>>;

/// A disk in memory with one flat set of names; every folder exists. Clones share the same state.
///
/// A power cut undoes every change of a name since its folder was last synced. A folder that was
/// made since the one around it was synced goes with everything in it.
#[derive(Clone, Default)]
pub struct MemoryDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    names: Names,
    durable: Names,
    locked: BTreeSet<PathBuf>,
    /// The lock files, which are not among the names.
    locks: BTreeSet<PathBuf>,
    unplugged: BTreeSet<PathBuf>,
    /// Folders that were made since the ones around them were last synced.
    new_folders: BTreeSet<PathBuf>,
}

impl MemoryDisk {
    /// Creates an empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the bytes of a file, or `None` if it does not exist.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        self.state().names.get(path).map(|bytes| bytes.to_vec())
    }

    /// Durably creates or replaces a file.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let mut state = self.state();
        state.names.insert(path.to_owned(), bytes.into());
        state.durable.insert(path.to_owned(), bytes.into());
    }

    /// Returns all names in order.
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// Undoes every change of a name since its folder was last synced, and releases every lock.
    pub fn cut_power(&self) {
        let mut state = self.state();
        for folder in std::mem::take(&mut state.new_folders) {
            state.durable.retain(|path, _| !path.starts_with(&folder));
        }
        state.names = state.durable.clone();
        state.locked.clear();
    }

    /// Removes a folder with all its contents, like a memory stick that is pulled out, or brings it
    /// back.
    pub fn plug(&self, folder: &Path, plugged: bool) {
        let unplugged = &mut self.state().unplugged;
        match plugged {
            true => unplugged.remove(folder),
            false => unplugged.insert(folder.to_owned()),
        };
    }

    /// Returns the state if the drive of the path is plugged in.
    fn at(&self, path: &Path) -> io::Result<MutexGuard<'_, State>> {
        let state = self.state();
        let is_unplugged = |folder: &PathBuf| path.starts_with(folder);
        match state.unplugged.iter().any(is_unplugged) {
            true => Err(io::ErrorKind::NotFound.into()),
            false => Ok(state),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let state = self.at(path)?;
        let bytes = state.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.to_vec())
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.at(path)?;
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
        let mut state = self.at(from)?;
        let bytes = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let state = &mut *self.at(folder)?;
        let within = |path: &Path| path.parent() == Some(folder);
        state.new_folders.retain(|path| !within(path));
        state.durable.retain(|path, _| !within(path));
        let names = state.names.iter().filter(|(path, _)| within(path));
        state
            .durable
            .extend(names.map(|(path, bytes)| (path.clone(), bytes.clone())));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.at(path)?
            .names
            .remove(path)
            .map(drop)
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if self.list(folder)?.is_empty() {
            self.at(folder)?.new_folders.insert(folder.to_owned());
            return Ok(());
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        if self.list(folder)?.is_empty() {
            return Ok(());
        }
        Err(io::ErrorKind::DirectoryNotEmpty.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let state = self.at(folder)?;
        let names = state
            .names
            .keys()
            .filter(|path| path.parent() == Some(folder));
        Ok(names.cloned().collect())
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        Ok(self
            .at(path)
            .is_ok_and(|state| state.names.contains_key(path)))
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.state().locks.insert(path.to_owned());
        self.lock_existing(path)
    }

    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        let mut state = self.at(path)?;
        if !state.locks.contains(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if !state.locked.insert(path.to_owned()) {
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
