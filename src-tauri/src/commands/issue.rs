//! Issue a code or a set, throw it away, leave it, revoke it.

use code::{Identifier, SetSize};
use serde::Deserialize;
use tauri::command;
use ts_rs::TS;
use usecases::issue::Terms;
use usecases::{confirm, issue, life, revoke};

use super::shown::{ShownCode, shown_view, uncover};
use super::{Shared, run};
use crate::error::{CommandError, ErrorCode};
use crate::view::{CodeState, SessionView, code_view, session_view};

/// How long a code is to work.
#[derive(Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Life {
    TwoHours,
    Day,
    Month,
    Year,
    UntilUsed,
}

impl From<Life> for life::Life {
    fn from(chosen: Life) -> Self {
        match chosen {
            Life::TwoHours => Self::TwoHours,
            Life::Day => Self::Day,
            Life::Month => Self::Month,
            Life::Year => Self::Year,
            Life::UntilUsed => Self::UntilUsed,
        }
    }
}

/// A set of so many sheets, so many of which give the code.
#[derive(Clone, Copy, Deserialize, TS)]
pub(crate) struct SetOf {
    needed: u8,
    sheets: u8,
}

impl TryFrom<SetOf> for SetSize {
    type Error = CommandError;

    fn try_from(SetOf { needed, sheets }: SetOf) -> Result<Self, CommandError> {
        Self::new(needed, sheets).ok_or_else(|| {
            CommandError::new(
                ErrorCode::SetSize,
                format_args!("there is no set of {needed} in {sheets} sheets"),
            )
        })
    }
}

#[derive(Deserialize, TS)]
pub(crate) struct IssueCode {
    life: Life,
    /// The set to split it into; none for one sheet.
    set: Option<SetOf>,
    /// With a kit in the folder that was chosen, so that it works on other computers too.
    with_kit: bool,
    /// With recovery pages, which are made while the code is shown.
    with_pages: bool,
    /// The person agreed to a code that stops working before the one that it replaces.
    sooner_is_fine: bool,
}

#[derive(Deserialize, TS)]
pub(crate) struct CodeNamed {
    identifier: String,
}

impl CodeNamed {
    /// The name, if it is one.
    pub(crate) fn identifier(&self) -> Result<Identifier, CommandError> {
        let parsed = self.identifier.parse();
        parsed.map_err(|error| CommandError::new(ErrorCode::CodeUnknown, error))
    }
}

#[command]
pub(crate) async fn issue_code(
    desk: Shared<'_>,
    request: IssueCode,
) -> Result<ShownCode, CommandError> {
    run(desk, move |desk| {
        let set = request.set.map(SetSize::try_from).transpose()?;
        desk.session(|world, open, session| {
            let kit = match request.with_kit {
                true => Some(open.kit_folder.clone().ok_or_else(|| {
                    CommandError::new(ErrorCode::KitFolder, "no folder was chosen for the kit")
                })?),
                false => None,
            };
            let life = request.life.into();
            let terms = Terms {
                life,
                set,
                kit,
                pages: request.with_pages,
            };
            issue::issue(world, session, &terms, request.sooner_is_fine)?;
            open.watch(world, session);
            uncover(world, open);
            shown_view(world, open, session, 0)
        })
    })
    .await
}

#[command]
pub(crate) async fn discard_code(desk: Shared<'_>) -> Result<SessionView, CommandError> {
    run(desk, |desk| {
        desk.session(|world, _, session| {
            confirm::discard(world, session)?;
            Ok(session_view(world, session))
        })
    })
    .await
}

#[command]
pub(crate) async fn leave_code(desk: Shared<'_>) -> Result<SessionView, CommandError> {
    run(desk, |desk| {
        desk.session(|world, _, session| {
            session.leave();
            Ok(session_view(world, session))
        })
    })
    .await
}

#[command]
pub(crate) async fn revoke_code(
    desk: Shared<'_>,
    request: CodeNamed,
) -> Result<SessionView, CommandError> {
    run(desk, move |desk| {
        let identifier = request.identifier()?;
        desk.session(|world, _, session| {
            revoke::revoke(world, session, identifier)?;
            Ok(session_view(world, session))
        })
    })
    .await
}

#[command]
pub(crate) async fn code_state(desk: Shared<'_>) -> Result<CodeState, CommandError> {
    run(desk, |desk| {
        desk.session(|world, _, session| Ok(code_view(world, session)))
    })
    .await
}
