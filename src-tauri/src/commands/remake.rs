//! Make sheets of a set again, or further ones, from those that are at hand.

use code::ShareIndex;
use serde::Deserialize;
use tauri::command;
use ts_rs::TS;

use super::shown::{ShownCode, shown_view};
use super::{Shared, run};
use crate::error::CommandError;

#[derive(Deserialize, TS)]
pub(crate) struct RemakeSheets {
    /// The letters of the sheets to make.
    indices: Vec<char>,
}

#[command]
pub(crate) async fn remake_sheets(
    shell: Shared<'_>,
    request: RemakeSheets,
) -> Result<ShownCode, CommandError> {
    run(shell, move |shell| {
        let indices = letters(&request.indices)?;
        shell.app.remake::<CommandError>(&indices)?;
        shown_view(shell, 0)
    })
    .await
}

fn letters(chosen: &[char]) -> Result<Vec<ShareIndex>, CommandError> {
    let letters = chosen.iter().map(|letter| ShareIndex::from_char(*letter));
    letters.collect::<Option<_>>().ok_or(CommandError::SetSize)
}
