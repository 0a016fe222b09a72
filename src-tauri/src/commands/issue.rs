//! Issue a code or a set, throw it away, leave it, revoke it.

use app::IssueOrder;
use code::{Identifier, SetSize};
use serde::Deserialize;
use tauri::command;
use ts_rs::TS;
use usecases::{confirm, life, revoke};

use super::shown::{ShownCode, shown_view};
use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::view::{CodeState, SessionView, code_view};

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
        Self::new(needed, sheets).ok_or(CommandError::SetSize)
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
        parsed.map_err(|_| CommandError::CodeNotLive)
    }
}

#[command]
pub(crate) async fn issue_code(
    shell: Shared<'_>,
    request: IssueCode,
) -> Result<ShownCode, CommandError> {
    run(shell, move |shell| {
        let set = request.set.map(SetSize::try_from).transpose()?;
        shell.app.issue::<CommandError>(IssueOrder {
            life: request.life.into(),
            set,
            kit: request.with_kit,
            pages: request.with_pages,
            sooner_is_fine: request.sooner_is_fine,
        })?;
        shown_view(shell, 0)
    })
    .await
}

#[command]
pub(crate) async fn discard_code(shell: Shared<'_>) -> Result<SessionView, CommandError> {
    run(shell, |shell| {
        shell
            .app
            .change::<_, CommandError>(|world, session| Ok(confirm::discard(world, session)?))?;
        session_view(shell)
    })
    .await
}

#[command]
pub(crate) async fn leave_code(shell: Shared<'_>) -> Result<SessionView, CommandError> {
    run(shell, |shell| {
        shell.app.leave_code()?;
        session_view(shell)
    })
    .await
}

#[command]
pub(crate) async fn revoke_code(
    shell: Shared<'_>,
    request: CodeNamed,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        let identifier = request.identifier()?;
        shell.app.change::<_, CommandError>(|world, session| {
            Ok(revoke::revoke(world, session, identifier)?)
        })?;
        session_view(shell)
    })
    .await
}

#[command]
pub(crate) async fn code_state(shell: Shared<'_>) -> Result<CodeState, CommandError> {
    run(shell, |shell| {
        shell
            .app
            .read(|world, session| Ok(code_view(world, session)))
    })
    .await
}
