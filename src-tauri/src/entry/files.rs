//! What files hold that were dropped or chosen: one code, or sheets of a set; the files of a kit; recovery pages. They are
//! read here, not in the page.

use std::io;
use std::path::{Path, PathBuf};

use code::{Identifier, Reading, TypedCode};
use kit::KitFileKind;
use scan::{Finds, Limits, ScanError, Scanner, Text, Unattended};
use subtle::ConstantTimeEq;
use usecases::ports::Disk;
use zeroize::Zeroizing;

use super::view::{EntryView, FileProblem};

/// What was read, and the name of the file that it was read from.
pub(crate) struct Found {
    pub(crate) typed: TypedCode,
    pub(crate) name: String,
}

/// What files gave.
#[derive(Default)]
pub(crate) struct Gathered {
    /// One whole code, perhaps from several files; or without one the different sheets of sets, the certain ones first.
    pub(crate) found: Vec<Found>,
    /// The files of kits, by their content.
    pub(crate) kit: Vec<KitFile>,
    /// The parts of recovery pages.
    pub(crate) parts: Vec<Text>,
    /// Why a file gave nothing; or that there is more than one code.
    pub(crate) problem: Option<EntryView>,
}

/// A file of a kit.
pub(crate) struct KitFile {
    pub(crate) kind: KitFileKind,
    /// The folder that it was read from.
    pub(crate) folder: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the files, and the kits in folders. A file that gives nothing does not matter beside one that does. `None` without
/// any file.
pub(crate) fn gather(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    paths: &[PathBuf],
) -> Option<Gathered> {
    if paths.is_empty() {
        return None;
    }
    let mut codes: Vec<Found> = Vec::new();
    let mut sheets: Vec<Found> = Vec::new();
    let mut gathered = Gathered::default();
    for path in paths {
        let name = file_name(path);
        match read_path(disk, scanner, path, &mut gathered.kit) {
            Ok(read) => {
                gathered.parts.extend(read.parts);
                for typed in read.codes {
                    let typed = typed.code;
                    let kind = if is_sheet(&typed) {
                        &mut sheets
                    } else {
                        &mut codes
                    };
                    if !kind.iter().any(|found| same(&found.typed, &typed)) {
                        let name = name.clone();
                        kind.push(Found { typed, name });
                    }
                }
            }
            Err(reason) => {
                gathered.problem.get_or_insert(EntryView::FileProblem {
                    name,
                    problem: reason,
                    identifiers: Vec::new(),
                });
            }
        }
    }
    if codes.len() > 1 {
        let names = codes.iter().filter_map(|found| identifier(&found.typed));
        gathered.problem = Some(EntryView::FileProblem {
            problem: FileProblem::SeveralCodes,
            identifiers: names.map(|name| name.to_string()).collect(),
            name: codes.pop().map(|found| found.name).unwrap_or_default(),
        });
        return Some(gathered);
    }
    if codes.is_empty() {
        // One that the person has to agree to is what the field shows in the end.
        sheets.sort_by_key(|found| !matches!(found.typed.read(), Reading::Share(_)));
        codes = sheets;
    }
    gathered.found = codes;
    Some(gathered)
}

/// The files of kits go into `files`; what is left is what a picture or a PDF holds.
fn read_path(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
    files: &mut Vec<KitFile>,
) -> Result<Finds, FileProblem> {
    let nothing = Finds {
        codes: Vec::new(),
        parts: Vec::new(),
    };
    let before = files.len();
    if let Ok(inside) = disk.list(path) {
        read_folder(disk, &inside, files);
        // The folder around kits, as a memory stick is.
        for folder in inside.iter().filter(|path| is_kit_folder(path)) {
            if let Ok(inside) = disk.list(folder) {
                read_folder(disk, &inside, files);
            }
        }
        return match files.len() > before {
            true => Ok(nothing),
            false => Err(FileProblem::NoKitInFolder),
        };
    }
    if is_age(path) {
        let bytes = read_file(disk, path, kit::WALLET_LIMIT as u64)?;
        let kind = kit::kind_of(&bytes).ok_or(FileProblem::NotAKitFile)?;
        push(files, path, kind, bytes);
        return Ok(nothing);
    }
    scan_file(disk, scanner, path)
}

/// The kit's files among what a folder has in it.
fn read_folder(disk: &dyn Disk, inside: &[PathBuf], files: &mut Vec<KitFile>) {
    for path in inside.iter().filter(|path| is_age(path)) {
        let Ok(bytes) = disk.read(path, kit::WALLET_LIMIT as u64) else {
            continue;
        };
        if let Some(kind) = kit::kind_of(&bytes) {
            push(files, path, kind, bytes);
        }
    }
}

fn push(files: &mut Vec<KitFile>, path: &Path, kind: KitFileKind, bytes: Vec<u8>) {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    files.push(KitFile {
        kind,
        folder,
        bytes,
    });
}

fn is_age(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("age"))
}

