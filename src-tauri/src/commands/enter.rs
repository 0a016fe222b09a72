//! Enters a code or the sheets of a set: typed, pasted, chosen or dropped.

use std::path::PathBuf;
use std::sync::Arc;

use app::files::FileProblem;
use app::gather::{gather, gather_picture};
use code::{ShareIndex, TypedCode};
use scan::Limits;
use serde::Deserialize;
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Manager, command};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::attending::Attending;
use super::entered::{Entered, entered, entered_before, entered_typed, taken};
use super::{Shared, run};
use crate::dialogs;
use crate::error::CommandError;
use crate::events;
use crate::shell::Shell;

#[derive(Deserialize, TS)]
pub(crate) struct TypedText {
    text: String,
    /// The person paused or pressed Enter: missing and doubled characters are looked for.
    finished: bool,
}

#[derive(Deserialize, TS)]
pub(crate) struct PastedText {
    text: String,
}

#[derive(Deserialize, TS)]
pub(crate) struct SheetIndex {
    index: char,
}

#[command]
pub(crate) async fn enter_text(
    shell: Shared<'_>,
    request: TypedText,
) -> Result<Entered, CommandError> {
    run(shell, move |shell| {
        let text = Zeroizing::new(request.text);
        let field = shell.app.type_text(&text, request.finished);
        Ok(entered_typed(&shell.app, field, &text, request.finished))
    })
    .await
}

/// Spells a pasted code for the field: without label, printed numbers and unseen characters. The
/// text crosses back because the person pasted it.
#[command]
pub(crate) async fn spell_pasted(
    shell: Shared<'_>,
    request: PastedText,
) -> Result<String, CommandError> {
    run(shell, move |_| {
        let text = Zeroizing::new(request.text);
        Ok(TypedCode::spell(&text).to_string())
    })
    .await
}

/// Returns what has been entered before, unchanged.
#[command]
pub(crate) async fn enter_resume(shell: Shared<'_>) -> Result<Entered, CommandError> {
    run(shell, |shell| Ok(entered_before(&shell.app))).await
}

#[command]
pub(crate) async fn enter_accept(shell: Shared<'_>) -> Result<Entered, CommandError> {
    run(shell, |shell| {
        let field = shell.app.accept_correction()?;
        Ok(entered(&shell.app, field))
    })
    .await
}

#[command]
pub(crate) async fn enter_remove(
    shell: Shared<'_>,
    request: SheetIndex,
) -> Result<Entered, CommandError> {
    run(shell, move |shell| {
        let field = shell.app.remove_sheet(ShareIndex::from_char(request.index));
        Ok(entered(&shell.app, field))
    })
    .await
}

#[command]
pub(crate) async fn enter_clear(shell: Shared<'_>) -> Result<Entered, CommandError> {
    run(shell, |shell| {
        shell.take_held_back();
        shell.app.clear_entry();
        Ok(entered_before(&shell.app))
    })
    .await
}

#[command]
pub(crate) async fn enter_files(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Entered, CommandError> {
    run(shell, move |shell| {
        let epoch = shell.app.epoch();
        let paths = dialogs::choose_sheets(&app);
        Ok(scan(&app, shell, &paths, epoch))
    })
    .await
}

/// Reads files that were dropped on the window, and sends the page what has been entered then.
pub(crate) fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let app = app.clone();
    let Some(shell) = app.try_state::<Arc<Shell>>().map(|it| Arc::clone(&it)) else {
        return;
    };
    let epoch = shell.app.epoch();
    tauri::async_runtime::spawn_blocking(move || {
        let view = scan(&app, &shell, &paths, epoch);
        events::entry(&app, view);
    });
}

/// The person decided to read files although the process that reads them cannot be restricted here.
/// Holds until the program ends. Reads the files that were held back.
#[command]
pub(crate) async fn enter_anyway(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Entered, CommandError> {
    run(shell, move |shell| {
        shell.app.scanner().read_anyway();
        let paths = shell.take_held_back();
        Ok(match paths.is_empty() {
            true => entered_before(&shell.app),
            false => scan(&app, shell, &paths, shell.app.epoch()),
        })
    })
    .await
}

/// A picture was pasted: the file's bytes are the body of the call.
#[command]
pub(crate) async fn enter_picture(
    app: AppHandle,
    shell: Shared<'_>,
    request: Request<'_>,
) -> Result<Entered, CommandError> {
    let bytes = raw(&request)?;
    run(shell, move |shell| {
        let epoch = shell.app.epoch();
        let attending = Attending::new(&app, shell);
        attending.begins_picture();
        shell.take_held_back();
        let gathered = gather_picture(shell.app.scanner(), &bytes, &attending);
        Ok(taken(&shell.app, gathered, epoch))
    })
    .await
}

/// Cancels the reading of files.
#[command]
pub(crate) async fn enter_cancel(shell: Shared<'_>) -> Result<(), CommandError> {
    shell.app.scanning.withdraw();
    Ok(())
}

/// Reads files and folders that were chosen in this epoch, and returns what has been entered then.
pub(crate) fn scan(app: &AppHandle, shell: &Shell, paths: &[PathBuf], epoch: u64) -> Entered {
    // What was held back before is not read on the consent to these.
    shell.take_held_back();
    // Scanning takes seconds; other commands run meanwhile.
    let gathered = gather(
        shell.app.disk(),
        shell.app.scanner(),
        paths,
        &Attending::new(app, shell),
    );
    let held_back = gathered.unread.iter();
    if held_back
        .map(|unread| unread.problem)
        .any(|it| it == FileProblem::Unprotected)
    {
        shell.hold_back(paths);
    }
    taken(&shell.app, gathered, epoch)
}

/// Returns the bytes of a call's body, at most those that a file may have. The allocator wipes the
/// copy that Tauri holds.
pub(super) fn raw(request: &Request<'_>) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    match request.body() {
        InvokeBody::Raw(bytes) if bytes.len() as u64 <= Limits::default().bytes => {
            Ok(Zeroizing::new(bytes.clone()))
        }
        _ => Err(CommandError::Internal),
    }
}
