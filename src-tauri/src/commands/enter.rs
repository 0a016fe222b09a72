//! Enter a code or the sheets of a set: typed, pasted, chosen or dropped.

use std::path::PathBuf;
use std::sync::Arc;

use code::ShareIndex;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, command};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::{Shared, run};
use crate::desk::Desk;
use crate::dialogs;
use crate::entry::{Entered, Entry, Gathered, file_name, gather};
use crate::error::CommandError;

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
            open.entry.beside(field)
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_accept(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        desk.work(|_, open| {
            let field = open.entry.accept()?;
            Ok(open.entry.beside(field))
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
            open.entry.beside(open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_clear(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| {
            open.entry = Entry::default();
            open.entry.beside(open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_files(app: AppHandle, desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        let paths = dialogs::choose_sheets(&app);
        let scanned = scan(&app, desk, &paths);
        Ok(scanned.unwrap_or_else(|| desk.work(|_, open| open.entry.beside(open.entry.field()))))
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

fn scan(app: &AppHandle, desk: &Desk, paths: &[PathBuf]) -> Option<Entered> {
    let first = paths.first()?;
    let _ = app.emit(
        "scanning",
        Scanning {
            name: file_name(first),
        },
    );
    // Scanning takes seconds, and other commands go on meanwhile.
    let gathered = gather(&*desk.disk, &*desk.scanner, paths)?;
    Some(desk.work(|_, open| {
        let field = match gathered {
            Gathered::Found(found) => open.entry.scanned(found),
            Gathered::Problem(view) => view,
        };
        open.entry.beside(field)
    }))
}