fn is_kit_folder(path: &Path) -> bool {
    file_name(path).starts_with(kit::FOLDER_PREFIX)
}

fn read_file(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Vec<u8>, FileProblem> {
    disk.read(path, limit).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => FileProblem::TooLarge,
        _ => FileProblem::UnreadableFile,
    })
}

fn scan_file(disk: &dyn Disk, scanner: &dyn Scanner, path: &Path) -> Result<Finds, FileProblem> {
    let bytes = Zeroizing::new(read_file(disk, path, Limits::default().bytes)?);
    scanner
        .scan(&bytes, &Unattended)
        .map_err(|error| problem_of(&error))
}

fn problem_of(error: &ScanError) -> FileProblem {
    match error {
        ScanError::Empty => FileProblem::Empty,
        ScanError::Unsupported => FileProblem::Unsupported,
        ScanError::Heic => FileProblem::Heic,
        ScanError::TooManyBytes { .. } | ScanError::TooManyPixels { .. } => FileProblem::TooLarge,
        ScanError::TooManyPages { .. } => FileProblem::TooManyPages,
        ScanError::EncryptedPdf => FileProblem::EncryptedPdf,
        ScanError::NoCode | ScanError::NotReadBy { .. } | ScanError::Cancelled => {
            FileProblem::NoCode
        }
        ScanError::NotABackupCode => FileProblem::NotABackupCode,
        ScanError::Several { .. } => FileProblem::SeveralCodes,
        _ => FileProblem::Broken,
    }
}

/// Whether it is one sheet of a set, perhaps after a correction.
fn is_sheet(typed: &TypedCode) -> bool {
    match typed.read() {
        Reading::Share(_) => true,
        Reading::Proposal(proposal) => proposal.share_index().is_some(),
        _ => false,
    }
}

fn same(one: &TypedCode, other: &TypedCode) -> bool {
    match (one.to_text(), other.to_text()) {
        (Some(one), Some(other)) => one.as_bytes().ct_eq(other.as_bytes()).into(),
        _ => false,
    }
}

fn identifier(typed: &TypedCode) -> Option<Identifier> {
    match typed.read() {
        Reading::Code(code) => Some(code.identifier()),
        Reading::Share(share) => Some(share.identifier()),
        Reading::Proposal(proposal) => Some(proposal.identifier()),
        _ => None,
    }
}

