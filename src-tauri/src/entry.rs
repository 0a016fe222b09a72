//! The code that a person is entering: typed, pasted, dropped or chosen. It stays on this side of the boundary.

use std::io;
use std::path::{Path, PathBuf};

use code::{BackupCode, Corrected, ParseError, Proposal, Reading, Share, Threshold, TypedCode};
use scan::{Limits, ScanError, Scanner, Unattended};
use serde::Serialize;
use subtle::ConstantTimeEq;
use ts_rs::TS;
use usecases::ports::Disk;

use crate::error::{CommandError, ErrorCode};

/// What has been entered so far.
#[derive(Default)]
pub(crate) struct Entry {
    code: Option<BackupCode>,
    proposal: Option<Proposal>,
}

/// What the person sees of it.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum EntryView {
    /// Nothing yet.
    Empty,
    /// Fewer than 60 characters.
    Typing { have: usize },
    /// A character that no code has.
    Illegal { character: char, position: usize },
    /// More than 60 characters.
    TooLong { have: usize },
    /// A code is near; the person has to agree to the correction.
    Proposal {
        identifier: String,
        corrected: String,
        corrections: Vec<CorrectionView>,
    },
    /// More mistakes than can be corrected for certain.
    TooManyMistakes,
    /// A code of a newer version.
    NewerVersion,
    /// One sheet of a set.
    Share {
        identifier: String,
        threshold: u8,
        index: char,
    },
    /// A whole code.
    Ready {
        identifier: String,
        source: Source,
        name: Option<String>,
    },
    /// A file that gave no code.
    FileProblem {
        name: String,
        problem: FileProblem,
        identifiers: Vec<String>,
    },
}

/// One corrected character.
#[derive(Clone, Serialize, TS)]
pub(crate) struct CorrectionView {
    position: usize,
    read: Option<char>,
    meant: char,
}

/// Where a whole code came from.
#[derive(Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// Typed or pasted.
    Typed,
    /// Read from a file.
    Scanned,
}

/// Why a file gave no code.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileProblem {
    Empty,
    Unsupported,
    Heic,
    TooLarge,
    TooManyPages,
    Broken,
    EncryptedPdf,
    NoCode,
    NotABackupCode,
    SeveralCodes,
    UnreadableFile,
}

impl Entry {
    /// Takes what is in the field now.
    pub(crate) fn typed(&mut self, text: &str) -> EntryView {
        *self = Self::default();
        match TypedCode::parse(text) {
            Ok(typed) => self.read(&typed, Source::Typed, None),
            Err(ParseError::Illegal {
                character,
                position,
            }) => EntryView::Illegal {
                character,
                position,
            },
            Err(_) => EntryView::TooLong {
                have: text.chars().count(),
            },
        }
    }

    /// Takes a code that was read from a file.
    pub(crate) fn scanned(&mut self, typed: &TypedCode, name: String) -> EntryView {
        *self = Self::default();
        self.read(typed, Source::Scanned, Some(name))
    }

    /// The person agrees to the correction.
    pub(crate) fn accept(&mut self) -> Result<EntryView, CommandError> {
        let proposal = self.proposal.take().ok_or_else(not_entered)?;
        Ok(match proposal.accept() {
            Corrected::Code(code) => self.ready(code, Source::Typed, None),
            Corrected::Share(share) => share_view(&share),
        })
    }

    /// The whole code.
    pub(crate) fn code(&self) -> Result<&BackupCode, CommandError> {
        self.code.as_ref().ok_or_else(not_entered)
    }

