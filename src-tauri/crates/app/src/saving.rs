//! The one way to save a file for a person: write it beside its name, verify it, and only then let
//! it take the name. What was there under the name stays until then.
//!
//! The file beside has a name of its own, which is noted in the app's folder first. After a crash
//! the next start removes what the note names: a sheet is not left behind unseen.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;
use usecases::ports::Disk;
use wallet::disk::parent;
use zeroize::Zeroizing;

use crate::application::App;

/// The end of the name of a file that is being saved.
const UNFINISHED: &str = "unfinished";
/// The beginning of the name of a note.
const NOTE: &str = "saving-";
/// Bytes of the longest note: a path.
const LONGEST_NOTE: u64 = 64 << 10;

/// Why a verified file is not under its name, or not surely.
#[derive(Debug, Error)]
pub enum KeepError {
    /// What was there before is there.
    #[error(transparent)]
    NotKept(io::Error),
    /// The file has its name, or may have it, and the disk did not confirm it.
    #[error("the disk did not confirm the new file")]
    NotConfirmed(#[source] io::Error),
}

/// Saves files.
pub struct Saver<'a> {
    disk: &'a dyn Disk,
    /// The app's own folder.
    folder: &'a Path,
    /// Random: makes names that nobody else uses.
    mark: u64,
}

/// A file beside its name that nobody has verified yet. Dropping it removes it.
pub struct UnverifiedFile<'a> {
    disk: &'a dyn Disk,
    path: &'a Path,
    beside: PathBuf,
    note: PathBuf,
    /// The file was written as a whole, and is somewhere unless it was removed.
    written: bool,
}

impl<'a> Saver<'a> {
    /// Saves with names that bear this mark.
    pub fn new(disk: &'a dyn Disk, folder: &'a Path, mark: u64) -> Self {
        Self { disk, folder, mark }
    }

    /// Writes the file beside `path`.
    ///
    /// # Errors
    /// The disk's error. There is no file then, and what `path` names is untouched.
    pub fn write(&self, path: &'a Path, bytes: &[u8]) -> io::Result<UnverifiedFile<'a>> {
        let mut file = UnverifiedFile {
            disk: self.disk,
            path,
            beside: path.with_added_extension(format!("{:016x}.{UNFINISHED}", self.mark)),
            note: self.folder.join(format!("{NOTE}{:016x}", self.mark)),
            written: false,
        };
        let noted = file.beside.as_os_str().as_encoded_bytes();
        self.disk.write_new(&file.note, noted)?;
        self.disk.write_new(&file.beside, bytes)?;
        file.written = true;
        Ok(file)
    }
}

impl UnverifiedFile<'_> {
    /// Reads the file back, at most `limit` bytes.
    ///
    /// # Errors
    /// The disk's error.
    pub fn read_back(&self, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
        self.disk.read(&self.beside, limit).map(Zeroizing::new)
    }

    /// Reads the file back and compares it with what was to be written.
    ///
    /// # Errors
    /// The disk's error; [`io::ErrorKind::InvalidData`] if the file is another.
    pub fn compare(&self, bytes: &[u8]) -> io::Result<()> {
        match *self.read_back(bytes.len() as u64)? == *bytes {
            true => Ok(()),
            false => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Gives the verified file its name, in place of what is there.
    ///
    /// # Errors
    /// See [`KeepError`].
    pub fn keep(self) -> Result<(), KeepError> {
        if let Err(error) = self.disk.rename(&self.beside, self.path) {
            // It may have been done and reported as failed.
            return Err(match self.disk.exists(&self.beside) {
                Ok(true) => KeepError::NotKept(error),
                Ok(false) | Err(_) => KeepError::NotConfirmed(error),
            });
        }
        let synced = self.disk.sync_folder(parent(self.path));
        synced.map_err(KeepError::NotConfirmed)
    }
}

impl Drop for UnverifiedFile<'_> {
    fn drop(&mut self) {
        let is_there = if self.written {
            holds_files
        } else {
            |_: &[PathBuf]| true
        };
        forget(self.disk, &self.beside, &self.note, is_there);
    }
}

/// Whether a folder is surely the one that a file was written to: an empty one may be where a stick
/// was mounted then.
fn holds_files(entries: &[PathBuf]) -> bool {
    !entries.is_empty()
}

/// Removes an unfinished file, and its note once it is gone. Best effort: what cannot be removed
/// now is removed at the next start.
///
/// Nothing is found on a drive that is away either, and it may come back: if the file is not found,
/// it is gone only if its folder can be listed and `is_there` says so of the entries.
fn forget(disk: &dyn Disk, beside: &Path, note: &Path, is_there: fn(&[PathBuf]) -> bool) {
    let gone = match disk.remove(beside) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            disk.list(parent(beside)).is_ok_and(|it| is_there(&it))
        }
        Err(_) => false,
    };
    if gone {
        let _ = disk.remove(note);
    }
}

/// Removes the unfinished files that notes in the app's folder name.
fn forget_unfinished(disk: &dyn Disk, folder: &Path) {
    let begins = |path: &Path, with: &str| {
        let name = path.file_name().map(OsStr::as_encoded_bytes);
        name.is_some_and(|name| name.starts_with(with.as_bytes()))
    };
    for note in disk.list(folder).unwrap_or_default() {
        if !begins(&note, NOTE) {
            continue;
        }
        let Some(beside) = disk.read(&note, LONGEST_NOTE).ok().and_then(path_of) else {
            continue;
        };
        // A note is believed only about a file with the name that this module gives with it.
        if bears_mark(&beside, &note) {
            forget(disk, &beside, &note, holds_files);
        }
    }
}

