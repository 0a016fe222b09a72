//! What files hold that were dropped or chosen: one code, or sheets of a set. They are read here, not in the page.

use std::io;
use std::path::{Path, PathBuf};

use code::{Identifier, Reading, TypedCode};
use scan::{Limits, ScanError, Scanner, Unattended};
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
pub(crate) enum Gathered {
    /// One whole code, perhaps from several files; or without one the different sheets of sets, the certain ones first.
    Found(Vec<Found>),
    /// Neither, or more than one code.
    Problem(EntryView),
}

/// Reads the files. A file that gives nothing does not matter beside one that does. `None` without any file.
pub(crate) fn gather(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    paths: &[PathBuf],
) -> Option<Gathered> {
    let mut codes: Vec<Found> = Vec::new();
    let mut sheets: Vec<Found> = Vec::new();
    let mut problem = None;
    for path in paths {
        let name = file_name(path);
        match scan_file(disk, scanner, path) {
            Ok(read) => {
                for typed in read {
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
                problem.get_or_insert(EntryView::FileProblem {
                    name,
                    problem: reason,
                    identifiers: Vec::new(),
                });
            }
        }
    }
    if codes.len() > 1 {
        let names = codes.iter().filter_map(|found| identifier(&found.typed));
        return Some(Gathered::Problem(EntryView::FileProblem {
            problem: FileProblem::SeveralCodes,
            identifiers: names.map(|name| name.to_string()).collect(),
            name: codes.pop().map(|found| found.name).unwrap_or_default(),
        }));
    }
    if codes.is_empty() {
        // One that the person has to agree to is what the field shows in the end.
        sheets.sort_by_key(|found| !matches!(found.typed.read(), Reading::Share(_)));
        codes = sheets;
    }
    match codes.is_empty() {
        false => Some(Gathered::Found(codes)),
        true => problem.map(Gathered::Problem),
    }
}

fn scan_file(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
) -> Result<Vec<TypedCode>, FileProblem> {
    let bytes = disk
        .read(path, Limits::default().bytes)
        .map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => FileProblem::TooLarge,
            _ => FileProblem::UnreadableFile,
        })?;
    let bytes = Zeroizing::new(bytes);
    let scanned = scanner
        .scan(&bytes, &Unattended)
        .map_err(|error| problem_of(&error))?;
    Ok(scanned.into_iter().map(|one| one.code).collect())
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

    use scan::{Engine, Progress, Scanned};
    use wallet::disk::RealDisk;

    use super::super::tests::{set, single};
    use super::*;

    /// Reads files of plain text, a code a line.
    struct Lines;

    impl Scanner for Lines {
        fn scan(&self, bytes: &[u8], _: &dyn Progress) -> Result<Vec<Scanned>, ScanError> {
            let text = std::str::from_utf8(bytes).unwrap();
            let scanned: Vec<_> = text
                .lines()
                .map(|line| Scanned {
                    code: TypedCode::parse(line).unwrap(),
                    engine: Engine::Rxing,
                    page: None,
                })
                .collect();
            match scanned.is_empty() {
                true => Err(ScanError::NoCode),
                false => Ok(scanned),
            }
        }

        fn read_pdf_with_both(&self, _: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
            Err(ScanError::Unsupported)
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
        match gathered(files) {
            Some(Gathered::Found(found)) => found
                .into_iter()
                .map(|one| {
                    let file = one.name.trim_end_matches(".pdf").to_owned();
                    (one.typed.to_text().unwrap().to_string(), file)
                })
                .collect(),
            _ => panic!("something is found"),
        }
    }

    fn problem(files: &[&[&str]]) -> (FileProblem, Vec<String>) {
        match gathered(files) {
            Some(Gathered::Problem(EntryView::FileProblem {
                problem,
                identifiers,
                ..
            })) => (problem, identifiers),
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
            Some(Gathered::Problem(EntryView::FileProblem {
                problem: FileProblem::UnreadableFile,
                ..
            }))
        ));
    }
}
