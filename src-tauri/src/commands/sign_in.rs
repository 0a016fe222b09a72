//! Sign in and lock.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::sign_in::{self, Step};
use wallet::Password;

use super::two_step::Digits;
use super::{Shared, run};
use crate::error::{CommandError, ErrorCode};
use crate::view::{SessionView, session_view};

#[derive(Deserialize, TS)]
pub(crate) struct SignIn {
    wallet_id: String,
    password: String,
}

/// What the password led to.
#[derive(Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum SignInStep {
    Open { session: Box<SessionView> },
    Digits,
}

#[command]
pub(crate) async fn sign_in(desk: Shared<'_>, request: SignIn) -> Result<SignInStep, CommandError> {
    run(desk, move |desk| {
        let password = Password::typed(request.password);
        let wallet = super::wallet_id(&request.wallet_id)?;
        desk.work(|world, open| {
            open.lock();
            match sign_in::password(world, &mut open.waits, wallet, &password)? {
                Step::Open(session) => {
                    let view = session_view(world, &session);
                    open.enter(world, *session);
                    Ok(SignInStep::Open {
                        session: Box::new(view),
                    })
                }
                Step::Digits(pending) => {
                    open.pending = Some(pending);
                    Ok(SignInStep::Digits)
                }
            }
        })
    })
    .await
}

#[command]
pub(crate) async fn sign_in_digits(
    desk: Shared<'_>,
    request: Digits,
) -> Result<SessionView, CommandError> {
    run(desk, move |desk| {
        desk.work(|world, open| {
            let session =
                sign_in::digits(world, &mut open.waits, &mut open.pending, &request.digits)?
                    .ok_or_else(|| {
                        CommandError::new(ErrorCode::Locked, "no sign-in waits for digits")
                    })?;
            let view = session_view(world, &session);
            open.enter(world, session);
            Ok(view)
        })
    })
    .await
}

#[command]
pub(crate) async fn lock(desk: Shared<'_>) -> Result<(), CommandError> {
    run(desk, |desk| {
        desk.work(|_, open| open.lock());
        Ok(())
    })
    .await
}

#[command]
pub(crate) async fn touch(desk: Shared<'_>) -> Result<(), CommandError> {
    run(desk, |desk| {
        desk.touch();
        Ok(())
    })
    .await
}
