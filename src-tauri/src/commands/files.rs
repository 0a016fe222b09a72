//! Files of the wallet's items: one is added, and a copy of one is saved.

use std::io;

use app::files::file_name;
use app::item_files::proposed_name;
use serde::Serialize;
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::files;
use wallet::disk::{Disk, RealDisk, parent};
use wallet::{FILE_BYTES, ReadFileError};
use zeroize::Zeroizing;

use super::activity::SavedFile;
use super::items::{FieldAt, FileView, field_at};
use super::{Shared, run};
use crate::dialogs;
use crate::error::CommandError;

/// A file that was added, for an item that is saved later.
#[derive(Serialize, TS)]
pub(crate) struct AddedFile {
    name: String,
    file: FileView,
}

/// Adds a file that the person chooses to the open wallet. It is saved with the item that names it.
/// None when the person cancels.
#[command]
pub(crate) async fn add_file(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Option<AddedFile>, CommandError> {
    run(shell, move |shell| {
        let Some(path) = dialogs::choose_file(&app) else {
            return Ok(None);
        };
        let limit = u64::from(FILE_BYTES);
        let content = RealDisk
            .read(&path, limit)
            .map_err(|error| match error.kind() {
                io::ErrorKind::FileTooLarge => CommandError::FileTooLarge { most: limit },
                _ => CommandError::FileUnread,
            });
        let content = Zeroizing::new(content?);
        let file = shell.app.add_file::<CommandError>(&content)?;
        Ok(Some(AddedFile {
            name: file_name(&path),
            file: FileView::of(&file, true),
        }))
    })
    .await
}

/// Forgets the files that were added and are in no item: an editing has ended.
#[command]
pub(crate) async fn end_editing(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| shell.app.end_editing()).await
}

/// Saves a copy of an item's file where the person chooses, and reads it back. None when the person
/// cancels.
#[command]
pub(crate) async fn save_file(
    app: AppHandle,
    shell: Shared<'_>,
    request: FieldAt,
) -> Result<Option<SavedFile>, CommandError> {
    run(shell, move |shell| {
        let file_of = || {
            shell.app.read(|_, session| {
                let field = field_at(session, &request)?;
                let file = field.file.ok_or(CommandError::FileGone)?;
                let content = files::read(session, file.id)?;
                // Exposed because the person saves the file under its name.
                let name = proposed_name(field.text.expose());
                Ok::<_, CommandError>((name, content))
            })
        };
        let (name, _) = file_of()?;
        let kind = dialogs::Kind::File;
        let Some(path) = dialogs::choose_where_to_save(&app, &name, kind)? else {
            return Ok(None);
        };
        // Nothing is locked while the person chooses: the wallet may be closed by now.
        let (_, content) = file_of()?;
        let saver = shell.app.saver();
        let saved = saver.write(&path, &content)?;
        if *saved.read_back(u64::from(FILE_BYTES))? != *content {
            return Err(CommandError::DiskFailed);
        }
        saved.keep()?;
        Ok(Some(SavedFile {
            file_name: file_name(&path),
            folder: parent(&path).display().to_string(),
        }))
    })
    .await
}

impl From<ReadFileError> for CommandError {
    fn from(error: ReadFileError) -> Self {
        match error {
            ReadFileError::NotHere | ReadFileError::Damaged => Self::FileGone,
            ReadFileError::OutOfMemory => Self::OutOfMemory,
        }
    }
}
