//! Gathers what several files, a pasted picture or the camera show: one code or the sheets of sets,
//! the files of kits, and parts of recovery pages. The bytes never reach the page.

use std::path::PathBuf;

use code::{Identifier, Reading, TypedCode};
use scan::{Finds, Progress, Scanned, Scanner, Text};
use subtle::ConstantTimeEq;
use usecases::ports::Disk;

use crate::files::{KitFile, ReadError, Unread, file_name, read_path, scan_bytes};
use crate::origin::Origin;

/// A code or sheet that was read, and where.
pub struct FoundCode {
    /// The text as it was read. Secret.
    pub typed: TypedCode,
    /// Where it was read.
    pub origin: Origin,
}

/// Different whole codes, of which none is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeveralCodes {
    /// The names of those that can be read.
    pub identifiers: Vec<Identifier>,
    /// The file that the last of them was read from.
    pub file_name: Option<String>,
}

/// Everything that was gathered.
#[derive(Default)]
pub struct Gathered {
    /// The different sheets of sets, those that read without a correction first; then one whole
    /// code, perhaps read from several files.
    pub codes: Vec<FoundCode>,
    /// The files of kits.
    pub kit_files: Vec<KitFile>,
    /// The parts of recovery pages.
    pub parts: Vec<Text>,
    /// Set where there is more than one whole code.
    pub several: Option<SeveralCodes>,
    /// The files that gave nothing.
    pub unread: Vec<Unread>,
    /// The name of the first file that a wallet can be restored from.
    pub restores: Option<String>,
}

/// Watches while files are read, and may cancel.
pub trait Attendant: Progress {
    /// Called before the file `name` is read: number `number`, from 1, of `of`.
    fn begins(&self, name: &str, number: usize, of: usize);
}

/// Reads files, and the kits in folders. A file that gives nothing does not affect the others.
/// After a cancellation, the files read before it still count.
pub fn gather(
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
        let known = gathering.kit_files.len();
        match read_path(disk, scanner, path, &mut gathering.kit_files, attendant) {
            Ok(finds) => {
                if gathering.kit_files.len() > known || !finds.parts.is_empty() {
                    gathering.restores.get_or_insert_with(|| name.clone());
                }
                gathering.add(finds, &Origin::File(name));
            }
            Err(ReadError::Cancelled) => break,
            Err(ReadError::Problem(problem)) => gathering.unread.push(Unread {
                name: Some(name),
                problem,
            }),
        }
    }
    gathering.finish()
}

/// Reads a picture that was pasted.
pub fn gather_picture(scanner: &dyn Scanner, bytes: &[u8], progress: &dyn Progress) -> Gathered {
    let mut gathering = Gathering::default();
    match scan_bytes(scanner, bytes, progress) {
        Ok(finds) => gathering.add(finds, &Origin::Clipboard),
        Err(ReadError::Cancelled) => {}
        Err(ReadError::Problem(problem)) => gathering.unread.push(Unread {
            name: None,
            problem,
        }),
    }
    gathering.finish()
}

/// Gathers what one frame of the camera shows.
pub fn gather_sight(finds: Finds) -> Gathered {
    let mut gathering = Gathering::default();
    gathering.add(finds, &Origin::Camera);
    gathering.finish()
}

/// What was gathered so far, each code and sheet once.
#[derive(Default)]
struct Gathering {
    codes: Vec<FoundCode>,
    sheets: Vec<FoundCode>,
    kit_files: Vec<KitFile>,
    parts: Vec<Text>,
    unread: Vec<Unread>,
    restores: Option<String>,
}

impl Gathering {
    fn add(&mut self, finds: Finds, origin: &Origin) {
        self.parts.extend(finds.parts);
        for Scanned { code: typed, .. } in finds.codes {
            let known = if is_sheet(&typed) {
                &mut self.sheets
            } else {
                &mut self.codes
            };
            if !known.iter().any(|found| same_text(&found.typed, &typed)) {
                let origin = origin.clone();
                known.push(FoundCode { typed, origin });
            }
        }
    }

    fn finish(mut self) -> Gathered {
        let mut gathered = Gathered {
            kit_files: self.kit_files,
            parts: self.parts,
            unread: self.unread,
            restores: self.restores,
            ..Gathered::default()
        };
        if self.codes.len() > 1 {
            let names = self.codes.iter();
            let last = self.codes.last().map(|found| &found.origin);
            gathered.several = Some(SeveralCodes {
                identifiers: names.filter_map(|it| identifier(&it.typed)).collect(),
                file_name: last.and_then(Origin::file_name).map(str::to_owned),
            });
            return gathered;
        }
        // The field keeps the last one: a correction that the person has to accept, or the whole
        // code beside sheets.
        self.sheets
            .sort_by_key(|found| !matches!(found.typed.read(), Reading::Share(_)));
        gathered.codes = self.sheets;
        gathered.codes.append(&mut self.codes);
        gathered
    }
}

/// Whether the text is a sheet of a set, perhaps after a correction.
fn is_sheet(typed: &TypedCode) -> bool {
    match typed.read() {
        Reading::Share(_) => true,
        Reading::Proposal(proposal) => proposal.share_index().is_some(),
        Reading::Code(_)
        | Reading::Unfinished { .. }
        | Reading::TooLong { .. }
        | Reading::Reread(_)
        | Reading::NewerVersion => false,
    }
}

fn same_text(one: &TypedCode, other: &TypedCode) -> bool {
    match (one.to_text(), other.to_text()) {
        (Some(one), Some(other)) => one.as_bytes().ct_eq(other.as_bytes()).into(),
        (None, _) | (_, None) => false,
    }
}

fn identifier(typed: &TypedCode) -> Option<Identifier> {
    match typed.read() {
        Reading::Code(code) => Some(code.identifier()),
        Reading::Share(share) => Some(share.identifier()),
        Reading::Proposal(proposal) => Some(proposal.identifier()),
        Reading::Unfinished { .. }
        | Reading::TooLong { .. }
        | Reading::Reread(_)
        | Reading::NewerVersion => None,
    }
}

#[cfg(test)]
#[path = "gather_tests.rs"]
mod tests;
