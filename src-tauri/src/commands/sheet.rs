//! Draw the recovery sheet; save it, and read it back before it counts as saved.

use std::path::{Path, PathBuf};

use code::{Identifier, Reading, SetSize, ShareIndex, TypedCode};
use platform::clock::local_offset_seconds;
use scan::Limits;
use serde::{Deserialize, Serialize};
use sheet::{Carries, LocalTime, Reach, Sheet, Validity};
use subtle::ConstantTimeEq;
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::ports::printer;
use usecases::session::Session;
use usecases::shown::{Carried, Shown, ShownSheet};
use wallet::Timestamp;
use wallet::disk;
use zeroize::Zeroizing;

use super::shown::on_screen;
use super::{Shared, run};
use crate::desk::Desk;
use crate::dialogs;
use crate::entry::file_name;
use crate::error::{CommandError, ErrorCode};

/// Bytes of the largest sheet that is read back; ours are under 60 kB.
const LARGEST: u64 = 1 << 20;

/// Characters of the longest label; what is too long for the sheet ends in an ellipsis there.
const LONGEST_LABEL: usize = 200;
/// Dots an inch at which the margin is measured: as a careful scan.
const MEASURED_AT: f32 = 200.0;

#[derive(Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Paper {
    A4,
    Letter,
}

impl From<Paper> for printer::Paper {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self::A4,
            Paper::Letter => Self::Letter,
        }
    }
}

impl From<Paper> for sheet::Paper {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self::A4,
            Paper::Letter => Self::Letter,
        }
    }
}

#[derive(Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Language {
    English,
    German,
}

impl From<Language> for sheet::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::English => Self::English,
            Language::German => Self::German,
        }
    }
}

/// What names the wallet on paper.
#[derive(Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(crate) enum NamedBy {
    Email,
    Label { label: String },
    Nothing,
}

impl NamedBy {
    /// What is printed; an empty label is none on paper.
    pub(crate) fn on_paper(&self, session: &Session) -> Option<String> {
        match self {
            Self::Email => Some(session.email().to_string()),
            Self::Label { label } => Some(label.trim().chars().take(LONGEST_LABEL).collect()),
            Self::Nothing => None,
        }
    }
}

/// How a sheet is to be drawn.
#[derive(Deserialize, TS)]
pub(crate) struct SheetOf {
    pub(crate) paper: Paper,
    language: Language,
    named: NamedBy,
    /// Which of the sheets on the screen, from 0.
    pub(crate) sheet: usize,
}

/// A sheet that was saved and read back.
#[derive(Serialize, TS)]
pub(crate) struct SavedSheet {
    file_name: String,
    folder: String,
    /// The decoders that read it back.
    decoders: Vec<String>,
    /// So much of the QR code, in per cent of its area, may be covered, and it was still read.
    margin: u8,
    /// The service that copies its folder elsewhere, if the folder is known for it.
    synchronised: Option<String>,
}

#[command]
pub(crate) async fn save_sheet(
    app: AppHandle,
    desk: Shared<'_>,
    request: SheetOf,
) -> Result<Option<SavedSheet>, CommandError> {
    run(desk, move |desk| {
        let name = desk.session(|_, _, session| {
            let (shown, sheet) = on_screen(session, request.sheet)?;
            Ok(named(shown.identifier, sheet.index()))
        })?;
        // Nothing is held while the person chooses.
        let Some(path) = dialogs::choose_where_to_save(&app, &name) else {
            return Ok(None);
        };
        let path = with_extension(path);
        let pdf = draw(desk, &request)?;
        disk::replace(&*desk.disk, &path, &pdf)?;
        let read = Zeroizing::new(desk.disk.read(&path, LARGEST)?);
        let checked = check(desk, &read, request.sheet);
        let (decoders, margin) = match checked {
            Ok(checked) => checked,
            Err(error) => {
                // A sheet that cannot be read is worse than none.
                let _ = desk.disk.remove(&path);
                return Err(error);
            }
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        Ok(Some(SavedSheet {
            file_name: file_name(&path),
            folder: folder.display().to_string(),
            decoders,
            margin,
            synchronised: platform::folders::synchronised_by(folder).map(str::to_owned),
        }))
    })
    .await
}

/// The sheet as a PDF.
pub(crate) fn draw(desk: &Desk, of: &SheetOf) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    desk.session(|_, _, session| {
        let (shown, sheet) = on_screen(session, of.sheet)?;
        let name = of.named.on_paper(session);
        let sheet = Sheet {
            carries: carries(shown, sheet),
            wallet: name.as_deref(),
            made: local(shown.issued),
            validity: shown
                .expires
                .map_or(Validity::UntilUsed, |at| Validity::Until(local(at))),
            paper: of.paper.into(),
            language: of.language.into(),
            reach: match (shown.kit, shown.pages) {
                (false, false) => Reach::ThisComputer,
                (kit, pages) => Reach::OtherComputers { kit, pages },
            },
        };
        sheet::pdf(&sheet).map_err(|error| CommandError::new(ErrorCode::Internal, error))
    })
}

