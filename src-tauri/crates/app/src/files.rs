//! Reads one file or folder: the files of a recovery kit, or the codes and parts in a picture or
//! a PDF.

use std::io;
use std::path::{Path, PathBuf};

use kit::KitFileKind;
use scan::{Finds, Foreign, Limits, Progress, ScanError, Scanner};
use usecases::ports::Disk;
use zeroize::Zeroizing;

/// Number of kit files that are read at once.
pub(crate) const MOST_KIT_FILES: usize = 16;
/// Bytes of all of them: a kit of the largest wallet, and two more.
const MOST_KIT_BYTES: usize = 256 << 20;
/// Number of entries of a folder, or folders in it, that are looked at.
const MOST_ENTRIES: usize = 256;

/// A file of a kit, told by its content.
pub struct KitFile {
    /// Which of the two files it is.
    pub kind: KitFileKind,
    /// The folder that it was read from.
    pub folder: PathBuf,
    /// The whole file, which is encrypted.
    pub bytes: Vec<u8>,
}

/// A file that gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file's name; none for a picture that was pasted.
    pub name: Option<String>,
    /// Why it gave nothing.
    pub problem: FileProblem,
}

/// Why a file gave no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It has no bytes.
    Empty,
    /// It is neither a picture that can be read nor a PDF.
    Unsupported,
    /// It is a HEIC photo.
    Heic,
    /// It has too many bytes or pixels.
    TooLarge,
    /// It has too many pages, and no code on the first ones.
    TooManyPages,
    /// It is damaged.
    Broken,
    /// It is a PDF with a password.
    EncryptedPdf,
    /// It shows no QR code.
    NoCode,
    /// It shows QR codes, and none is a backup code.
    NotABackupCode,
    /// It shows different backup codes.
    SeveralCodes,
    /// The disk did not give it.
    UnreadableFile,
    /// It takes more time or memory than a file worth scanning does.
    TooHeavy,
    /// The scanner is unavailable on this computer at the moment.
    NoScanner,
    /// The process that reads files cannot be restricted on this computer, and reads nothing unless
    /// the person says so.
    Unprotected,
    /// It is a folder without a recovery kit.
    NoKitInFolder,
    /// It is a folder with more kits than are read at once; the first ones were read.
    TooManyFiles,
    /// It has the extension of a kit's file and is none.
    NotAKitFile,
    /// It is a recovery kit, where a code is wanted.
    Kit,
    /// It has recovery pages, where a code is wanted.
    Pages,
}

/// Why reading gave nothing.
pub(crate) enum ReadError {
    Problem(FileProblem),
    Cancelled,
}

impl From<FileProblem> for ReadError {
    fn from(problem: FileProblem) -> Self {
        Self::Problem(problem)
    }
}

/// Reads a path. Files of kits are appended to `kit_files`, also those in a folder and in the kit
/// folders of a folder; the result is what a picture or a PDF shows.
pub(crate) fn read_path(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
    kit_files: &mut Vec<KitFile>,
    progress: &dyn Progress,
) -> Result<Finds, ReadError> {
    let nothing = Finds {
        codes: Vec::new(),
        parts: Vec::new(),
    };
    if let Ok(entries) = disk.list(path) {
        let before = kit_files.len();
        read_folder(disk, &entries, kit_files, progress)?;
        // The folder may be a memory stick with kits on it.
        let folders = entries.iter().filter(|path| is_kit_folder(path));
        for (number, folder) in folders.enumerate() {
            if number == MOST_ENTRIES {
                return Err(FileProblem::TooManyFiles.into());
            }
            if let Ok(entries) = disk.list(folder) {
                read_folder(disk, &entries, kit_files, progress)?;
            }
        }
        return match kit_files.len() > before {
            true => Ok(nothing),
            false => Err(FileProblem::NoKitInFolder.into()),
        };
    }
    if is_age(path) {
        let bytes = read_file(disk, path, kit::WALLET_LIMIT as u64)?;
        let file = kit_file(path, bytes).ok_or(FileProblem::NotAKitFile)?;
        add(file, kit_files)?;
        return Ok(nothing);
    }
    scan_bytes(scanner, &read_picture(disk, path)?, progress)
}

/// Scans the bytes of a picture or a PDF.
pub(crate) fn scan_bytes(
    scanner: &dyn Scanner,
    bytes: &[u8],
    progress: &dyn Progress,
) -> Result<Finds, ReadError> {
    scanner.scan(bytes, progress).map_err(ReadError::from)
}

/// Reads the foreign QR codes in a picture or a PDF.
pub(crate) fn read_foreign(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
    progress: &dyn Progress,
) -> Result<Foreign, ReadError> {
    let bytes = read_picture(disk, path)?;
    Ok(scanner.read_foreign(&bytes, progress)?)
}

