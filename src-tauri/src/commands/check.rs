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

#[command]
pub(crate) async fn check_entered(shell: Shared<'_>) -> Result<CheckOutcome, CommandError> {
    run(shell, |shell| {
        match shell.app.check::<CommandError>() {
            Ok(Checked::Works(works)) => {
                let email = shell.app.with_session(|session| session.email().to_string())?;
                Ok(CodeOutcome::works(works, email))
            }
            Ok(Checked::Sheets(sheets)) => Ok(sheets.into()),
            Err(CommandError::Code { outcome }) => Ok(outcome),
            Err(other) => Err(other),
        }
    })
    .await
}
