//! A list of the codes that another service gave out: saving it. `print` prints it.

use app::files::file_name;
use app::service_codes::{self, DrawnServiceCodes, FILE_NAME, ListOf};
use platform::clock::local_offset_seconds;
use platform::folders::synchronised_by;
use serde::{Deserialize, Serialize};
use sheet::{Language, Paper};
use tauri::{AppHandle, command};
use ts_rs::TS;
use wallet::disk::parent;

use super::items::item_id;
use super::{Shared, run};
use crate::dialogs;
use crate::error::CommandError;
use crate::shell::Shell;

/// The codes of a field that are to be listed, and how.
#[derive(Deserialize, TS)]
pub(crate) struct ServiceCodesOf {
    id: String,
    number: u32,
    #[ts(type = "\"a4\" | \"letter\"")]
    pub(crate) paper: Paper,
    #[ts(type = "\"english\" | \"german\"")]
    language: Language,
}

/// A list that was saved and read back.
#[derive(Serialize, TS)]
pub(crate) struct SavedServiceCodes {
    file_name: String,
    folder: String,
    /// The service that synchronises its folder, if one is known to.
    synchronised: Option<String>,
}

/// Saves a list where the person chooses. Asks for a fresh confirmation of the password. None when
/// the person cancels.
#[command]
pub(crate) async fn save_service_codes(
    app: AppHandle,
    shell: Shared<'_>,
    request: ServiceCodesOf,
) -> Result<Option<SavedServiceCodes>, CommandError> {
    run(shell, move |shell| {
        // Whatever keeps it from being drawn is said before the person chooses.
        draw(shell, &request)?;
        let Some(path) = dialogs::choose_where_to_save(&app, FILE_NAME, dialogs::Kind::Pdf)? else {
            return Ok(None);
        };
        // Nothing is locked while the person chooses: the wallet may be closed by now.
        let drawn = draw(shell, &request)?;
        drawn.save(&shell.app.saver(), &path)?.keep()?;
        let folder = parent(&path);
        Ok(Some(SavedServiceCodes {
            file_name: file_name(&path),
            folder: folder.display().to_string(),
            synchronised: synchronised_by(folder).map(str::to_owned),
        }))
    })
    .await
}

/// Draws a list of the codes that the wallet holds now.
pub(super) fn draw(shell: &Shell, of: &ServiceCodesOf) -> Result<DrawnServiceCodes, CommandError> {
    let list = ListOf {
        item: item_id(&of.id)?,
        number: of.number,
        paper: of.paper,
        language: of.language,
    };
    shell.app.read(|world, session| {
        let drawn = service_codes::draw(world, session, &list, &local_offset_seconds)?;
        Ok(drawn)
    })
}
