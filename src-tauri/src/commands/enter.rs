//! Enter a code or the sheets of a set: typed, pasted, chosen or dropped.

use std::path::PathBuf;
use std::sync::Arc;

use code::ShareIndex;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, command};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::{Shared, run};
use crate::desk::{Desk, Open};
use crate::dialogs;
use crate::entry::{Entered, Entry, EntryView, FileProblem, Gathered, file_name, gather};
use crate::error::CommandError;
use crate::restoring::Restoring;

#[derive(Deserialize, TS)]
pub(crate) struct TypedText {
    text: String,
    /// The person stopped, or pressed Enter: characters left out or doubled are looked for.
    finished: bool,
}

#[derive(Deserialize, TS)]
pub(crate) struct SheetIndex {
    index: char,
}

#[derive(Clone, Serialize)]
struct Scanning {
    name: String,
}

#[command]
pub(crate) async fn enter_text(
    desk: Shared<'_>,
    request: TypedText,
) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        let text = Zeroizing::new(request.text);
        Ok(desk.work(|_, open| {
            let field = open.entry.typed(&text, request.finished);
            entered(open, field)
        }))
    })
    .await
}

/// What was entered before, as it is.
#[command]
pub(crate) async fn enter_resume(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| entered(open, open.entry.field())))
    })
    .await
}

#[command]
pub(crate) async fn enter_accept(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        desk.work(|_, open| {
            let field = open.entry.accept()?;
            Ok(entered(open, field))
        })
    })
    .await
}

#[command]
pub(crate) async fn enter_remove(
    desk: Shared<'_>,
    request: SheetIndex,
) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        Ok(desk.work(|_, open| {
            if let Some(index) = ShareIndex::from_char(request.index) {
                open.entry.remove(index);
            }
            entered(open, open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_clear(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| {
            open.entry = Entry::default();
            entered(open, open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_files(app: AppHandle, desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        let paths = dialogs::choose_sheets(&app);
        Ok(scan(&app, desk, &paths))
    })
    .await
}

/// Files were dropped on the window: they are read here, and the page is told what was in them.
pub(crate) fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let app = app.clone();
    let desk = Arc::clone(&app.state::<Arc<Desk>>());
    tauri::async_runtime::spawn_blocking(move || {
        let view = scan(&app, &desk, &paths);
        // A window that is gone needs no news.
        let _ = app.emit("entry", view);
    });
}

/// Reads files and folders, and says what there is then.
pub(crate) fn scan(app: &AppHandle, desk: &Desk, paths: &[PathBuf]) -> Entered {
    if let Some(first) = paths.first() {
        let name = file_name(first);
        let _ = app.emit("scanning", Scanning { name });
    }
    // Scanning takes seconds, and other commands go on meanwhile.
    let gathered = gather(&*desk.disk, &*desk.scanner, paths);
    desk.work(|_, open| {
        let field = match gathered {
            Some(gathered) => take(open, gathered, paths),
            None => open.entry.field(),
        };
        entered(open, field)
    })
}

/// Codes go into the field; what a wallet can be restored from goes there while one is being restored, and is told to be in
/// the wrong place otherwise.
fn take(open: &mut Open, gathered: Gathered, paths: &[PathBuf]) -> EntryView {
    let misplaced = match (gathered.kit.is_empty(), gathered.parts.is_empty()) {
        (true, true) => None,
        (false, _) => Some(FileProblem::Kit),
        (true, false) => Some(FileProblem::Pages),
    };
    let restored_from = match &mut open.restoring {
        Some(restoring) => restoring.take(gathered.kit, &gathered.parts),
        None => false,
    };
    match (gathered.found, gathered.problem, misplaced) {
        (found, _, _) if !found.is_empty() => open.entry.scanned(found),
        (_, Some(problem), None) => problem,
        (_, _, Some(problem)) if !restored_from => EntryView::FileProblem {
            name: paths
                .first()
                .map(|path| file_name(path))
                .unwrap_or_default(),
            problem,
            identifiers: Vec::new(),
        },
        _ => open.entry.field(),
    }
}

/// What has been entered, with this in the field.
pub(crate) fn entered(open: &Open, field: EntryView) -> Entered {
    let restoring = open.restoring.as_ref().map(Restoring::view);
    open.entry.beside(field, restoring)
}
