#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::cell::Cell;

use wallet::disk::RealDisk;

use super::*;
use crate::files::FileProblem;
use crate::testing::{LineScanner, set, single};

/// Watches without cancelling.
struct Unattended;

impl Progress for Unattended {
    fn cancelled(&self) -> bool {
        false
    }
}

impl Attendant for Unattended {
    fn begins(&self, _: &str, _: usize, _: usize) {}
}

/// Cancels after this number of files.
struct CancelAfter(Cell<usize>);

impl Progress for CancelAfter {
    fn cancelled(&self) -> bool {
        self.0.get() == 0
    }
}

impl Attendant for CancelAfter {
    fn begins(&self, _: &str, _: usize, _: usize) {
        self.0.set(self.0.get() - 1);
    }
}

/// Gathers files with these lines.
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
    gather(&RealDisk, &LineScanner, &paths, &Unattended)
}

/// The texts that were found, each with the number of its file.
fn found(files: &[&[&str]]) -> Vec<(String, String)> {
    let found = gathered(files).codes;
    assert!(!found.is_empty(), "something is found");
    let each = found.into_iter().map(|one| {
        let name = one.origin.file_name().unwrap();
        let file = name.trim_end_matches(".pdf").to_owned();
        (one.typed.to_text().unwrap().to_string(), file)
    });
    each.collect()
}

/// The names of the different codes in the files.
fn several(files: &[&[&str]]) -> Vec<String> {
    let gathered = gathered(files);
    assert!(gathered.codes.is_empty(), "none is taken");
    let names = gathered.several.unwrap().identifiers.into_iter();
    names.map(|name| name.to_string()).collect()
}

#[test]
fn a_whole_code_is_taken_once_from_any_file_and_beside_sheets() {
    let (_, sheets) = set(1, 2, 2);
    let code = single(3);
    let lower = code.to_lowercase();
    for files in [&[&[&*code][..]][..], &[&[&*code, &lower], &[&*code]]] {
        assert_eq!(found(files), [(code.clone(), "0".to_owned())]);
    }
    // A sheet is kept beside it, and the field keeps the last.
    let both = [
        (sheets[0].clone(), "0".to_owned()),
        (code.clone(), "0".to_owned()),
    ];
    assert_eq!(found(&[&[&*code, &sheets[0]]]), both);
    let with_an_empty_file = found(&[&[], &[&code]]);
    assert_eq!(with_an_empty_file, [(code, "1".to_owned())]);
}

#[test]
fn different_whole_codes_are_named_and_none_is_taken() {
    let (one, other) = (single(3), single(4));
    let names = [&one, &other].map(|code| code[1..5].to_owned());
    assert_eq!(several(&[&[&one], &[&other]]), names);
    assert_eq!(several(&[&[&one, &other]]), names);
}

#[test]
fn each_sheet_is_taken_once_from_all_files_and_pages() {
    let (_, sheets) = set(1, 3, 3);
    let files: &[&[&str]] = &[&[&sheets[2], &sheets[0]], &[], &[&sheets[0], &sheets[1]]];
    let expected = [(2, "0"), (0, "0"), (1, "2")];
    let expected = expected.map(|(sheet, file)| (sheets[sheet].clone(), file.to_owned()));
    assert_eq!(found(files), expected);
}

#[test]
fn a_sheet_with_a_correction_comes_last() {
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
fn each_file_that_gave_nothing_is_named_and_the_others_count() {
    let code = single(3);
    let gathered = gathered(&[&[], &[&code], &[]]);
    let names: Vec<_> = gathered
        .unread
        .iter()
        .map(|unread| (unread.name.as_deref(), unread.problem))
        .collect();
    let expected = ["0.pdf", "2.pdf"].map(|name| (Some(name), FileProblem::NoCode));
    assert_eq!(names, expected);
    assert_eq!(gathered.codes.len(), 1);
    let missing = [PathBuf::from("/nowhere/sheet.pdf")];
    let nothing = gather(&RealDisk, &LineScanner, &missing, &Unattended);
    assert_eq!(nothing.unread[0].problem, FileProblem::UnreadableFile);
}

#[test]
fn files_read_before_a_cancellation_count() {
    let folder = tempfile::tempdir().unwrap();
    let (_, sheets) = set(1, 3, 3);
    let paths = [0, 1, 2].map(|number| {
        let path = folder.path().join(format!("{number}.pdf"));
        std::fs::write(&path, &sheets[number]).unwrap();
        path
    });
    let gathered = gather(&RealDisk, &LineScanner, &paths, &CancelAfter(Cell::new(2)));
    assert_eq!(gathered.codes.len(), 2);
    assert!(gathered.unread.is_empty() && gathered.several.is_none());
}

#[test]
fn a_pasted_picture_is_a_file_without_a_name() {
    let code = single(3);
    let gathered = gather_picture(&LineScanner, code.as_bytes(), &Unattended);
    assert_eq!(gathered.codes[0].origin, Origin::Clipboard);
    let nothing = gather_picture(&LineScanner, b"", &Unattended);
    assert_eq!(nothing.unread[0].name, None);
}

/// A folder of kits, each of a folder of its own, with files of this many bytes beside the header.
fn stick(kits: usize, bytes: usize) -> tempfile::TempDir {
    let stick = tempfile::tempdir().unwrap();
    let mut file = b"age-encryption.org/v1\n-> X25519 A\nA\n--- A\n".to_vec();
    file.resize(file.len() + bytes, 7);
    for number in 0..kits {
        let folder = stick.path().join(format!("backup-kit-{number:04}"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("wallet.age"), &file).unwrap();
    }
    stick
}

#[test]
fn a_stick_full_of_kits_is_read_up_to_a_limit_which_is_said() {
    let read = |kits, bytes| {
        let stick = stick(kits, bytes);
        let paths = [stick.path().to_owned()];
        let gathered = gather(&RealDisk, &LineScanner, &paths, &Unattended);
        let problem = gathered.unread.first().map(|unread| unread.problem);
        (gathered.kit_files.len(), problem)
    };
    assert_eq!(read(16, 9), (16, None));
    assert_eq!(read(40, 9), (16, Some(FileProblem::TooManyFiles)));
    assert_eq!(read(5, 60 << 20), (4, Some(FileProblem::TooManyFiles)));
}

/// Cancels once this number of questions was answered.
struct CancelBefore(Cell<usize>);

impl Progress for CancelBefore {
    fn cancelled(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left == 0
    }
}

impl Attendant for CancelBefore {
    fn begins(&self, _: &str, _: usize, _: usize) {}
}

#[test]
fn reading_a_stick_full_of_kits_can_be_cancelled() {
    let stick = stick(10, 9);
    let paths = [stick.path().to_owned()];
    // One question for the stick, and one for each of three files.
    let gathered = gather(&RealDisk, &LineScanner, &paths, &CancelBefore(Cell::new(4)));
    assert_eq!(gathered.kit_files.len(), 3);
    assert!(gathered.unread.is_empty());
}
