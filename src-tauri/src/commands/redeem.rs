//! Redeem a code.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::redeem::{ACCEPTED, Choice};
use wallet::Password;

use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::outcome::CodeOutcome;
use crate::view::SessionView;

#[derive(Deserialize, TS)]
pub(crate) struct RedeemBegin {
    /// The wallet that the person named; none for "I don't know it".
    wallet_id: Option<String>,
}

#[derive(Deserialize, TS)]
pub(crate) struct RedeemCommit {
    password: String,
    /// The password is the present one, to be kept.
    keep: bool,
}

/// What the code led to.
#[derive(Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum RedeemStep {
    Accepted {
        identifier: String,
        wallet_id: String,
        email: String,
        seconds: u64,
    },
    /// The code does not work here and now.
    Refused { outcome: CodeOutcome },
}

/// A wallet that a code opened.
#[derive(Serialize, TS)]
pub(crate) struct Redeemed {
    session: SessionView,
    /// The folders of the kits of its codes, which have ended. They are removed where they can be.
    kits: Vec<String>,
}

#[command]
pub(crate) async fn redeem_begin(
    shell: Shared<'_>,
    request: RedeemBegin,
) -> Result<RedeemStep, CommandError> {
    run(shell, move |shell| {
        let wallet = request
            .wallet_id
            .as_deref()
            .map(super::wallet_id)
            .transpose()?;
        let accepted = shell.app.accept(wallet, |accepted| RedeemStep::Accepted {
            identifier: accepted.identifier().to_string(),
            wallet_id: accepted.wallet().to_string(),
            email: accepted.email().to_string(),
            seconds: ACCEPTED.as_secs(),
        });
        match accepted {
            Err(CommandError::Code { outcome }) => Ok(RedeemStep::Refused { outcome }),
            accepted => accepted,
        }
    })
    .await
}

#[command]
pub(crate) async fn redeem_commit(
    shell: Shared<'_>,
    request: RedeemCommit,
) -> Result<Redeemed, CommandError> {
    run(shell, move |shell| {
        let choice = if request.keep {
            Choice::Keep(Password::typed(request.password))
        } else {
            Choice::New(Password::new_choice(request.password)?)
        };
        let kits = shell.app.redeem::<CommandError>(&choice)?;
        Ok(Redeemed {
            session: session_view(shell)?,
            kits: kits.iter().map(|kit| kit.display().to_string()).collect(),
        })
    })
    .await
}

#[command]
pub(crate) async fn redeem_cancel(shell: Shared<'_>) -> Result<(), CommandError> {
    run(shell, |shell| {
        shell.app.cancel();
        Ok(())
    })
    .await
}
