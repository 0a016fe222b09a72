//! Restore a wallet from a kit or from pages, on a computer that need not have seen it before.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::restore::{self, InTheWay, Place};
use wallet::Password;

use super::enter::{entered, scan};
use super::{Shared, run};
use crate::dialogs;
use crate::entry::{Entered, file_name};
use crate::error::{CommandError, ErrorCode};
use crate::restoring::Restoring;
use crate::view::{SessionView, session_view};

/// What the code opened.
#[derive(Serialize, TS)]
pub(crate) struct RestoreFound {
    /// The code's name.
    identifier: String,
    email: String,
    /// When it was written.
    date: i64,
    items: usize,
    in_the_way: Option<InTheWayView>,
}

/// A wallet that is on this computer already.
#[derive(Serialize, TS)]
pub(crate) struct InTheWayView {
    wallet_id: String,
    email: String,
    /// The very wallet that is restored; otherwise another of the same e-mail.
    same: bool,
    /// The code can be redeemed for it here, which opens what is newer.
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

/// What to do about a wallet that is here already.
#[derive(Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum PlaceOf {
    Beside,
    Replacing { wallet_id: String },
}

#[derive(Deserialize, TS)]
pub(crate) struct RestoreCommit {
    password: String,
    /// The person's answer where a wallet is in the way.
    place: Option<PlaceOf>,
}

/// A wallet that was restored.
#[derive(Serialize, TS)]
pub(crate) struct RestoredView {
    session: SessionView,
    /// The name of the file that keeps the wallet that was replaced.
    kept_aside: Option<String>,
    /// This computer's keychain remembers that the code was used.
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

/// Begins the pages anew, of which one is not what was printed.
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
                .and_then(|restoring| restoring.read.as_mut())
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

fn not_begun() -> CommandError {
    CommandError::new(
        ErrorCode::RestoreIncomplete,
        "nothing was opened to restore from",
    )
}
