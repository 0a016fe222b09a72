//! Drives that may not answer: a stick, a network folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use usecases::ports::Disk;
use wallet::disk::Held;
use zeroize::Zeroizing;

/// How long one operation outside the wallets' folder may take. A slow stick writes a large kit in
/// less.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A disk whose operations outside `home` fail with [`io::ErrorKind::TimedOut`] when they take
/// longer than `patience`, so that a drive that hangs never keeps a wallet's commit lock. Such an
/// operation may still take effect later, which callers treat like every other failure.
pub(crate) struct Drives<'a> {
    pub(crate) disk: &'a Arc<dyn Disk>,
    pub(crate) home: &'a Path,
    pub(crate) patience: Duration,
}

impl Drives<'_> {
    fn within<T: Send + 'static>(
        &self,
        path: &Path,
        work: impl FnOnce(&dyn Disk, &Path) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        if path.starts_with(self.home) {
            return work(&**self.disk, path);
        }
        let (disk, path) = (Arc::clone(self.disk), path.to_path_buf());
        let (done, answer) = mpsc::channel();
        std::thread::spawn(move || {
            // The command may have stopped waiting.
            let _ = done.send(work(&*disk, &path));
        });
        match answer.recv_timeout(self.patience) {
            Ok(answer) => answer,
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

impl Disk for Drives<'_> {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.within(path, move |disk, path| disk.read(path, limit))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let bytes = Zeroizing::new(bytes.to_vec());
        self.within(path, move |disk, path| disk.write_new(path, &bytes))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let to = to.to_path_buf();
        self.within(from, move |disk, from| disk.link(from, &to))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let to = to.to_path_buf();
        self.within(from, move |disk, from| disk.rename(from, &to))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.within(folder, |disk, folder| disk.sync_folder(folder))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.within(path, |disk, path| disk.remove(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.within(folder, |disk, folder| disk.make_folder(folder))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.within(folder, |disk, folder| disk.remove_folder(folder))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.within(folder, |disk, folder| disk.list(folder))
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.within(path, |disk, path| disk.exists(path))
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.within(path, |disk, path| disk.lock(path))
    }

    fn lock_existing(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.within(path, |disk, path| disk.lock_existing(path))
    }
}
