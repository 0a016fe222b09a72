//! Check a sheet without using it up.

use code::Shares;
use serde::Serialize;
use tauri::command;
use ts_rs::TS;
use usecases::World;
use usecases::check::{self, KitCheck, Refusal};
use usecases::record::End;
use usecases::session::Session;

use super::{Shared, run};
use crate::error::{CommandError, ErrorCode};
use crate::view::letters;

/// What a check found.
#[derive(Serialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub(crate) enum CheckOutcome {
    Works {
        identifier: String,
        expires: Option<i64>,
        email: String,
        unfinished: bool,
        /// What its kit is worth; none without one.
        kit: Option<KitCheckView>,
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
    CandidateWrong {
        identifier: String,
    },
    WithoutKeychain {
        identifier: String,
    },
    WithoutSlot {
        identifier: String,
    },
    /// Fewer sheets than it takes: they are readable, and nothing more can be told from them.
    Sheets {
        identifier: String,
        needed: u8,
        letters: String,
        /// Whether this wallet has a live code of that name.
        live: bool,
        expires: Option<i64>,
    },
}

/// What the kit of a code that works is worth.
#[derive(Serialize, TS)]
#[serde(tag = "kit", rename_all = "snake_case")]
pub(crate) enum KitCheckView {
    Opens { date: i64 },
    Away,
    DoesNotOpen,
}

impl From<KitCheck> for KitCheckView {
    fn from(kit: KitCheck) -> Self {
        match kit {
            KitCheck::Opens { date } => Self::Opens { date: date.0 },
            KitCheck::Away => Self::Away,
            KitCheck::DoesNotOpen => Self::DoesNotOpen,
        }
    }
}

#[command]
pub(crate) async fn check_entered(desk: Shared<'_>) -> Result<CheckOutcome, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            if let Some(shares) = open.entry.too_few() {
                return sheets(world, session, shares);
            }
            let (code, tried) = (open.entry.code()?, open.entry.tried());
            let checked = check::check(world, &mut open.waits, session, code, tried);
            Ok(match checked {
                Ok(works) => CheckOutcome::Works {
                    identifier: works.identifier.to_string(),
                    expires: works.expires.map(|at| at.0),
                    email: session.email().to_string(),
                    unfinished: works.unconfirmed,
                    kit: works.kit.map(KitCheckView::from),
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
                Err(Refusal::CandidateWrong { identifier }) => CheckOutcome::CandidateWrong {
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

/// What can be told of sheets that are too few: whether this wallet has a live code of their name.
fn sheets(
    world: &World<'_>,
    session: &Session,
    shares: &Shares,
) -> Result<CheckOutcome, CommandError> {
    let (Some(identifier), Some(threshold)) = (shares.identifier(), shares.threshold()) else {
        return Err(CommandError::new(
            ErrorCode::CodeNotEntered,
            "no sheet was entered",
        ));
    };
    let named = check::name(world, session, identifier, threshold)?;
    Ok(CheckOutcome::Sheets {
        identifier: identifier.to_string(),
        needed: threshold.needed(),
        letters: letters(shares.indices()),
        live: named.live,
        expires: named.expires.map(|at| at.0),
    })
}
