//! Checks a sheet without using it up.

use app::Checked;
use tauri::command;

use super::{Shared, run};
use crate::error::CommandError;
use crate::outcome::CodeOutcome;
use crate::view::letters;

#[command]
pub(crate) async fn check_entered(shell: Shared<'_>) -> Result<CodeOutcome, CommandError> {
    run(shell, |shell| match shell.app.check() {
        Ok(Checked::Works(works)) => Ok(CodeOutcome::Works {
            identifier: works.identifier.to_string(),
            expires: works.expires.map(|at| at.0),
            email: shell
                .app
                .with_session(|session| session.email().to_string())?,
            unfinished: works.unconfirmed,
            kit: works.kit.map(Into::into),
            remembered: works.remembered,
        }),
        Ok(Checked::Sheets {
            identifier,
            threshold,
            indices,
            named,
        }) => Ok(CodeOutcome::Sheets {
            identifier: identifier.to_string(),
            needed: threshold.needed(),
            letters: letters(indices),
            live: named.live,
            expires: named.expires.map(|at| at.0),
        }),
        Err(CommandError::Code { outcome }) => Ok(outcome),
        Err(other) => Err(other),
    })
    .await
}
