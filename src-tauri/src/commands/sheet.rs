//! Recovery sheets: how they are drawn, and saving one.

use std::path::Path;

use ::sheet::{Language, Paper};
use app::files::{file_name, free_path};
use app::sheets::{self, DrawnSheet, on_screen};
use app::style::{self, Style};
use platform::clock::local_offset_seconds;
use platform::folders::synchronised_by;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;

use super::{Shared, run};
use crate::dialogs;
use crate::error::CommandError;
use crate::shell::Shell;

/// What names the wallet on paper.
#[derive(Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(crate) enum NamedBy {
    Email,
    Label { label: String },
    Nothing,
}

impl From<&NamedBy> for style::NamedBy {
    fn from(named: &NamedBy) -> Self {
        match named {
            NamedBy::Email => Self::Email,
            NamedBy::Label { label } => Self::Label(label.clone()),
            NamedBy::Nothing => Self::Nothing,
        }
    }
}

/// How a sheet is to be drawn.
#[derive(Deserialize, TS)]
pub(crate) struct SheetOf {
    #[ts(type = "\"a4\" | \"letter\"")]
    pub(crate) paper: Paper,
    #[ts(type = "\"english\" | \"german\"")]
    language: Language,
    named: NamedBy,
    /// Which of the sheets on the screen, from 0.
    pub(crate) sheet: usize,
}

impl SheetOf {
    fn style(&self) -> Style {
        Style {
            paper: self.paper,
            language: self.language,
            named: (&self.named).into(),
        }
    }
}

/// A sheet that was saved and read back.
#[derive(Serialize, TS)]
pub(crate) struct SavedSheet {
    file_name: String,
    folder: String,
    /// The decoders that read it back.
    decoders: Vec<String>,
    /// Percentage of the QR code's area up to which it was read although covered.
    margin: u8,
    /// The service that synchronises its folder, if one is known to.
    synchronised: Option<String>,
}

#[command]
pub(crate) async fn save_sheet(
    app: AppHandle,
    shell: Shared<'_>,
    request: SheetOf,
) -> Result<Option<SavedSheet>, CommandError> {
    run(shell, move |shell| {
        let name = name_of(shell, request.sheet)?;
        // Nothing is locked while the person chooses, and while the file is tested.
        let Some(path) = dialogs::choose_where_to_save(&app, &name, dialogs::Kind::Pdf)? else {
            return Ok(None);
        };
        save(shell, &request, &path).map(Some)
    })
    .await
}

/// Asks for the folder that the sheets of a set are to be saved in. False when the person cancels.
#[command]
pub(crate) async fn choose_sheets_folder(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<bool, CommandError> {
    run(shell, move |shell| {
        let Some(folder) = dialogs::choose_folder(&app) else {
            return Ok(false);
        };
        shell.app.choose_sheets_folder(folder);
        Ok(true)
    })
    .await
}

/// Saves a sheet in the folder that was chosen, beside what is there.
#[command]
pub(crate) async fn save_sheet_in_folder(
    shell: Shared<'_>,
    request: SheetOf,
) -> Result<SavedSheet, CommandError> {
    run(shell, move |shell| {
        let folder = shell.app.sheets_folder()?;
        let folder = folder.ok_or(CommandError::Internal)?;
        let name = name_of(shell, request.sheet)?;
        let path = free_path(&folder, &name, &|path| path.try_exists())?;
        save(shell, &request, &path)
    })
    .await
}

/// Returns the name that the file of a sheet on the screen gets.
fn name_of(shell: &Shell, sheet: usize) -> Result<String, CommandError> {
    shell.app.read::<_, CommandError>(|_, session| {
        let (shown, sheet) = on_screen(session, sheet)?;
        Ok(sheets::file_name(shown.identifier, sheet.index()))
    })
}

/// Saves a sheet of the screen, reads it back and tests it.
fn save(shell: &Shell, of: &SheetOf, path: &Path) -> Result<SavedSheet, CommandError> {
    let drawn = draw(shell, of)?;
    let (file, test) = drawn.save(&shell.app.saver(), shell.app.scanner(), path)?;
    still_shown(shell, &drawn, of.sheet)?;
    file.keep()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(SavedSheet {
        file_name: file_name(path),
        folder: folder.display().to_string(),
        decoders: test.decoders.iter().map(ToString::to_string).collect(),
        margin: test.margin.percent,
        synchronised: synchronised_by(folder).map(str::to_owned),
    })
}

/// Draws a sheet of the screen.
pub(crate) fn draw(shell: &Shell, of: &SheetOf) -> Result<DrawnSheet, CommandError> {
    shell.app.read(|world, session| {
        let drawn = sheets::draw(world, session, of.sheet, &of.style(), &local_offset_seconds)?;
        Ok(drawn)
    })
}

/// Fails if the sheet that was drawn has left the screen meanwhile.
pub(super) fn still_shown(
    shell: &Shell,
    drawn: &DrawnSheet,
    sheet: usize,
) -> Result<(), CommandError> {
    shell
        .app
        .read(|world, session| Ok(drawn.still_shown(world, session, sheet)?))
}
