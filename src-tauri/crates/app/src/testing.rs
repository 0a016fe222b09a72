//! What unit tests share: codes and sheets from seeds, scanners and cameras that follow a script.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::VecDeque;

use code::{BackupCode, Reading, SetSize, TypedCode};
use rand::SeedableRng;
use rand::rngs::StdRng;
use scan::{
    Engine, Finds, Foreign, Frame, Progress, ScanError, Scanned, Scanner, Sight, Wanted, Watch,
};
use sheet::{Carries, Language, LocalTime, Paper, Reach, Sheet, Validity};
use zeroize::Zeroizing;

/// A frame for watches that do not look at it.
pub(crate) const FRAME: Frame<'static> = Frame {
    width: 1,
    height: 1,
    pixels: &[0],
};

/// The code of a set, and its sheets in the order of their letters.
pub(crate) fn set(seed: u64, needed: u8, sheets: u8) -> (String, Vec<String>) {
    let size = SetSize::new(needed, sheets).unwrap();
    let (code, shares) =
        BackupCode::generate_set(&mut StdRng::seed_from_u64(seed), &|_| false, size);
    let sheets = shares.iter().map(|share| share.expose().to_owned());
    (code.expose().to_owned(), sheets.collect())
}

/// A single code.
pub(crate) fn single_code(seed: u64) -> BackupCode {
    BackupCode::generate(&mut StdRng::seed_from_u64(seed), &|_| false)
}

/// The text of a single code.
pub(crate) fn single(seed: u64) -> String {
    single_code(seed).expose().to_owned()
}

/// The PDF of a sheet with a single code.
pub(crate) fn sheet_pdf(seed: u64) -> Zeroizing<Vec<u8>> {
    sheet::pdf(&Sheet {
        carries: Carries::Code(&single_code(seed)),
        wallet: None,
        made: LocalTime {
            unix: 1_800_000_000,
            offset_seconds: 0,
        },
        validity: Validity::UntilUsed,
        reach: Reach::ThisComputer,
        language: Language::English,
        paper: Paper::A4,
    })
    .unwrap()
}

/// A code with this text, as the first decoder reads it.
pub(crate) fn scanned(text: &str) -> Scanned {
    Scanned {
        code: TypedCode::parse(text).unwrap(),
        engine: Engine::Rxing,
        page: None,
    }
}

/// Shows the texts of a script, a frame each, and is unavailable afterwards. A text of more
/// than four characters is foreign.
pub(crate) struct ScriptedWatch(VecDeque<Vec<&'static str>>);

impl ScriptedWatch {
    pub(crate) fn new(frames: Vec<Vec<&'static str>>) -> Self {
        Self(frames.into())
    }
}

/// Whether a text of a script is longer than the beginnings of codes there.
fn is_foreign(text: &str) -> bool {
    text.len() > 4
}

impl Watch for ScriptedWatch {
    fn look(&mut self, _: &Frame<'_>) -> Result<Sight, ScanError> {
        let texts = self.0.pop_front().ok_or(ScanError::Unavailable)?;
        let (foreign, codes): (Vec<_>, Vec<_>) = texts.into_iter().partition(|it| is_foreign(it));
        let foreign = foreign.into_iter().map(str::to_owned).map(Zeroizing::new);
        Ok(Sight {
            codes: codes.into_iter().map(scanned).collect(),
            foreign: foreign.collect(),
            ..Sight::default()
        })
    }
}

/// Reads files of plain text: a code, a part of recovery pages or a foreign text a line.
pub(crate) struct LineScanner;

impl Scanner for LineScanner {
    fn scan(&self, bytes: &[u8], _: &dyn Progress) -> Result<Finds, ScanError> {
        let text = std::str::from_utf8(bytes).unwrap();
        let (parts, codes): (Vec<_>, Vec<_>) =
            text.lines().partition(|line| line.starts_with("UR:"));
        if codes.is_empty() && parts.is_empty() {
            return Err(ScanError::NoCode);
        }
        let parts = parts.into_iter().map(str::to_owned).map(Zeroizing::new);
        Ok(Finds {
            codes: codes.into_iter().map(scanned).collect(),
            parts: parts.collect(),
        })
    }

    fn read_foreign(&self, bytes: &[u8], _: &dyn Progress) -> Result<Foreign, ScanError> {
        let text = std::str::from_utf8(bytes).unwrap();
        let is_code = |line: &str| {
            TypedCode::parse(line).is_ok_and(|it| matches!(it.read(), Reading::Code(_)))
        };
        let is_ours = |line: &&str| line.starts_with("UR:") || is_code(line);
        let (ours, foreign): (Vec<_>, Vec<_>) = text.lines().partition(is_ours);
        if ours.is_empty() && foreign.is_empty() {
            return Err(ScanError::NoCode);
        }
        let texts = foreign.into_iter().map(str::to_owned).map(Zeroizing::new);
        Ok(Foreign {
            texts: texts.collect(),
            ours: !ours.is_empty(),
        })
    }

    fn read_pdf_with_both(&self, _: &[u8]) -> Result<[(Engine, TypedCode); 2], ScanError> {
        Err(ScanError::Unsupported)
    }

    fn watch(&self, _: Wanted) -> Result<Box<dyn Watch>, ScanError> {
        Err(ScanError::Unavailable)
    }
}
