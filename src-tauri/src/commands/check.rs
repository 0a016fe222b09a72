//! Check a sheet without using it up.

use serde::Serialize;
use tauri::command;
use ts_rs::TS;
use usecases::check::{self, Refusal};
use usecases::record::End;

use super::{Shared, run};
use crate::error::CommandError;

/// What a check found.
#[derive(Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub(crate) enum CheckOutcome {
    Works {
        identifier: String,
        expires: Option<i64>,
        email: String,
        unfinished: bool,
    },
    Used {
        identifier: String,
        at: i64,
    },
    Expired {
        identifier: String,
        at: i64,
    },
    Revoked {
        identifier: String,
        at: i64,
    },
    OtherWallet {
        identifier: String,
        wallet_id: String,
        email: String,
    },
    Unknown {
        identifier: String,
    },
    WithoutKeychain {
        identifier: String,
    },
    WithoutSlot {
        identifier: String,
    },
}

#[command]
pub(crate) async fn check_entered(desk: Shared<'_>) -> Result<CheckOutcome, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            let code = open.entry.code()?;
            let checked = check::check(world, &mut open.waits, session, code);
            Ok(match checked {
                Ok(works) => CheckOutcome::Works {
                    identifier: works.identifier.to_string(),
                    expires: works.expires.map(|at| at.0),
                    email: session.email().to_string(),
                    unfinished: works.unconfirmed,
                },
                Err(Refusal::Ended {
                    identifier,
                    state,
                    at,
                }) => {
                    let (identifier, at) = (identifier.to_string(), at.0);
                    match state {
                        End::Used => CheckOutcome::Used { identifier, at },
                        End::Expired => CheckOutcome::Expired { identifier, at },
                        End::Revoked => CheckOutcome::Revoked { identifier, at },
                    }
                }
                Err(Refusal::OtherWallet {
                    identifier,
                    wallet,
                    email,
                }) => CheckOutcome::OtherWallet {
                    identifier: identifier.to_string(),
                    wallet_id: wallet.to_string(),
                    email: email.to_string(),
                },
                Err(Refusal::Unknown { identifier, .. }) => CheckOutcome::Unknown {
                    identifier: identifier.to_string(),
                },
                Err(Refusal::WithoutKeychain { identifier }) => CheckOutcome::WithoutKeychain {
                    identifier: identifier.to_string(),
                },
                Err(Refusal::WithoutSlot { identifier }) => CheckOutcome::WithoutSlot {
                    identifier: identifier.to_string(),
                },
                Err(other) => return Err(other.into()),
            })
        })
    })
    .await
}