/// The last part of a path, for showing.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use scan::{Engine, Progress, Scanned, Watch};
    use wallet::disk::RealDisk;

    use super::super::tests::{set, single};
    use super::*;

    /// Reads files of plain text, a code a line.
    struct Lines;

    impl Scanner for Lines {
        fn scan(&self, bytes: &[u8], _: &dyn Progress) -> Result<Finds, ScanError> {
            let text = std::str::from_utf8(bytes).unwrap();
            let (parts, lines): (Vec<_>, Vec<_>) =
                text.lines().partition(|line| line.starts_with("UR:"));
            let codes: Vec<_> = lines
                .into_iter()
                .map(|line| Scanned {
                    code: TypedCode::parse(line).unwrap(),
                    engine: Engine::Rxing,
                    page: None,
                })
                .collect();
            if codes.is_empty() && parts.is_empty() {
                return Err(ScanError::NoCode);
            }
            let parts = parts
                .into_iter()
                .map(|part| Zeroizing::new(part.to_owned()));
            Ok(Finds {
                codes,
                parts: parts.collect(),
            })
        }

        fn read_pdf_with_both(&self, _: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
            Err(ScanError::Unsupported)
        }

        fn watch(&self) -> Result<Box<dyn Watch>, ScanError> {
            Err(ScanError::Unavailable)
        }
    }

    /// What files of these lines give.
    fn gathered(files: &[&[&str]]) -> Option<Gathered> {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(number, lines)| {
                let path = folder.path().join(format!("{number}.pdf"));
                std::fs::write(&path, lines.join("\n")).unwrap();
                path
            })
            .collect();
        gather(&RealDisk, &Lines, &paths)
    }

    /// The texts that were found, with the number of the file of each.
    fn found(files: &[&[&str]]) -> Vec<(String, String)> {
        let found = gathered(files).unwrap().found;
        assert!(!found.is_empty(), "something is found");
        let each = found.into_iter().map(|one| {
            let file = one.name.trim_end_matches(".pdf").to_owned();
            (one.typed.to_text().unwrap().to_string(), file)
        });
        each.collect()
    }

    fn problem(files: &[&[&str]]) -> (FileProblem, Vec<String>) {
        match gathered(files) {
            Some(Gathered {
                problem:
                    Some(EntryView::FileProblem {
                        problem,
                        identifiers,
                        ..
                    }),
                ..
            }) => (problem, identifiers),
            _ => panic!("a file is a problem"),
        }
    }

    #[test]
    fn one_whole_code_is_taken_wherever_and_however_often_it_is() {
        let (_, sheets) = set(1, 2, 2);
        let code = single(3);
        let lower = code.to_lowercase();
        for files in [
            &[&[&*code][..]][..],
            &[&[&*code, &lower], &[&*code]],
            &[&[&*code, &sheets[0]]],
        ] {
            assert_eq!(found(files), [(code.clone(), "0".to_owned())]);
        }
        let beside_an_empty_file = found(&[&[], &[&code]]);
        assert_eq!(beside_an_empty_file, [(code, "1".to_owned())]);
    }

    #[test]
    fn different_whole_codes_are_named_and_none_is_taken() {
        let (one, other) = (single(3), single(4));
        let names = [&one, &other].map(|code| code[1..5].to_owned());
        assert_eq!(
            problem(&[&[&one], &[&other]]),
            (FileProblem::SeveralCodes, names.to_vec())
        );
        assert_eq!(problem(&[&[&one, &other]]).1, names);
    }

    #[test]
    fn every_sheet_is_taken_once_from_all_files_and_pages() {
        let (_, sheets) = set(1, 3, 3);
        let files: &[&[&str]] = &[&[&sheets[2], &sheets[0]], &[], &[&sheets[0], &sheets[1]]];
        let expected = [(2, "0"), (0, "0"), (1, "2")];
        let expected = expected.map(|(sheet, file)| (sheets[sheet].clone(), file.to_owned()));
        assert_eq!(found(files), expected);
    }

    #[test]
    fn a_sheet_that_has_to_be_asked_about_comes_last() {
        let (_, sheets) = set(1, 2, 2);
        let last = if sheets[0].ends_with('Q') { "P" } else { "Q" };
        let wrong = format!("{}{last}", &sheets[0][..59]);
        let texts = found(&[&[&wrong], &[&sheets[1]]]);
        assert_eq!(
            texts,
            [(sheets[1].clone(), "1".to_owned()), (wrong, "0".to_owned())]
        );
    }

    #[test]
    fn without_any_code_the_first_problem_is_told() {
        assert!(gathered(&[]).is_none());
        assert_eq!(problem(&[&[], &[]]).0, FileProblem::NoCode);
        let missing = [PathBuf::from("/nowhere/sheet.pdf")];
        assert!(matches!(
            gather(&RealDisk, &Lines, &missing),
            Some(Gathered {
                problem: Some(EntryView::FileProblem {
                    problem: FileProblem::UnreadableFile,
                    ..
                }),
                ..
            })
        ));
    }
}
