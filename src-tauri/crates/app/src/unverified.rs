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
    /// The disk's error. The file that was there is untouched unless the error came after it was
    /// replaced; then no file is left.
    pub fn write(disk: &'a dyn Disk, path: &'a Path, bytes: &[u8]) -> io::Result<Self> {
        let written = Self {
            disk,
            path,
            verified: false,
        };
        let Err(error) = disk::replace(disk, path, bytes) else {
            return Ok(written);
        };
        let in_place = disk.read(path, bytes.len() as u64);
        if !in_place.is_ok_and(|kept| kept == bytes) {
            // The other file there, if any, is not this one's to remove.
            written.keep();
        }
        Err(error)
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

    use wallet::testing::{Fault, FaultyDisk, MemoryDisk};

    use super::*;

    #[test]
    fn a_failed_write_leaves_the_other_file_or_none() {
        let path = Path::new("/documents/sheet.pdf");
        for number in 0.. {
            let disk = FaultyDisk::new(MemoryDisk::new());
            disk.write_new(path, b"before").unwrap();
            disk.set(Some(Fault::At(number)));
            let written = UnverifiedFile::write(&disk, path, b"after");
            let operations = disk.operations();
            disk.set(None);
            match written {
                Ok(file) => file.keep(),
                Err(_) => {
                    let left = disk.inner().bytes(path);
                    assert!(left.is_none_or(|left| left == b"before"), "{number}");
                }
            }
            if operations <= number {
                break;
            }
        }
    }

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
