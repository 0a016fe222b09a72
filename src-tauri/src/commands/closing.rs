//! Not to close the window without asking while something is unsaved.

use serde::Deserialize;
use tauri::command;
use ts_rs::TS;

use super::{Shared, run};
use crate::error::CommandError;

#[derive(Deserialize, TS)]
pub(crate) struct UnsavedWork {
    /// What is typed in the page would be lost.
    unsaved: bool,
}

/// The page heard that the window is to be closed, and asks the person.
#[command]
pub(crate) async fn closing_heard(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        shell.close_question.heard();
        Ok(())
    })
    .await
}

/// Has the page asked before the window closes, or not any more.
#[command]
pub(crate) async fn unsaved_work(
    shell: Shared<'_>,
    request: UnsavedWork,
) -> Result<(), CommandError> {
    run(shell, move |shell| {
        shell.close_question.set_unsaved(request.unsaved);
        Ok(())
    })
    .await
}
