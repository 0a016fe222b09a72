//! What files hold that were dropped or chosen, pictures that were pasted, and what the camera saw: one code, or sheets of a
//! set; the files of a kit; recovery pages. They are read here, not in the page.

use std::io;
use std::path::{Path, PathBuf};

use code::{Identifier, Reading, TypedCode};
use kit::KitFileKind;
use scan::{Finds, Limits, Progress, ScanError, Scanned, Scanner, Text};
use subtle::ConstantTimeEq;
use usecases::ports::Disk;
use zeroize::Zeroizing;

use super::view::{EntryView, FileProblem, Origin, Unread};

/// What was read, and where.
pub(crate) struct Found {
    pub(crate) typed: TypedCode,
    pub(crate) origin: Origin,
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
    /// That there is more than one code.
    pub(crate) problem: Option<EntryView>,
    /// The files that gave nothing.
    pub(crate) unread: Vec<Unread>,
    /// The first file that a wallet can be restored from.
    pub(crate) restores: Option<String>,
}

/// A file of a kit.
pub(crate) struct KitFile {
    pub(crate) kind: KitFileKind,
    /// The folder that it was read from.
    pub(crate) folder: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// Who watches while files are read, and may call it off.
pub(crate) trait Attendant: Progress {
    /// The file of this name, `number` (from 1) of `of`, is read next.
    fn begins(&self, name: &str, number: usize, of: usize);
}

/// Reads the files, and the kits in folders. A file that gives nothing keeps nothing out. Called off, what was read until
/// then counts.
pub(crate) fn gather(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    paths: &[PathBuf],
    attendant: &dyn Attendant,
) -> Gathered {
    let mut gathering = Gathering::default();
    for (before, path) in paths.iter().enumerate() {
        if attendant.cancelled() {
            break;
        }
        let name = file_name(path);
        attendant.begins(&name, before + 1, paths.len());
        let kit = gathering.kit.len();
        match read_path(disk, scanner, path, &mut gathering.kit, attendant) {
            Ok(finds) => {
                if gathering.kit.len() > kit || !finds.parts.is_empty() {
                    gathering.restores.get_or_insert_with(|| name.clone());
                }
                gathering.take(finds, &Origin::File(name));
            }
            Err(Trouble::CalledOff) => break,
            Err(Trouble::Problem(problem)) => gathering.unread.push(Unread {
                name: Some(name),
                problem,
            }),
        }
    }
    gathering.finish()
}

/// Reads a picture that was pasted.
pub(crate) fn gather_picture(
    scanner: &dyn Scanner,
    bytes: &[u8],
    progress: &dyn Progress,
) -> Gathered {
    let mut gathering = Gathering::default();
    match scan_bytes(scanner, bytes, progress) {
        Ok(finds) => gathering.take(finds, &Origin::Clipboard),
        Err(Trouble::CalledOff) => {}
        Err(Trouble::Problem(problem)) => gathering.unread.push(Unread {
            name: None,
            problem,
        }),
    }
    gathering.finish()
}

/// Takes what the camera saw.
pub(crate) fn gather_sight(finds: Finds) -> Gathered {
    let mut gathering = Gathering::default();
    gathering.take(finds, &Origin::Camera);
    gathering.finish()
}

/// What was gathered so far.
#[derive(Default)]
struct Gathering {
    codes: Vec<Found>,
    sheets: Vec<Found>,
    kit: Vec<KitFile>,
    parts: Vec<Text>,
    unread: Vec<Unread>,
    restores: Option<String>,
}

impl Gathering {
    fn take(&mut self, finds: Finds, origin: &Origin) {
        self.parts.extend(finds.parts);
        for Scanned { code: typed, .. } in finds.codes {
            let kind = if is_sheet(&typed) {
                &mut self.sheets
            } else {
                &mut self.codes
            };
            if !kind.iter().any(|found| same(&found.typed, &typed)) {
                let origin = origin.clone();
                kind.push(Found { typed, origin });
            }
        }
    }

    fn finish(mut self) -> Gathered {
        let mut gathered = Gathered {
            kit: self.kit,
            parts: self.parts,
            unread: self.unread,
            restores: self.restores,
            ..Gathered::default()
        };
        if self.codes.len() > 1 {
            let names = self
                .codes
                .iter()
                .filter_map(|found| identifier(&found.typed));
            gathered.problem = Some(EntryView::FileProblem {
                problem: FileProblem::SeveralCodes,
                identifiers: names.map(|name| name.to_string()).collect(),
                name: self.codes.pop().and_then(|found| found.origin.name()),
            });
            return gathered;
        }
        if self.codes.is_empty() {
            // One that the person has to agree to is what the field shows in the end.
            self.sheets
                .sort_by_key(|found| !matches!(found.typed.read(), Reading::Share(_)));
            self.codes = self.sheets;
        }
        gathered.found = self.codes;
        gathered
    }
}

/// Why a file gave nothing.
enum Trouble {
    Problem(FileProblem),
    CalledOff,
}

impl From<FileProblem> for Trouble {
    fn from(problem: FileProblem) -> Self {
        Self::Problem(problem)
    }
}

/// The files of kits go into `files`; what is left is what a picture or a PDF holds.
fn read_path(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
    files: &mut Vec<KitFile>,
    progress: &dyn Progress,
) -> Result<Finds, Trouble> {
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
            false => Err(FileProblem::NoKitInFolder.into()),
        };
    }
    if is_age(path) {
        let bytes = read_file(disk, path, kit::WALLET_LIMIT as u64)?;
        let kind = kit::kind_of(&bytes).ok_or(FileProblem::NotAKitFile)?;
        push(files, path, kind, bytes);
        return Ok(nothing);
    }
    let bytes = Zeroizing::new(read_file(disk, path, Limits::default().bytes)?);
    scan_bytes(scanner, &bytes, progress)
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

