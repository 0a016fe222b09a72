//! Make sheets of a set again, or further ones, from those that are at hand.

use code::ShareIndex;
use serde::Deserialize;
use tauri::command;
use ts_rs::TS;
use usecases::remake;

use super::shown::{ShownCode, shown_view, uncover};
use super::{Shared, run};
use crate::error::{CommandError, ErrorCode};

#[derive(Deserialize, TS)]
pub(crate) struct RemakeSheets {
    /// The letters of the sheets to make.
    indices: Vec<char>,
}

#[command]
pub(crate) async fn remake_sheets(
    desk: Shared<'_>,
    request: RemakeSheets,
) -> Result<ShownCode, CommandError> {
    run(desk, move |desk| {
        let indices = letters(&request.indices)?;
        desk.session(|world, open, session| {
            let shares = open.entry.shares()?;
            let tried = open.entry.tried();
            remake::remake(world, &mut open.waits, session, shares, tried, &indices)?;
            open.entry = Default::default();
            uncover(world, open);
            shown_view(world, open, session, 0)
        })
    })
    .await
}

fn letters(chosen: &[char]) -> Result<Vec<ShareIndex>, CommandError> {
    let no_sheet = |letter| {
        CommandError::new(
            ErrorCode::SetSize,
            format_args!("no sheet has the letter {letter:?}"),
        )
    };
    chosen
        .iter()
        .map(|letter| ShareIndex::from_char(*letter).ok_or_else(|| no_sheet(letter)))
        .collect()
}
