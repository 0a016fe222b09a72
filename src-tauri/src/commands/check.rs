//! Checks a code without using it up.

use code::Shares;
use tauri::command;
use usecases::World;
use usecases::check;
use usecases::session::Session;

use super::{Shared, run};
use crate::error::CommandError;
use crate::outcome::{CodeOutcome, KitCheckView, refused};
use crate::view::letters;

#[command]
pub(crate) async fn check_entered(desk: Shared<'_>) -> Result<CodeOutcome, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            if let Some(shares) = open.entry.too_few() {
                return sheets(world, session, shares);
            }
            let (code, tried) = (open.entry.code()?, open.entry.tried());
            match check::check(world, &open.waits, session, code, tried) {
                Ok(works) => Ok(CodeOutcome::Works {
                    identifier: works.identifier.to_string(),
                    expires: works.expires.map(|at| at.0),
                    email: session.email().to_string(),
                    unfinished: works.unconfirmed,
                    kit: works.kit.map(KitCheckView::from),
                }),
                Err(refusal) => refused(refusal),
            }
        })
    })
    .await
}

/// Looks up too few sheets by their name: whether this wallet has a live code of it.
fn sheets(
    world: &World<'_>,
    session: &Session,
    shares: &Shares,
) -> Result<CodeOutcome, CommandError> {
    let (Some(identifier), Some(threshold)) = (shares.identifier(), shares.threshold()) else {
        return Err(CommandError::CodeNotEntered);
    };
    let named = check::name(world, session, identifier, threshold)?;
    Ok(CodeOutcome::Sheets {
        identifier: identifier.to_string(),
        needed: threshold.needed(),
        letters: letters(shares.indices()),
        live: named.live,
        expires: named.expires.map(|at| at.0),
    })
}
