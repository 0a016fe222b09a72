//! A file that was written and is removed unless it passes its self-test.

use std::io;
use std::path::Path;

use usecases::ports::Disk;
use wallet::disk;
use zeroize::Zeroizing;

/// A written file that nobody has verified yet. Dropping it removes the file: a sheet or pages that
/// cannot be read are worse than none.
pub struct UnverifiedFile<'a> {
    disk: &'a dyn Disk,
    path: &'a Path,
    verified: bool,
}

impl<'a> UnverifiedFile<'a> {
    /// Writes the file, in place of one that is there.
    ///
    /// # Errors
    /// The disk's error; the file that was there is then untouched.
    pub fn write(disk: &'a dyn Disk, path: &'a Path, bytes: &[u8]) -> io::Result<Self> {
        disk::replace(disk, path, bytes)?;
        Ok(Self {
            disk,
            path,
            verified: false,
        })
    }

    /// Reads the file back, at most `limit` bytes.
    ///
    /// # Errors
    /// The disk's error.
    pub fn read_back(&self, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
        self.disk.read(self.path, limit).map(Zeroizing::new)
    }

    /// Keeps the file, which has passed its self-test.
    pub fn keep(mut self) {
        self.verified = true;
    }
}

impl Drop for UnverifiedFile<'_> {
    fn drop(&mut self) {
        if !self.verified {
            // Best effort: the caller reports why the file was not kept.
            let _ = self.disk.remove(self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use wallet::testing::MemoryDisk;

    use super::*;

    #[test]
    fn a_file_stays_only_if_it_is_kept() {
        let (disk, path) = (MemoryDisk::new(), Path::new("/documents/sheet.pdf"));
        let file = UnverifiedFile::write(&disk, path, b"first").unwrap();
        assert_eq!(*file.read_back(10).unwrap(), b"first");
        file.keep();
        assert_eq!(disk.bytes(path).unwrap(), b"first");
        drop(UnverifiedFile::write(&disk, path, b"second").unwrap());
        assert!(disk.bytes(path).is_none());
    }
}
