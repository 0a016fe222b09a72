//! Show that the sheets are kept: by a group of each, by scanning it, or by the whole code.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::confirm::Kept;
use zeroize::Zeroizing;

use super::shown::{ShownCode, shown_view};
use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::shell::Shell;
use crate::view::SessionView;

#[derive(Deserialize, TS)]
pub(crate) struct TypedGroup {
    /// The sheet that the group is of, from 0.
    sheet: usize,
    typed: String,
}

/// How far keeping has come.
#[derive(Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum KeepStep {
    /// A sheet is kept; the next one is shown.
    Sheet { shown: Box<ShownCode>, left: usize },
    /// Everything is kept, and nothing is on the screen any more.
    Done { session: Box<SessionView> },
}

fn step(shell: &Shell, kept: Kept) -> Result<KeepStep, CommandError> {
    let Kept::Sheet { left } = kept else {
        let session = Box::new(session_view(shell)?);
        return Ok(KeepStep::Done { session });
    };
    let next = shell.app.with_session(|session| {
        let mut sheets = session.shown()?.sheets().iter();
        sheets.position(|sheet| !sheet.kept())
    })?;
    let shown = Box::new(shown_view(shell, next.unwrap_or(0))?);
    Ok(KeepStep::Sheet { shown, left })
}

#[command]
pub(crate) async fn confirm_by_group(
    shell: Shared<'_>,
    request: TypedGroup,
) -> Result<KeepStep, CommandError> {
    run(shell, move |shell| {
        let typed = Zeroizing::new(request.typed);
        let kept = shell
            .app
            .confirm_by_group::<CommandError>(request.sheet, &typed)?;
        step(shell, kept)
    })
    .await
}

#[command]
pub(crate) async fn confirm_by_entry(shell: Shared<'_>) -> Result<KeepStep, CommandError> {
    run(shell, |shell| {
        let kept = shell.app.confirm_by_entry::<CommandError>()?;
        step(shell, kept)
    })
    .await
}
