//! Confirm identity again, and how long that still holds.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::identity::{self, Level};
use wallet::Password;

use super::{Shared, run};
use crate::error::CommandError;
use crate::shell::Shell;

#[derive(Deserialize, TS)]
pub(crate) struct ConfirmIdentity {
    password: String,
    digits: Option<String>,
}

#[derive(Deserialize, TS)]
pub(crate) struct ConfirmPassword {
    password: String,
}

/// Seconds for which a confirmation still holds; 0 where none does.
#[derive(Serialize, TS)]
pub(crate) struct Identity {
    /// Of the password: enough to revoke and to throw away.
    password: u64,
    /// Of the password, and the six digits where they are set up.
    full: u64,
}

fn identity_of(shell: &Shell) -> Result<Identity, CommandError> {
    shell.app.read(|world, session| {
        let left = |level| identity::left(world, session, level).as_secs();
        Ok(Identity {
            password: left(Level::Password),
            full: left(Level::Full),
        })
    })
}

#[command]
pub(crate) async fn identity(shell: Shared<'_>) -> Result<Identity, CommandError> {
    run(shell, identity_of).await
}

#[command]
pub(crate) async fn confirm_password(
    shell: Shared<'_>,
    request: ConfirmPassword,
) -> Result<Identity, CommandError> {
    run(shell, move |shell| {
        let password = Password::typed(request.password);
        shell.app.confirm_password::<CommandError>(&password)?;
        identity_of(shell)
    })
    .await
}

#[command]
pub(crate) async fn confirm_identity(
    shell: Shared<'_>,
    request: ConfirmIdentity,
) -> Result<Identity, CommandError> {
    run(shell, move |shell| {
        let password = Password::typed(request.password);
        let digits = request.digits.as_deref();
        shell
            .app
            .confirm_identity::<CommandError>(&password, digits)?;
        identity_of(shell)
    })
    .await
}
