//! The ports of one program to its computer.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use usecases::ports::{Clock, Disk, Keychain, KeychainError, StoreKind};
use wallet::disk::Held;
use wallet::{Timestamp, WalletId};
use zeroize::Zeroizing;

use crate::breaks::PortBreak;
use crate::computer::{Computer, State};
use crate::drive::{Bytes, is_in, parent, torn};
use crate::faults::DiskError;
use crate::meter::{Meter, Operation, Turn};

/// Disk, keychain and clocks, as one program sees them.
#[derive(Clone)]
pub struct Port {
    computer: Computer,
    program: u32,
}

impl Port {
    pub(crate) fn new(computer: Computer, program: u32) -> Self {
        Self { computer, program }
    }

    /// Does something on the disk, unless it fails.
    fn on_disk<T>(
        &self,
        path: &Path,
        changes: bool,
        work: impl FnOnce(&mut State, Turn) -> io::Result<T>,
    ) -> io::Result<T> {
        let turn = self.computer.operate(Operation::Disk { changes });
        if let Turn::DiskFails(error) = turn {
            return Err(to_error(error));
        }
        let mut state = self.computer.state();
        let drive = state.drive_of(path).ok_or(io::ErrorKind::NotFound)?;
        if let Some(error) = drive.fails {
            let hits = match error {
                DiskError::Full | DiskError::ReadOnly => changes,
                DiskError::Unreadable | DiskError::Vanished => true,
            };
            if hits {
                return Err(to_error(error));
            }
        }
        let done = work(&mut state, turn);
        drop(state);
        Meter::end_if(turn);
        match turn {
            Turn::DiskLies => done.and(Err(io::Error::from_raw_os_error(EIO))),
            _ => done,
        }
    }

    fn in_keychain<T>(
        &self,
        changes: bool,
        work: impl FnOnce(&mut State) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        let turn = self.computer.operate(Operation::Keychain { changes });
        if let Turn::KeychainFails(error) = turn {
            return Err(error);
        }
        let mut state = self.computer.state();
        if let Some(error) = state.records.fails {
            return Err(error);
        }
        let done = work(&mut state);
        drop(state);
        Meter::end_if(turn);
        match turn {
            Turn::KeychainLies => done.and(Err(KeychainError::TimedOut)),
            _ => done,
        }
    }

    /// What fitted on a full disk stays there, every other time.
    fn leave_what_fitted(&self, path: &Path, bytes: &[u8]) {
        let mut state = self.computer.state();
        let seed = state.seed;
        let Some(on) = state.drive_of(path).filter(|_| seed.is_multiple_of(2)) else {
            return;
        };
        if on.bytes(path).is_none() && on.has_folder(parent(path)) {
            on.change(parent(path), vec![(path, Some(torn(bytes, seed)))]);
        }
    }

    fn take_lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        let mut state = self.computer.state();
        let is_broken = state.broken == Some(PortBreak::LockIgnored);
        if state.locks.contains_key(path) && !is_broken {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        state.locks.insert(path.to_owned(), self.program);
        Ok(Box::new(Lock {
            computer: self.computer.clone(),
            program: self.program,
            path: path.to_owned(),
        }))
    }
}

const EIO: i32 = 5;

fn to_error(error: DiskError) -> io::Error {
    match error {
        DiskError::Full => io::ErrorKind::StorageFull.into(),
        DiskError::ReadOnly => io::ErrorKind::ReadOnlyFilesystem.into(),
        DiskError::Unreadable => io::Error::from_raw_os_error(EIO),
        DiskError::Vanished => io::ErrorKind::NotConnected.into(),
    }
}

fn drive<'a>(state: &'a mut State, path: &Path) -> io::Result<&'a mut crate::drive::Drive> {
    state
        .drive_of(path)
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn bytes_of(state: &mut State, path: &Path) -> io::Result<Bytes> {
    let bytes = drive(state, path)?.bytes(path).cloned();
    bytes.ok_or_else(|| io::ErrorKind::NotFound.into())
}

