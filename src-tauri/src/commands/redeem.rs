//! Redeem a code.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::redeem::{self, ACCEPTED, Choice, RedeemError, Refusal};
use wallet::Password;

use super::{Shared, run};
use crate::error::CommandError;
use crate::view::{SessionView, session_view};

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
    OtherWallet {
        identifier: String,
        wallet_id: String,
        email: String,
    },
}

#[command]
pub(crate) async fn redeem_begin(
    desk: Shared<'_>,
    request: RedeemBegin,
) -> Result<RedeemStep, CommandError> {
    run(desk, move |desk| {
        let wallet = request
            .wallet_id
            .as_deref()
            .map(super::wallet_id)
            .transpose()?;
        desk.work(|world, open| {
            // What else is open holds the wallet's lock.
            open.session = None;
            open.pending = None;
            open.acceptance = None;
            let (code, tried) = (open.entry.code()?, open.entry.tried());
            match redeem::accept(world, &mut open.waits, wallet, code, tried) {
                Ok(acceptance) => {
                    let step = RedeemStep::Accepted {
                        identifier: acceptance.identifier().to_string(),
                        wallet_id: acceptance.wallet().to_string(),
                        email: acceptance.email().to_string(),
                        seconds: ACCEPTED.as_secs(),
                    };
                    open.acceptance = Some(acceptance);
                    Ok(step)
                }
                Err(RedeemError::Refused(Refusal::OtherWallet {
                    identifier,
                    wallet,
                    email,
                })) => Ok(RedeemStep::OtherWallet {
                    identifier: identifier.to_string(),
                    wallet_id: wallet.to_string(),
                    email: email.to_string(),
                }),
                Err(other) => Err(other.into()),
            }
        })
    })
    .await
}

#[command]
pub(crate) async fn redeem_commit(
    desk: Shared<'_>,
    request: RedeemCommit,
) -> Result<SessionView, CommandError> {
    run(desk, move |desk| {
        let choice = if request.keep {
            Choice::Keep(Password::typed(request.password))
        } else {
            Choice::New(Password::new_choice(request.password)?)
        };
        desk.work(|world, open| {
            let params = open.params(world);
            let (code, tried) = (open.entry.code()?, open.entry.tried());
            let session = redeem::commit(
                world,
                &mut open.waits,
                &mut open.acceptance,
                code,
                tried,
                &choice,
                params,
            )?;
            let view = session_view(world, &session);
            open.enter(world, session);
            Ok(view)
        })
    })
    .await
}

#[command]
pub(crate) async fn redeem_cancel(desk: Shared<'_>) -> Result<(), CommandError> {
    run(desk, |desk| {
        desk.work(|_, open| {
            open.acceptance = None;
            open.entry = Default::default();
        });
        Ok(())
    })
    .await
}
