//! Close the window, not without asking while something is unsaved.

use serde::Deserialize;
use tauri::{AppHandle, command};
use ts_rs::TS;

use super::{Shared, run};
use crate::error::CommandError;

#[derive(Deserialize, TS)]
pub(crate) struct UnsavedWork {
    /// What is typed in the page would be lost.
    unsaved: bool,
}

/// Has the page asked before the window closes, or not any more.
#[command]
pub(crate) async fn unsaved_work(
    shell: Shared<'_>,
    request: UnsavedWork,
) -> Result<(), CommandError> {
    run(shell, move |shell| {
        shell.set_unsaved_work(request.unsaved);
        Ok(())
    })
    .await
}

/// Closes the window; what is unsaved is lost.
#[command]
pub(crate) async fn close_window(app: AppHandle, shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, move |shell| {
        shell.set_unsaved_work(false);
        app.exit(0);
        Ok(())
    })
    .await
}
