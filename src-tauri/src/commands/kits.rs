//! The recovery kit: the folder that a new one is made in, and what to do about one that is not
//! where it was.

use std::path::PathBuf;

use platform::folders::{same_drive, synchronised_by};
use serde::Serialize;
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::kits;

use super::issue::CodeNamed;
use super::{Shared, run, session_view};
use crate::dialogs;
use crate::error::CommandError;
use crate::view::SessionView;

/// The folder that a kit is to be made in.
#[derive(Serialize, TS)]
pub(crate) struct KitFolder {
    folder: String,
    /// The service that copies it elsewhere, if the folder is known for it.
    synchronised: Option<String>,
    /// It is on the drive that the wallet itself is on, and is lost with it.
    same_drive: bool,
}

#[command]
pub(crate) async fn choose_kit_folder(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Option<KitFolder>, CommandError> {
    run(shell, move |shell| {
        let Some(folder) = dialogs::choose_folder(&app) else {
            return Ok(None);
        };
        let view = KitFolder {
            folder: folder.display().to_string(),
            synchronised: synchronised_by(&folder).map(str::to_owned),
            same_drive: same_drive(&folder, shell.wallets()),
        };
        shell.app.choose_kit_folder(folder);
        Ok(Some(view))
    })
    .await
}

/// Tries again what the last save could not do for the kits.
#[command]
pub(crate) async fn kits_again(shell: Shared<'_>) -> Result<SessionView, CommandError> {
    run(shell, |shell| {
        shell.app.refresh_kits();
        session_view(shell)
    })
    .await
}

/// The person has seen to the kit of a dead code themselves.
#[command]
pub(crate) async fn kit_forget(
    shell: Shared<'_>,
    request: CodeNamed,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        let identifier = request.identifier()?;
        shell.app.change::<_, CommandError>(|world, session| {
            Ok(kits::forget(world, session, identifier)?)
        })?;
        session_view(shell)
    })
    .await
}

/// The person shows where a kit is now. None when they cancel.
#[command]
pub(crate) async fn kit_moved(
    app: AppHandle,
    shell: Shared<'_>,
    request: CodeNamed,
) -> Result<Option<SessionView>, CommandError> {
    run(shell, move |shell| {
        let identifier = request.identifier()?;
        let Some(folder): Option<PathBuf> = dialogs::choose_folder(&app) else {
            return Ok(None);
        };
        shell.app.change::<_, CommandError>(|world, session| {
            Ok(kits::moved(world, session, identifier, &folder)?)
        })?;
        session_view(shell).map(Some)
    })
    .await
}
