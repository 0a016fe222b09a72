//! Restores a wallet from a kit or from pages, also on a computer that has never had it.

use app::files::file_name;
use app::restoring::{Restoring, RestoringError};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::restore::{self, InTheWay, Place};
use wallet::Password;

use super::enter::scan;
use super::entered::{Entered, entered};
use super::{Shared, run};
use crate::dialogs;
use crate::error::{CommandError, ErrorCode};
use crate::view::{SessionView, session_view};

/// The contents that the code opened.
#[derive(Serialize, TS)]
pub(crate) struct RestoreFound {
    /// The code's identifier.
    identifier: String,
    email: String,
    /// When they were written.
    date: i64,
    items: usize,
    in_the_way: Option<InTheWayView>,
}

/// A wallet that conflicts with the restored one.
#[derive(Serialize, TS)]
pub(crate) struct InTheWayView {
    wallet_id: String,
    email: String,
    /// Whether it is the wallet being restored; otherwise another one of the same e-mail.
    same: bool,
    /// Whether the code can be redeemed for it here, which opens newer contents.
    redeemable: bool,
}

impl From<InTheWay> for InTheWayView {
    fn from(found: InTheWay) -> Self {
        Self {
            wallet_id: found.wallet.to_string(),
            email: found.email.to_string(),
            same: found.same,
            redeemable: found.redeemable,
        }
    }
}

/// The person's answer where a wallet conflicts.
#[derive(Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum PlaceOf {
    Beside,
    Replacing { wallet_id: String },
}

#[derive(Deserialize, TS)]
pub(crate) struct RestoreCommit {
    password: String,
    /// None where no wallet conflicts.
    place: Option<PlaceOf>,
}

/// A wallet that was restored.
#[derive(Serialize, TS)]
pub(crate) struct RestoredView {
    session: SessionView,
    /// The name of the file that the replaced wallet was moved to.
    kept_aside: Option<String>,
    /// Whether this computer's keychain records that the code was used.
    remembered: bool,
}

#[command]
pub(crate) async fn restore_begin(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| {
            open.lock();
            open.restoring = Some(Restoring::default());
            let field = open.entry.field();
            entered(open, field)
        }))
    })
    .await
}

#[command]
pub(crate) async fn restore_folder(
    app: AppHandle,
    desk: Shared<'_>,
) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        let chosen: Vec<_> = dialogs::choose_folder(&app).into_iter().collect();
        Ok(scan(&app, desk, &chosen))
    })
    .await
}

/// Forgets the pages, one of which was altered.
#[command]
pub(crate) async fn restore_forget_pages(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| {
            if let Some(restoring) = &mut open.restoring {
                restoring.forget_pages();
            }
            entered(open, open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn restore_open(desk: Shared<'_>) -> Result<RestoreFound, CommandError> {
    run(desk, |desk| {
        desk.work(|world, open| {
            open.touch(world);
            let code = open.entry.code()?;
            let restoring = open.restoring.as_mut().ok_or_else(not_begun)?;
            let read = restoring.open(code)?;
            let in_the_way = restore::in_the_way(world, read, code.identifier())?;
            Ok(RestoreFound {
                identifier: code.identifier().to_string(),
                email: read.email.to_string(),
                date: read.date.0,
                items: read.items.len(),
                in_the_way: in_the_way.map(InTheWayView::from),
            })
        })
    })
    .await
}

#[command]
pub(crate) async fn restore_commit(
    desk: Shared<'_>,
    request: RestoreCommit,
) -> Result<RestoredView, CommandError> {
    run(desk, move |desk| {
        let password = Password::new_choice(request.password)?;
        let place = match request.place {
            None => None,
            Some(PlaceOf::Beside) => Some(Place::Beside),
            Some(PlaceOf::Replacing { wallet_id }) => {
                Some(Place::Replacing(super::wallet_id(&wallet_id)?))
            }
        };
        desk.work(|world, open| {
            let params = open.params(world);
            let code = open.entry.code()?.identifier();
            let read = open
                .restoring
                .as_mut()
                .and_then(Restoring::opened_mut)
                .ok_or_else(not_begun)?;
            let restored = restore::restore(world, read, code, place, &password, params)?;
            let session = session_view(world, &restored.session);
            open.enter(world, restored.session);
            Ok(RestoredView {
                session,
                kept_aside: restored.kept_aside.as_deref().map(file_name),
                remembered: restored.remembered,
            })
        })
    })
    .await
}

#[command]
pub(crate) async fn restore_cancel(desk: Shared<'_>) -> Result<(), CommandError> {
    run(desk, |desk| {
        desk.work(|_, open| {
            open.restoring = None;
            open.entry = Default::default();
        });
        Ok(())
    })
    .await
}

impl From<RestoringError> for CommandError {
    fn from(error: RestoringError) -> Self {
        match error {
            RestoringError::NothingWhole => Self::new(ErrorCode::RestoreIncomplete, error),
            RestoringError::Open(error) => error.into(),
        }
    }
}

fn not_begun() -> CommandError {
    CommandError::new(
        ErrorCode::RestoreIncomplete,
        "nothing was opened to restore from",
    )
}
