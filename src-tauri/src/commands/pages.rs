//! Recovery pages of the code on the screen: how many, save them, and read them back before they count as saved.

use std::path::Path;

use kit::pages::{Collector, MAX_JSON};
use scan::Unattended;
use serde::{Deserialize, Serialize};
use sheet::RecoveryPages;
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::pages::{self, Made};
use wallet::disk;
use zeroize::Zeroizing;

use super::sheet::{Language, NamedBy, Paper, local, with_extension};
use super::{Shared, run};
use crate::desk::Desk;
use crate::dialogs;
use crate::entry::file_name;
use crate::error::{CommandError, ErrorCode};
use crate::view::{SessionView, session_view};

/// Bytes of the largest file of pages that is read back; a page has about 90 kB.
const LARGEST: u64 = 32 << 20;

/// How pages are to be drawn.
#[derive(Deserialize, TS)]
pub(crate) struct PagesOf {
    pub(crate) paper: Paper,
    language: Language,
    named: NamedBy,
}

/// How much paper it takes.
#[derive(Serialize, TS)]
pub(crate) struct PagesExtent {
    pages: usize,
    items: usize,
    /// Bytes that the wallet takes as pages hold it, and the most that they can hold.
    bytes: usize,
    most: usize,
}

/// Pages that were saved and read back.
#[derive(Serialize, TS)]
pub(crate) struct SavedPages {
    file_name: String,
    folder: String,
    pages: usize,
    /// The service that copies their folder elsewhere, if the folder is known for it.
    synchronised: Option<String>,
    session: SessionView,
}

#[command]
pub(crate) async fn pages_extent(desk: Shared<'_>) -> Result<PagesExtent, CommandError> {
    run(desk, |desk| {
        desk.session(|world, _, session| {
            let extent = pages::extent(world, session)?;
            Ok(PagesExtent {
                pages: extent.pages,
                items: session.items().len(),
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
    desk: Shared<'_>,
    request: PagesOf,
) -> Result<Option<SavedPages>, CommandError> {
    run(desk, move |desk| {
        let (made, pdf) = draw(desk, &request)?;
        let name = format!("Recovery pages {}.pdf", made.identifier);
        let Some(path) = dialogs::choose_where_to_save(&app, &name) else {
            return Ok(None);
        };
        let path = with_extension(path);
        disk::replace(&*desk.disk, &path, &pdf)?;
        let read = desk.disk.read(&path, LARGEST)?;
        if let Err(error) = read_back(desk, &read, &made) {
            // Pages that cannot be read are worse than none.
            let _ = desk.disk.remove(&path);
            return Err(error);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        Ok(Some(SavedPages {
            file_name: file_name(&path),
            folder: folder.display().to_string(),
            pages: made.pages.pages().len(),
            synchronised: platform::folders::synchronised_by(folder).map(str::to_owned),
            session: remember(desk, &made)?,
        }))
    })
    .await
}

/// Fresh pages of the wallet as it is now, and their PDF.
pub(crate) fn draw(desk: &Desk, of: &PagesOf) -> Result<(Made, Zeroizing<Vec<u8>>), CommandError> {
    desk.session(|world, _, session| {
        let made = pages::make(world, session)?;
        let name = of.named.on_paper(session);
        let drawn = RecoveryPages {
            wallet: name.as_deref(),
            identifier: made.identifier,
            made: local(made.at),
            items: made.items,
            set: &made.pages.set().to_string(),
            paper: of.paper.into(),
            language: of.language.into(),
            pages: made.pages.pages(),
        };
        let pdf = sheet::pages_pdf(&drawn);
        let pdf = pdf.map_err(|error| CommandError::new(ErrorCode::Internal, error))?;
        Ok((made, pdf))
    })
}

/// The self-test: the pages are rasterised and read, and what they give is opened with the code.
pub(crate) fn read_back(desk: &Desk, pdf: &[u8], made: &Made) -> Result<(), CommandError> {
    let finds = desk.scanner.scan(pdf, &Unattended)?;
    let mut collector = Collector::default();
    for part in &finds.parts {
        collector.add(part);
    }
    let file = collector.finished().ok().flatten();
    let file = file.ok_or_else(|| {
        CommandError::new(ErrorCode::PagesUnreadable, "the pages cannot be read back")
    })?;
    desk.session(|_, _, session| Ok(pages::check(session, &file, made)?))
}

/// The wallet remembers that they were made.
pub(crate) fn remember(desk: &Desk, made: &Made) -> Result<SessionView, CommandError> {
    desk.session(|world, _, session| {
        pages::remember(world, session, made)?;
        Ok(session_view(world, session))
    })
}