    fn read(&mut self, typed: &TypedCode, source: Source, name: Option<String>) -> EntryView {
        match typed.read() {
            Reading::Code(code) => self.ready(code, source, name),
            Reading::Share(share) => share_view(&share),
            Reading::Proposal(proposal) => {
                let view = EntryView::Proposal {
                    identifier: proposal.identifier().to_string(),
                    // Shown so that the person can compare it with the sheet in their hand.
                    corrected: proposal.text().to_owned(),
                    corrections: proposal
                        .corrections()
                        .iter()
                        .map(|one| CorrectionView {
                            position: one.position,
                            read: one.read,
                            meant: one.meant,
                        })
                        .collect(),
                };
                self.proposal = Some(proposal);
                view
            }
            Reading::Unfinished { have: 0 } => EntryView::Empty,
            Reading::Unfinished { have } => EntryView::Typing { have },
            Reading::TooLong { have } => EntryView::TooLong { have },
            Reading::TooManyMistakes => EntryView::TooManyMistakes,
            Reading::NewerVersion => EntryView::NewerVersion,
        }
    }

    fn ready(&mut self, code: BackupCode, source: Source, name: Option<String>) -> EntryView {
        let identifier = code.identifier().to_string();
        self.code = Some(code);
        EntryView::Ready {
            identifier,
            source,
            name,
        }
    }
}

fn not_entered() -> CommandError {
    CommandError::new(ErrorCode::CodeNotEntered, "no whole code was entered")
}

fn share_view(share: &Share) -> EntryView {
    let threshold = match share.threshold() {
        Threshold::Single => 0,
        Threshold::Of(needed) => needed,
    };
    EntryView::Share {
        identifier: share.identifier().to_string(),
        threshold,
        index: share.index(),
    }
}

/// What files gave: the one code in them, or the first problem.
pub(crate) enum Gathered {
    /// One code, perhaps in several files.
    Code { typed: TypedCode, name: String },
    /// No code, or more than one.
    Problem(EntryView),
}

/// Reads files that were dropped or chosen. They are read here, not in the page.
pub(crate) fn gather(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    paths: &[PathBuf],
) -> Option<Gathered> {
    let mut found: Option<(TypedCode, String)> = None;
    let mut problem = None;
    for path in paths {
        let name = file_name(path);
        match scan_file(disk, scanner, path) {
            Ok(typed) => match &found {
                Some((other, _)) if !same(other, &typed) => {
                    let identifiers = [identifier(other), identifier(&typed)];
                    return Some(Gathered::Problem(EntryView::FileProblem {
                        name,
                        problem: FileProblem::SeveralCodes,
                        identifiers: identifiers.into_iter().flatten().collect(),
                    }));
                }
                Some(_) => {}
                None => found = Some((typed, name)),
            },
            Err((reason, identifiers)) => {
                problem.get_or_insert(EntryView::FileProblem {
                    name,
                    problem: reason,
                    identifiers,
                });
            }
        }
    }
    match found {
        Some((typed, name)) => Some(Gathered::Code { typed, name }),
        None => problem.map(Gathered::Problem),
    }
}

fn scan_file(
    disk: &dyn Disk,
    scanner: &dyn Scanner,
    path: &Path,
) -> Result<TypedCode, (FileProblem, Vec<String>)> {
    let bytes = disk
        .read(path, Limits::default().bytes)
        .map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => (FileProblem::TooLarge, Vec::new()),
            _ => (FileProblem::UnreadableFile, Vec::new()),
        })?;
    let bytes = zeroize::Zeroizing::new(bytes);
    match scanner.scan(&bytes, &Unattended) {
        Ok(scanned) => Ok(scanned.code),
        Err(ScanError::Several { identifiers }) => Err((
            FileProblem::SeveralCodes,
            identifiers.iter().map(ToString::to_string).collect(),
        )),
        Err(error) => Err((problem_of(&error), Vec::new())),
    }
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

fn same(one: &TypedCode, other: &TypedCode) -> bool {
    match (one.to_text(), other.to_text()) {
        (Some(one), Some(other)) => one.as_bytes().ct_eq(other.as_bytes()).into(),
        _ => false,
    }
}

fn identifier(typed: &TypedCode) -> Option<String> {
    match typed.read() {
        Reading::Code(code) => Some(code.identifier().to_string()),
        Reading::Share(share) => Some(share.identifier().to_string()),
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
