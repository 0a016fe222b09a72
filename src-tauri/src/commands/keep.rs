//! Show that the sheets are kept: by a group of each, by scanning it, or by the whole code.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::World;
use usecases::confirm::{ConfirmError, Kept, Proof, keep};
use usecases::session::Session;
use usecases::shown::Shown;
use zeroize::Zeroizing;

use super::shown::{ShownCode, shown_view};
use super::{Shared, run};
use crate::desk::Open;
use crate::error::CommandError;
use crate::view::{SessionView, session_view};

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

fn step(
    world: &World<'_>,
    open: &Open,
    session: &Session,
    kept: Kept,
) -> Result<KeepStep, CommandError> {
    let Kept::Sheet { left } = kept else {
        let session = Box::new(session_view(world, session));
        return Ok(KeepStep::Done { session });
    };
    let next = session
        .shown()
        .and_then(|shown| shown.sheets.iter().position(|sheet| !sheet.kept()));
    let shown = shown_view(world, open, session, next.unwrap_or(0))?;
    let shown = Box::new(shown);
    Ok(KeepStep::Sheet { shown, left })
}

#[command]
pub(crate) async fn confirm_by_group(
    desk: Shared<'_>,
    request: TypedGroup,
) -> Result<KeepStep, CommandError> {
    run(desk, move |desk| {
        let typed = Zeroizing::new(request.typed);
        let (sheet, typed) = (request.sheet, typed.as_str());
        desk.session(|world, open, session| {
            let kept = keep(world, session, &Proof::Group { sheet, typed })?;
            step(world, open, session, kept)
        })
    })
    .await
}

#[command]
pub(crate) async fn confirm_by_entry(desk: Shared<'_>) -> Result<KeepStep, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            let kept = if sheet_by_sheet(open, session) {
                by_sheets(world, open, session)?
            } else {
                keep(world, session, &Proof::Whole(open.entry.code()?))?
            };
            open.entry = Default::default();
            step(world, open, session, kept)
        })
    })
    .await
}

/// While a set is shown its sheets are kept each on its own, not by the code that enough of them give.
fn sheet_by_sheet(open: &Open, session: &Session) -> bool {
    session.shown().is_some_and(Shown::is_set) && !open.entry.is_whole()
}

/// Every sheet that was entered is kept, needed for the code or not. A sheet of another set is forgotten, so that the next one is judged for itself.
fn by_sheets(
    world: &mut World<'_>,
    open: &mut Open,
    session: &mut Session,
) -> Result<Kept, CommandError> {
    let surplus = open.entry.surplus();
    let mut kept = Err(ConfirmError::NothingShown);
    for share in open.entry.shares()?.iter().chain(&surplus) {
        kept = keep(world, session, &Proof::Share(share));
        if !matches!(kept, Ok(Kept::Sheet { .. })) {
            break;
        }
    }
    if matches!(kept, Err(ConfirmError::WrongCode)) {
        open.entry = Default::default();
    }
    Ok(kept?)
}
