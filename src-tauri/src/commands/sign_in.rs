//! Sign in and lock.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;
use wallet::Password;

use super::two_step::Digits;
use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::page;
use crate::view::SessionView;

#[derive(Deserialize, TS)]
pub(crate) struct SignIn {
    wallet_id: String,
    password: String,
}

#[derive(Deserialize, TS)]
pub(crate) struct Named {
    wallet_id: String,
}

/// A recovery of a wallet that was interrupted.
#[derive(Serialize, TS)]
pub(crate) struct InterruptedView {
    /// When it was begun.
    at: i64,
    /// Whether its new password opens the wallet.
    in_place: bool,
}

/// What the password led to.
#[derive(Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum SignInStep {
    Open { session: Box<SessionView> },
    Digits,
}

#[command]
pub(crate) async fn interrupted(
    shell: Shared<'_>,
    request: Named,
) -> Result<Option<InterruptedView>, CommandError> {
    run(shell, move |shell| {
        let wallet = super::wallet_id(&request.wallet_id)?;
        let found = shell.app.interrupted(wallet);
        Ok(found.map(|found| InterruptedView {
            at: found.at.0,
            in_place: found.in_place,
        }))
    })
    .await
}

#[command]
pub(crate) async fn sign_in(
    shell: Shared<'_>,
    request: SignIn,
) -> Result<SignInStep, CommandError> {
    run(shell, move |shell| {
        let password = Password::typed(request.password);
        let wallet = super::wallet_id(&request.wallet_id)?;
        match shell.app.sign_in::<CommandError>(wallet, &password)? {
            app::SignInStep::Open => Ok(SignInStep::Open {
                session: Box::new(session_view(shell)?),
            }),
            app::SignInStep::Digits => Ok(SignInStep::Digits),
        }
    })
    .await
}

#[command]
pub(crate) async fn sign_in_digits(
    shell: Shared<'_>,
    request: Digits,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        shell.app.sign_in_digits::<CommandError>(&request.digits)?;
        session_view(shell)
    })
    .await
}

#[command]
pub(crate) async fn lock(app: AppHandle, shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        // Otherwise it was locked before, and the next page says why.
        if shell.app.session().is_ok() {
            shell.forget_lock();
        }
        shell.app.lock();
        Ok(())
    })
    .await?;
    page::renew(&app);
    Ok(())
}

#[command]
pub(crate) async fn touch(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        shell.app.touch();
        Ok(())
    })
    .await
}