/// Whether the file's name ends in the mark of the note.
fn bears_mark(beside: &Path, note: &Path) -> bool {
    let name = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let (Some(beside), Some(note)) = (name(beside), name(note)) else {
        return false;
    };
    let mark = note.strip_prefix(NOTE).filter(|mark| mark.len() == 16);
    mark.is_some_and(|mark| beside.ends_with(&format!(".{mark}.{UNFINISHED}")))
}

#[cfg(unix)]
fn path_of(noted: Vec<u8>) -> Option<PathBuf> {
    Some(<OsString as std::os::unix::ffi::OsStringExt>::from_vec(noted).into())
}

/// A path that is not Unicode is not read: its file stays.
#[cfg(not(unix))]
fn path_of(noted: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(noted)
        .ok()
        .map(|path| OsString::from(path).into())
}

impl App {
    /// Saves files for the person.
    pub fn saver(&self) -> Saver<'_> {
        let mark = rand::RngExt::random(&mut *(self.ports.random)());
        Saver::new(self.disk(), &self.ports.folder, mark)
    }

    /// Removes what a crash left of files that were being saved.
    pub fn forget_unfinished_files(&self) {
        forget_unfinished(self.disk(), &self.ports.folder);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use wallet::testing::{Fault, FaultyDisk, MemoryDisk};

    use super::*;

    const FOLDER: &str = "/app";
    const SHEET: &str = "/documents/sheet.pdf";

    fn files(disk: &dyn Disk, folder: &str) -> Vec<PathBuf> {
        disk.list(Path::new(folder)).unwrap_or_default()
    }

    #[test]
    fn whatever_fails_the_other_file_is_there_or_the_whole_new_one_and_nothing_beside() {
        let (folder, path) = (Path::new(FOLDER), Path::new(SHEET));
        let faults: [fn(usize) -> Fault; 3] = [Fault::At, Fault::Reported, Fault::ReportedThenGone];
        for (fault, number) in faults.iter().flat_map(|it| (0..20).map(move |at| (it, at))) {
            let disk = FaultyDisk::new(MemoryDisk::new());
            disk.write_new(path, b"before").unwrap();
            disk.set(Some(fault(number)));
            let kept = Saver::new(&disk, folder, 7)
                .write(path, b"after")
                .map_err(KeepError::NotKept)
                .and_then(UnverifiedFile::keep);
            disk.set(None);
            let left = disk.inner().bytes(path).unwrap();
            match kept {
                Ok(()) => assert_eq!(left, b"after", "{number}"),
                Err(KeepError::NotConfirmed(_)) => {}
                Err(KeepError::NotKept(_)) => assert_eq!(left, b"before", "{number}"),
            }
            forget_unfinished(&disk, folder);
            assert_eq!(files(&disk, "/documents"), [path], "{number}");
            assert!(files(&disk, FOLDER).is_empty(), "{number}");
        }
    }

    #[test]
    fn a_file_that_is_not_verified_leaves_the_one_before_it() {
        let (disk, path) = (MemoryDisk::new(), Path::new(SHEET));
        let saver = Saver::new(&disk, Path::new(FOLDER), 7);
        let file = saver.write(path, b"first").unwrap();
        assert_eq!(*file.read_back(10).unwrap(), b"first");
        assert!(disk.bytes(path).is_none());
        file.keep().unwrap();
        assert_eq!(disk.bytes(path).unwrap(), b"first");
        drop(saver.write(path, b"second").unwrap());
        assert_eq!(disk.bytes(path).unwrap(), b"first");
        assert_eq!(files(&disk, "/documents"), [path]);
    }

    #[test]
    fn an_unfinished_file_on_a_stick_is_removed_once_the_stick_is_back() {
        let (disk, stick) = (MemoryDisk::new(), MemoryDisk::new());
        let folder = Path::new(FOLDER);
        let saver = Saver::new(&stick, folder, 7);
        std::mem::forget(saver.write(Path::new(SHEET), b"sheet").unwrap());
        let [note] = &files(&stick, FOLDER)[..] else {
            panic!("one note is written")
        };
        disk.put(note, &stick.bytes(note).unwrap());
        // Its mount point is an empty folder.
        forget_unfinished(&disk, folder);
        assert!(disk.bytes(note).is_some());
        forget_unfinished(&stick, folder);
        assert!(stick.names().is_empty());
    }

    #[test]
    fn after_a_crash_the_next_start_removes_the_unfinished_file_and_no_other() {
        let (disk, folder) = (MemoryDisk::new(), Path::new(FOLDER));
        let other = Path::new("/documents/letter.pdf");
        disk.write_new(other, b"not ours").unwrap();
        let saver = Saver::new(&disk, folder, 7);
        std::mem::forget(saver.write(Path::new(SHEET), b"sheet").unwrap());
        let thesis = Path::new("/documents/thesis.unfinished");
        disk.write_new(thesis, b"not ours either").unwrap();
        for (note, lie) in [("saving-0000000000000008", other), ("saving-", thesis)] {
            let lie = lie.as_os_str().as_encoded_bytes();
            disk.write_new(&folder.join(note), lie).unwrap();
        }
        assert_eq!(files(&disk, "/documents").len(), 3);
        forget_unfinished(&disk, folder);
        assert_eq!(files(&disk, "/documents"), [other, thesis]);
    }
}