impl Disk for Port {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.on_disk(path, false, |state, _| {
            let bytes = bytes_of(state, path)?;
            match bytes.len() as u64 > limit {
                true => Err(io::ErrorKind::FileTooLarge.into()),
                false => Ok(bytes.to_vec()),
            }
        })
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let written = self.on_disk(path, true, |state, turn| {
            let seed = state.seed;
            let unsynced = state.broken == Some(PortBreak::FileNotSynced);
            let on = drive(state, path)?;
            if on.bytes(path).is_some() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if !on.has_folder(parent(path)) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let bytes = match turn {
                // The program or the power ended while it was written.
                Turn::EndAfter if seed % 2 == 0 => torn(bytes, seed),
                _ => bytes.into(),
            };
            on.change(parent(path), vec![(path, Some(bytes))]);
            if unsynced {
                state.unsynced.push(path.to_owned());
            }
            Ok(())
        });
        let is_full = |error: &io::Error| error.kind() == io::ErrorKind::StorageFull;
        if written.as_ref().is_err_and(is_full) {
            self.leave_what_fitted(path, bytes);
        }
        written
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.on_disk(to, true, |state, _| {
            let bytes = bytes_of(state, from)?;
            if is_in(to, Path::new(crate::computer::STICK)) {
                return Err(io::ErrorKind::Unsupported.into());
            }
            let on = drive(state, to)?;
            if on.bytes(to).is_some() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            on.change(parent(to), vec![(to, Some(bytes))]);
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.on_disk(to, true, |state, turn| {
            let bytes = bytes_of(state, from)?;
            let broken = state.broken;
            if broken == Some(PortBreak::RenameInTwoSteps) {
                drive(state, to)?.put(to, None);
                if turn == Turn::EndAfter {
                    return Ok(());
                }
            }
            if state.unsynced.iter().any(|path| path == from) {
                state.unsynced.retain(|path| path != from && path != to);
                state.unsynced.push(to.to_owned());
            }
            let on = drive(state, to)?;
            on.change(parent(to), vec![(from, None), (to, Some(bytes))]);
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.on_disk(folder, true, |state, _| {
            if state.broken == Some(PortBreak::FolderNotSynced) {
                return Ok(());
            }
            drive(state, folder)?.sync(folder);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.on_disk(path, true, |state, _| {
            bytes_of(state, path)?;
            drive(state, path)?.change(parent(path), vec![(path, None)]);
            Ok(())
        })
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.on_disk(folder, true, |state, _| {
            let on = drive(state, folder)?;
            if on.has_folder(folder) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            on.make_folder(folder);
            Ok(())
        })
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.on_disk(folder, true, |state, _| {
            let on = drive(state, folder)?;
            if !on.has_folder(folder) {
                return Err(io::ErrorKind::NotFound.into());
            }
            if on.list(folder).next().is_some() {
                return Err(io::ErrorKind::DirectoryNotEmpty.into());
            }
            on.remove_folder(folder);
            Ok(())
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.on_disk(folder, false, |state, _| {
            let seed = state.seed;
            let on = drive(state, folder)?;
            if !on.has_folder(folder) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let mut listed: Vec<_> = on.list(folder).map(Path::to_owned).collect();
            // A folder lists its names in no order.
            listed.shuffle(&mut StdRng::seed_from_u64(seed));
            Ok(listed)
        })
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        if self.computer.state().drive_of(path).is_none() {
            return Ok(false);
        }
        self.on_disk(path, false, |state, _| {
            let on = drive(state, path)?;
            Ok(on.bytes(path).is_some() || on.has_folder(path))
        })
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.on_disk(path, true, |state, _| {
            if !state.lock_files.iter().any(|known| known == path) {
                state.lock_files.push(path.to_owned());
            }
            Ok(())
        })?;
        self.take_lock(path)
    }

    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.on_disk(path, false, |state, _| {
            match state.lock_files.iter().any(|known| known == path) {
                true => Ok(()),
                false => Err(io::ErrorKind::NotFound.into()),
            }
        })?;
        self.take_lock(path)
    }
}

struct Lock {
    computer: Computer,
    program: u32,
    path: PathBuf,
}

impl Held for Lock {}

impl Drop for Lock {
    fn drop(&mut self) {
        let mut state = self.computer.state();
        if state.locks.get(&self.path) == Some(&self.program) {
            state.locks.remove(&self.path);
        }
    }
}

impl Keychain for Port {
    fn kind(&self) -> StoreKind {
        StoreKind::SecretService
    }

    fn read(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.in_keychain(false, |state| {
            match state.records.of.get(&wallet).map(Vec::as_slice) {
                None | Some([]) => Ok(None),
                Some([one]) => Ok(Some(Zeroizing::new(one.to_vec()))),
                Some(_) => Err(KeychainError::Several),
            }
        })
    }

    fn read_silently(&self, wallet: WalletId) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Keychain::read(self, wallet)
    }

    fn replace(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.in_keychain(true, |state| {
            if state.records.of.get(&wallet).is_some_and(|it| it.len() > 1) {
                return Err(KeychainError::Several);
            }
            state.records.of.insert(wallet, vec![record.into()]);
            Ok(())
        })
    }

    fn replace_silently(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.replace(wallet, record)
    }

    fn read_all(&self, wallet: WalletId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeychainError> {
        self.in_keychain(false, |state| {
            let all = state.records.of.get(&wallet).into_iter().flatten();
            Ok(all.map(|one| Zeroizing::new(one.to_vec())).collect())
        })
    }

    fn replace_all(&self, wallet: WalletId, record: &[u8]) -> Result<(), KeychainError> {
        self.in_keychain(true, |state| {
            state.records.of.insert(wallet, vec![record.into()]);
            Ok(())
        })
    }
}

impl Clock for Port {
    fn now(&self) -> Timestamp {
        Timestamp(self.computer.state().clocks.now)
    }

    fn since_boot(&self) -> Duration {
        Duration::from_secs(self.computer.state().clocks.since_boot)
    }

    fn boot(&self) -> Option<u32> {
        Some(self.computer.state().clocks.boot)
    }
}