fn scan_bytes(
    scanner: &dyn Scanner,
    bytes: &[u8],
    progress: &dyn Progress,
) -> Result<Finds, Trouble> {
    scanner.scan(bytes, progress).map_err(|error| match error {
        ScanError::Cancelled => Trouble::CalledOff,
        error => problem_of(&error).into(),
    })
}

fn problem_of(error: &ScanError) -> FileProblem {
    match error {
        ScanError::Empty => FileProblem::Empty,
        ScanError::Unsupported => FileProblem::Unsupported,
        ScanError::Heic => FileProblem::Heic,
        ScanError::TooManyBytes { .. } | ScanError::TooManyPixels { .. } => FileProblem::TooLarge,
        ScanError::TooManyPages { .. } => FileProblem::TooManyPages,
        ScanError::EncryptedPdf => FileProblem::EncryptedPdf,
        ScanError::NoCode | ScanError::NotReadBy { .. } => FileProblem::NoCode,
        ScanError::TooHeavy => FileProblem::TooHeavy,
        ScanError::Unavailable => FileProblem::NoScanner,
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

    use std::cell::Cell;

    use scan::{Engine, Watch};
    use wallet::disk::RealDisk;

    use super::super::tests::{set, single};
    use super::*;

    /// Watches, and calls nothing off.
    struct Nobody;

    impl Progress for Nobody {
        fn cancelled(&self) -> bool {
            false
        }
    }

    impl Attendant for Nobody {
        fn begins(&self, _: &str, _: usize, _: usize) {}
    }

    /// Calls off once as many files were begun.
    struct After(Cell<usize>);

    impl Progress for After {
        fn cancelled(&self) -> bool {
            self.0.get() == 0
        }
    }

    impl Attendant for After {
        fn begins(&self, _: &str, _: usize, _: usize) {
            self.0.set(self.0.get() - 1);
        }
    }

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
    fn gathered(files: &[&[&str]]) -> Gathered {
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
        gather(&RealDisk, &Lines, &paths, &Nobody)
    }

    /// The texts that were found, with the number of the file of each.
    fn found(files: &[&[&str]]) -> Vec<(String, String)> {
        let found = gathered(files).found;
        assert!(!found.is_empty(), "something is found");
        let each = found.into_iter().map(|one| {
            let name = one.origin.name().unwrap();
            let file = name.trim_end_matches(".pdf").to_owned();
            (one.typed.to_text().unwrap().to_string(), file)
        });
        each.collect()
    }

    fn problem(files: &[&[&str]]) -> (FileProblem, Vec<String>) {
        match gathered(files) {
            Gathered {
                problem:
                    Some(EntryView::FileProblem {
                        problem,
                        identifiers,
                        ..
                    }),
                ..
            } => (problem, identifiers),
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
    fn every_file_that_gave_nothing_is_named_beside_what_others_gave() {
        let code = single(3);
        let gathered = gathered(&[&[], &[&code], &[]]);
        let names: Vec<_> = gathered
            .unread
            .iter()
            .map(|unread| (unread.name.as_deref(), unread.problem))
            .collect();
        let expected = ["0.pdf", "2.pdf"].map(|name| (Some(name), FileProblem::NoCode));
        assert_eq!(names, expected);
        assert_eq!(gathered.found.len(), 1);
        let missing = [PathBuf::from("/nowhere/sheet.pdf")];
        let nothing = gather(&RealDisk, &Lines, &missing, &Nobody);
        assert_eq!(nothing.unread[0].problem, FileProblem::UnreadableFile);
    }

    #[test]
    fn what_was_read_before_it_was_called_off_counts() {
        let folder = tempfile::tempdir().unwrap();
        let (_, sheets) = set(1, 3, 3);
        let paths = [0, 1, 2].map(|number| {
            let path = folder.path().join(format!("{number}.pdf"));
            std::fs::write(&path, &sheets[number]).unwrap();
            path
        });
        let gathered = gather(&RealDisk, &Lines, &paths, &After(Cell::new(2)));
        assert_eq!(gathered.found.len(), 2);
        assert!(gathered.unread.is_empty() && gathered.problem.is_none());
    }

    #[test]
    fn a_pasted_picture_is_a_file_without_a_name() {
        let code = single(3);
        let gathered = gather_picture(&Lines, code.as_bytes(), &Nobody);
        assert_eq!(gathered.found[0].origin, Origin::Clipboard);
        let nothing = gather_picture(&Lines, b"", &Nobody);
        assert_eq!(nothing.unread[0].name, None);
    }
}
