//! Enter a code: typed, pasted, chosen or dropped.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, command};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::{Shared, run};
use crate::desk::Desk;
use crate::dialogs;
use crate::entry::{self, EntryView, Gathered};
use crate::error::CommandError;

#[derive(Deserialize, TS)]
pub(crate) struct TypedText {
    text: String,
}

#[derive(Clone, Serialize)]
struct Scanning {
    name: String,
}

#[command]
pub(crate) async fn enter_text(
    desk: Shared<'_>,
    request: TypedText,
) -> Result<EntryView, CommandError> {
    run(desk, move |desk| {
        let text = Zeroizing::new(request.text);
        Ok(desk.work(|_, open| open.entry.typed(&text)))
    })
    .await
}

#[command]
pub(crate) async fn enter_accept(desk: Shared<'_>) -> Result<EntryView, CommandError> {
    run(desk, |desk| desk.work(|_, open| open.entry.accept())).await
}

#[command]
pub(crate) async fn enter_clear(desk: Shared<'_>) -> Result<EntryView, CommandError> {
    run(desk, |desk| Ok(desk.work(|_, open| open.entry.typed("")))).await
}

#[command]
pub(crate) async fn enter_files(
    app: AppHandle,
    desk: Shared<'_>,
) -> Result<EntryView, CommandError> {
    run(desk, move |desk| {
        let paths = dialogs::choose_sheets(&app);
        Ok(scan(&app, desk, &paths).unwrap_or(EntryView::Empty))
    })
    .await
}

/// Files were dropped on the window: they are read here, and the page is told what was in them.
pub(crate) fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let app = app.clone();
    let desk = Arc::clone(&app.state::<Arc<Desk>>());
    tauri::async_runtime::spawn_blocking(move || {
        if let Some(view) = scan(&app, &desk, &paths) {
            // A window that is gone needs no news.
            let _ = app.emit("entry", view);
        }
    });
}

fn scan(app: &AppHandle, desk: &Desk, paths: &[PathBuf]) -> Option<EntryView> {
    let first = paths.first()?;
    let _ = app.emit(
        "scanning",
        Scanning {
            name: entry::file_name(first),
        },
    );
    // Scanning takes seconds, and other commands go on meanwhile.
    let gathered = entry::gather(&*desk.disk, &*desk.scanner, paths)?;
    Some(desk.work(|_, open| match gathered {
        Gathered::Code { typed, name } => open.entry.scanned(&typed, name),
        Gathered::Problem(view) => view,
    }))
}
