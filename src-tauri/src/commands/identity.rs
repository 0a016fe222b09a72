//! Confirm identity again.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::identity;
use wallet::Password;

use super::{Shared, run};
use crate::error::CommandError;

#[derive(Deserialize, TS)]
pub(crate) struct ConfirmIdentity {
    password: String,
    digits: Option<String>,
}

#[derive(Serialize, TS)]
pub(crate) struct IdentityConfirmed {
    /// How long it holds.
    seconds: u64,
}

#[command]
pub(crate) async fn confirm_identity(
    shell: Shared<'_>,
    request: ConfirmIdentity,
) -> Result<IdentityConfirmed, CommandError> {
    run(shell, move |shell| {
        let password = Password::typed(request.password);
        let digits = request.digits.as_deref();
        shell
            .app
            .confirm_identity::<CommandError>(&password, digits)?;
        Ok(IdentityConfirmed {
            seconds: identity::FRESH.as_secs(),
        })
    })
    .await
}
