//! Recovery pages of the code on the screen: how many there are, and saving them.

use std::path::Path;

use app::files::file_name;
use app::pages::{self, DrawnPages};
use app::style::Style;
use kit::pages::MAX_JSON;
use platform::clock::local_offset_seconds;
use platform::folders::synchronised_by;
use serde::{Deserialize, Serialize};
use sheet::{Language, Paper};
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::pages as usecase;
use usecases::session::Session;

use super::sheet::NamedBy;
use super::{Shared, run, session_view};
use crate::dialogs;
use crate::error::CommandError;
use crate::shell::Shell;
use crate::view::SessionView;

/// How pages are to be drawn.
#[derive(Deserialize, TS)]
pub(crate) struct PagesOf {
    #[ts(type = "\"a4\" | \"letter\"")]
    pub(crate) paper: Paper,
    #[ts(type = "\"english\" | \"german\"")]
    language: Language,
    named: NamedBy,
}

/// The size of the pages.
#[derive(Serialize, TS)]
pub(crate) struct PagesExtent {
    pages: usize,
    items: usize,
    /// Bytes that the pages would hold.
    bytes: usize,
    /// Bytes that pages can hold.
    most: usize,
}

impl PagesOf {
    fn style(&self) -> Style {
        Style {
            paper: self.paper,
            language: self.language,
            named: (&self.named).into(),
        }
    }
}

/// Pages that were saved and read back.
#[derive(Serialize, TS)]
pub(crate) struct SavedPages {
    file_name: String,
    folder: String,
    pages: usize,
    /// The service that synchronises their folder, if one is known to.
    synchronised: Option<String>,
    session: SessionView,
}

#[command]
pub(crate) async fn pages_extent(shell: Shared<'_>) -> Result<PagesExtent, CommandError> {
    run(shell, |shell| {
        shell.app.read(|world, session| {
            let extent = usecase::extent(world, session)?;
            Ok(PagesExtent {
                pages: extent.pages,
                items: session.items_in_use().count(),
                bytes: extent.json,
                most: MAX_JSON,
            })
        })
    })
    .await
}

#[command]
pub(crate) async fn save_pages(
    app: AppHandle,
    shell: Shared<'_>,
    request: PagesOf,
) -> Result<Option<SavedPages>, CommandError> {
    run(shell, move |shell| {
        let shown = |session: &Session| session.shown().map(|shown| shown.identifier);
        let shown = shell.app.with_session(shown)?;
        let name = pages::file_name(shown.ok_or(CommandError::NoCodeShown)?);
        // A code that is covered while the person chooses is not given out.
        let Some(path) = dialogs::choose_where_to_save(&app, &name, dialogs::Kind::Pdf)? else {
            return Ok(None);
        };
        let drawn = draw(shell, &request)?;
        let (file, bytes) = drawn.save(&shell.app.saver(), shell.app.scanner(), &path)?;
        check(shell, &drawn, &bytes)?;
        file.keep()?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Ok(Some(SavedPages {
            file_name: file_name(&path),
            folder: folder.display().to_string(),
            pages: drawn.count(),
            synchronised: synchronised_by(folder).map(str::to_owned),
            session: remember(shell, &drawn)?,
        }))
    })
    .await
}

/// Makes and draws pages of the wallet as it is now.
pub(super) fn draw(shell: &Shell, of: &PagesOf) -> Result<DrawnPages, CommandError> {
    shell.app.read(|world, session| {
        let drawn = pages::draw(world, session, &of.style(), &local_offset_seconds)?;
        Ok(drawn)
    })
}

/// Opens what was read back with the code on the screen, and compares it with the wallet.
pub(super) fn check(shell: &Shell, drawn: &DrawnPages, bytes: &[u8]) -> Result<(), CommandError> {
    shell
        .app
        .read(|world, session| Ok(usecase::check(world, session, bytes, drawn.made())?))
}

/// Records in the wallet that the pages were made.
pub(super) fn remember(shell: &Shell, drawn: &DrawnPages) -> Result<SessionView, CommandError> {
    shell.app.change::<_, CommandError>(|world, session| {
        Ok(usecase::remember(world, session, drawn.made())?)
    })?;
    session_view(shell)
}