/// Returns the last part of a path, for display.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Returns a path of this name in `folder` that `is_taken` says nothing has yet: numbered from 2 on
/// where the name itself is taken.
///
/// # Errors
/// Those of `is_taken`.
pub fn free_path(
    folder: &Path,
    name: &str,
    is_taken: &dyn Fn(&Path) -> io::Result<bool>,
) -> io::Result<PathBuf> {
    let plain = folder.join(name);
    let mut path = plain.clone();
    let mut number = 2;
    while is_taken(&path)? {
        let stem = plain.file_stem().unwrap_or_default();
        let mut numbered = stem.to_os_string();
        numbered.push(format!(" {number}"));
        if let Some(extension) = plain.extension() {
            numbered.push(".");
            numbered.push(extension);
        }
        path = folder.join(numbered);
        number += 1;
    }
    Ok(path)
}

/// Appends the kit's files among the entries of a folder.
fn read_folder(
    disk: &dyn Disk,
    entries: &[PathBuf],
    kit_files: &mut Vec<KitFile>,
    progress: &dyn Progress,
) -> Result<(), ReadError> {
    for (number, path) in entries.iter().filter(|path| is_age(path)).enumerate() {
        if progress.cancelled() {
            return Err(ReadError::Cancelled);
        }
        if number == MOST_ENTRIES {
            return Err(FileProblem::TooManyFiles.into());
        }
        let read = disk.read(path, kit::WALLET_LIMIT as u64).ok();
        if let Some(file) = read.and_then(|bytes| kit_file(path, bytes)) {
            add(file, kit_files)?;
        }
    }
    Ok(())
}

/// Appends a file, unless there are too many or they are too large together.
fn add(file: KitFile, kit_files: &mut Vec<KitFile>) -> Result<(), FileProblem> {
    let held: usize = kit_files.iter().map(|file| file.bytes.len()).sum();
    if kit_files.len() == MOST_KIT_FILES || held + file.bytes.len() > MOST_KIT_BYTES {
        return Err(FileProblem::TooManyFiles);
    }
    kit_files.push(file);
    Ok(())
}

/// Returns the file if it is one of a kit.
fn kit_file(path: &Path, bytes: Vec<u8>) -> Option<KitFile> {
    let kind = kit::kind_of(&bytes)?;
    let too_large = kind == KitFileKind::Identity && bytes.len() > kit::IDENTITY_LIMIT;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    (!too_large).then_some(KitFile {
        kind,
        folder,
        bytes,
    })
}

fn is_age(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("age"))
}

fn is_kit_folder(path: &Path) -> bool {
    file_name(path).starts_with(kit::FOLDER_PREFIX)
}

/// Returns the bytes of a file to scan.
fn read_picture(disk: &dyn Disk, path: &Path) -> Result<Zeroizing<Vec<u8>>, FileProblem> {
    Ok(Zeroizing::new(read_file(
        disk,
        path,
        Limits::default().bytes,
    )?))
}

fn read_file(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Vec<u8>, FileProblem> {
    disk.read(path, limit).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => FileProblem::TooLarge,
        _ => FileProblem::UnreadableFile,
    })
}

impl From<ScanError> for ReadError {
    fn from(error: ScanError) -> Self {
        Self::Problem(match error {
            ScanError::Cancelled => return Self::Cancelled,
            ScanError::Empty => FileProblem::Empty,
            ScanError::Unsupported => FileProblem::Unsupported,
            ScanError::Heic => FileProblem::Heic,
            ScanError::TooManyBytes { .. } | ScanError::TooManyPixels { .. } => {
                FileProblem::TooLarge
            }
            ScanError::TooManyPages { .. } => FileProblem::TooManyPages,
            ScanError::EncryptedPdf => FileProblem::EncryptedPdf,
            ScanError::NoCode | ScanError::NotReadBy { .. } => FileProblem::NoCode,
            ScanError::TooHeavy => FileProblem::TooHeavy,
            ScanError::Unavailable => FileProblem::NoScanner,
            ScanError::Unprotected => FileProblem::Unprotected,
            ScanError::NotABackupCode => FileProblem::NotABackupCode,
            ScanError::Several { .. } => FileProblem::SeveralCodes,
            ScanError::Broken { .. } | ScanError::BrokenFrame => FileProblem::Broken,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_file_is_never_put_over_another() {
        let folder = Path::new("/sheets");
        let name = "Recovery sheet M7QS-A.pdf";
        let beside = |taken: &[&str]| {
            let is_taken = |path: &Path| Ok(taken.contains(&file_name(path).as_str()));
            file_name(&free_path(folder, name, &is_taken).unwrap())
        };
        let (second, third) = ("Recovery sheet M7QS-A 2.pdf", "Recovery sheet M7QS-A 3.pdf");
        assert_eq!(beside(&[]), name);
        assert_eq!(beside(&[name]), second);
        assert_eq!(beside(&[name, second]), third);
        let fails = |_: &Path| Err(io::ErrorKind::PermissionDenied.into());
        let error = free_path(folder, name, &fails).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
    }
}