/// The name that the file gets where the person chooses no other.
fn named(identifier: Identifier, sheet: Option<ShareIndex>) -> String {
    match sheet {
        Some(letter) => format!("Recovery sheet {identifier}-{letter}.pdf"),
        None => format!("Recovery sheet {identifier}.pdf"),
    }
}

fn carries<'a>(shown: &Shown, sheet: &'a ShownSheet) -> Carries<'a> {
    match sheet.carries() {
        Carried::Code(code) => Carries::Code(code),
        Carried::Share(share) => Carries::Share {
            share,
            sheets: shown.set.map_or(0, SetSize::sheets),
        },
    }
}

pub(crate) fn local(at: Timestamp) -> LocalTime {
    LocalTime {
        unix: at.0,
        offset_seconds: local_offset_seconds(at),
    }
}

/// The name that the person chose, as a PDF's.
pub(crate) fn with_extension(path: PathBuf) -> PathBuf {
    match path.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("pdf") => path,
        _ => path.with_added_extension("pdf"),
    }
}

/// The self-test: the sheet is rasterised and decoded by two decoders; both must give what is on the screen. Then its QR code
/// is covered bit by bit, to know how much of it may be lost.
pub(crate) fn check(
    desk: &Desk,
    bytes: &[u8],
    sheet: usize,
) -> Result<(Vec<String>, u8), CommandError> {
    let readings = desk.scanner.read_pdf_with_both(bytes)?;
    let page = scan::render(bytes, 0, MEASURED_AT, &Limits::default())?;
    desk.session(|_, _, session| {
        let (_, sheet) = on_screen(session, sheet)?;
        let decoders = readings
            .iter()
            .map(|(engine, typed)| match is_on(sheet, typed) {
                true => Ok(engine.to_string()),
                false => Err(CommandError::new(
                    ErrorCode::SheetUnreadable,
                    format_args!("{engine} reads another code"),
                )),
            })
            .collect::<Result<_, _>>()?;
        let margin = scan::damage_margin(&page, sheet.expose())?;
        Ok((decoders, margin.percent))
    })
}

fn is_on(sheet: &ShownSheet, typed: &TypedCode) -> bool {
    match (typed.read(), sheet.carries()) {
        (Reading::Code(read), Carried::Code(shown)) => read.ct_eq(shown).into(),
        (Reading::Share(read), Carried::Share(shown)) => read.ct_eq(shown).into(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

    use super::*;

    #[test]
    fn a_sheet_is_named_after_its_code_and_its_letter() {
        let identifier = "M7QS".parse().unwrap();
        assert_eq!(named(identifier, None), "Recovery sheet M7QS.pdf");
        let letter = ShareIndex::from_char('A');
        assert_eq!(named(identifier, letter), "Recovery sheet M7QS-A.pdf");
    }

    #[test]
    fn a_sheet_s_name_ends_in_pdf_whatever_was_typed() {
        let named = |name: &str| with_extension(PathBuf::from(name)).display().to_string();
        assert_eq!(named("sheet"), "sheet.pdf");
        assert_eq!(named("sheet.PDF"), "sheet.PDF");
        assert_eq!(named("my.sheet"), "my.sheet.pdf");
    }
}
