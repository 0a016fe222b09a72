//! Copying a text, which is cleared again.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::{Shared, run};
use crate::error::CommandError;
use crate::shell::Shell;

/// A text that the page shows.
#[derive(Deserialize, TS)]
pub(crate) struct TextToCopy {
    text: String,
}

/// A text that is on the clipboard.
#[derive(Serialize, TS)]
pub(crate) struct Copied {
    /// When it is cleared, in Unix seconds. None: everything was locked meanwhile, and it is
    /// cleared at once.
    until: Option<i64>,
}

/// Copies `text`, which is of this epoch, for as long as the settings say.
pub(crate) fn copy(shell: &Shell, text: &str, epoch: u64) -> Result<Copied, CommandError> {
    let time = shell.settings().clipboard_time();
    let until = shell.app.copy(text, epoch, time)?;
    Ok(Copied {
        until: until.map(|until| until.0),
    })
}

#[command]
pub(crate) async fn copy_text(
    shell: Shared<'_>,
    request: TextToCopy,
) -> Result<Copied, CommandError> {
    run(shell, move |shell| {
        copy(shell, &Zeroizing::new(request.text), shell.app.epoch())
    })
    .await
}

/// Clears the clipboard if it still holds what was copied.
#[command]
pub(crate) async fn clear_clipboard(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| Ok(shell.app.clear_clipboard()?)).await
}
