//! Issue a code, show it once, confirm that it is kept; revoke it.

use code::Identifier;
use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::World;
use usecases::confirm::{self, Proof};
use usecases::session::{Session, Shown};
use usecases::state::code_state as state_of;
use usecases::{identity, issue, life, revoke};
use wallet::Password;

use super::{Shared, run};
use crate::desk::{Open, UNCOVERED};
use crate::error::{CommandError, ErrorCode};
use crate::view::{CodeState, CodeView, SessionView, code_view, session_view};

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

#[derive(Deserialize, TS)]
pub(crate) struct IssueCode {
    life: Life,
    /// The person agreed to a code that stops working before the one that it replaces.
    sooner_is_fine: bool,
}

#[derive(Deserialize, TS)]
pub(crate) struct Uncover {
    password: String,
}

#[derive(Deserialize, TS)]
pub(crate) struct TypedGroup {
    typed: String,
}

#[derive(Deserialize, TS)]
pub(crate) struct CodeNamed {
    identifier: String,
}

/// The code on the screen. It crosses because showing it is the purpose, and not while it is covered.
#[derive(Serialize, TS)]
pub(crate) struct ShownCode {
    identifier: String,
    /// Twelve groups of five; none while covered.
    groups: Vec<String>,
    covered: bool,
    issued: i64,
    expires: Option<i64>,
    /// Seconds until it is covered.
    cover_seconds: u64,
    /// The group that is asked back, from 1.
    ask_group: usize,
    replaces: Option<CodeView>,
}

fn shown_view(
    world: &World<'_>,
    open: &Open,
    session: &Session,
) -> Result<ShownCode, CommandError> {
    let shown = on_screen(session)?;
    let left = open.cover_at.saturating_sub(world.clock.since_boot());
    let covered = left.is_zero();
    let replaces = shown.replaces.and_then(|_| state_of(world, session).active);
    Ok(ShownCode {
        identifier: shown.code.identifier().to_string(),
        groups: match covered {
            true => Vec::new(),
            // Exposed to be written down.
            false => shown.code.groups().map(str::to_owned).to_vec(),
        },
        covered,
        issued: shown.issued.0,
        expires: shown.expires.map(|at| at.0),
        cover_seconds: left.as_secs(),
        ask_group: shown.ask_group,
        replaces: replaces.map(CodeView::from),
    })
}

/// The code on the screen, or the error that there is none.
pub(crate) fn on_screen(session: &Session) -> Result<&Shown, CommandError> {
    session
        .shown()
        .ok_or_else(|| CommandError::new(ErrorCode::NoCodeShown, "no code is shown"))
}

fn uncover(world: &World<'_>, open: &mut Open) {
    open.cover_at = world.clock.since_boot().saturating_add(UNCOVERED);
}

#[command]
pub(crate) async fn issue_code(
    desk: Shared<'_>,
    request: IssueCode,
) -> Result<ShownCode, CommandError> {
    run(desk, move |desk| {
        desk.session(|world, open, session| {
            issue::issue(world, session, request.life.into(), request.sooner_is_fine)?;
            open.watch(world, session);
            uncover(world, open);
            shown_view(world, open, session)
        })
    })
    .await
}

#[command]
pub(crate) async fn shown_code(desk: Shared<'_>) -> Result<ShownCode, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| shown_view(world, open, session))
    })
    .await
}

#[command]
pub(crate) async fn cover_code(desk: Shared<'_>) -> Result<ShownCode, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            open.cover_at = world.clock.since_boot();
            shown_view(world, open, session)
        })
    })
    .await
}

#[command]
pub(crate) async fn uncover_code(
    desk: Shared<'_>,
    request: Uncover,
) -> Result<ShownCode, CommandError> {
    run(desk, move |desk| {
        let password = Password::typed(request.password);
        desk.session(|world, open, session| {
            identity::check_password(world, &mut open.waits, session, &password)?;
            uncover(world, open);
            shown_view(world, open, session)
        })
    })
    .await
}

#[command]
pub(crate) async fn confirm_by_group(
    desk: Shared<'_>,
    request: TypedGroup,
) -> Result<SessionView, CommandError> {
    run(desk, move |desk| {
        let typed = zeroize::Zeroizing::new(request.typed);
        desk.session(|world, _, session| {
            confirm::confirm(world, session, &Proof::Group(&typed))?;
            Ok(session_view(world, session))
        })
    })
    .await
}

#[command]
pub(crate) async fn confirm_by_entry(desk: Shared<'_>) -> Result<SessionView, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            confirm::confirm(world, session, &Proof::Whole(open.entry.code()?))?;
            open.entry = Default::default();
            Ok(session_view(world, session))
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
        let identifier: Identifier = request
            .identifier
            .parse()
            .map_err(|error| CommandError::new(ErrorCode::CodeUnknown, error))?;
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
