//! Restores a wallet from a kit or from pages, also on a computer that has never had it.

use app::files::file_name;
use app::restoring::Costly;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::restore::{Destination, InTheWay};
use wallet::Password;

use super::enter::scan;
use super::entered::{Entered, entered_before};
use super::{Shared, run, session_view};
use crate::dialogs;
use crate::error::CommandError;
use crate::view::SessionView;

#[derive(Deserialize, TS)]
pub(crate) struct RestoreOpen {
    /// Whether the person agreed to open what takes a lot of memory.
    costly: bool,
}

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
    /// Whether a file has the wallet's name here, also one that cannot be read as a wallet.
    taken: bool,
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
    /// Whether the code still opens the wallet that was here before.
    code_lives: bool,
}

#[command]
pub(crate) async fn restore_begin(shell: Shared<'_>) -> Result<Entered, CommandError> {
    run(shell, |shell| {
        shell.app.begin_restore();
        Ok(entered_before(&shell.app))
    })
    .await
}

#[command]
pub(crate) async fn restore_folder(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Entered, CommandError> {
    run(shell, move |shell| {
        let epoch = shell.app.epoch();
        let chosen: Vec<_> = dialogs::choose_folder(&app).into_iter().collect();
        Ok(scan(&app, shell, &chosen, epoch))
    })
    .await
}

/// Forgets the pages, one of which was altered.
#[command]
pub(crate) async fn restore_forget_pages(shell: Shared<'_>) -> Result<Entered, CommandError> {
    run(shell, |shell| {
        shell.app.forget_pages();
        Ok(entered_before(&shell.app))
    })
    .await
}

#[command]
pub(crate) async fn restore_open(
    shell: Shared<'_>,
    request: RestoreOpen,
) -> Result<RestoreFound, CommandError> {
    run(shell, move |shell| {
        let costly = match request.costly {
            true => Costly::Open,
            false => Costly::Ask,
        };
        shell
            .app
            .open_restoration::<_, CommandError>(costly, |start| {
                let contents = start.restoration.contents();
                RestoreFound {
                    identifier: start.restoration.code().to_string(),
                    email: contents.email.to_string(),
                    date: contents.date.0,
                    items: contents.items_in_use().count(),
                    in_the_way: start.in_the_way.map(InTheWayView::from),
                    taken: start.taken,
                }
            })
    })
    .await
}

#[command]
pub(crate) async fn restore_commit(
    shell: Shared<'_>,
    request: RestoreCommit,
) -> Result<RestoredView, CommandError> {
    run(shell, move |shell| {
        let password = Password::new_choice(request.password)?;
        let place = match request.place {
            None => None,
            Some(PlaceOf::Beside) => Some(Destination::Beside),
            Some(PlaceOf::Replacing { wallet_id }) => {
                Some(Destination::Replacing(super::wallet_id(&wallet_id)?))
            }
        };
        let restored = shell.app.restore::<CommandError>(place, &password)?;
        Ok(RestoredView {
            session: session_view(shell)?,
            kept_aside: restored.kept_aside.as_deref().map(file_name),
            remembered: restored.remembered,
            code_lives: restored.code_lives,
        })
    })
    .await
}

#[command]
pub(crate) async fn restore_cancel(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        shell.app.cancel();
        Ok(())
    })
    .await
}
