//! Change the password.

use serde::Deserialize;
use tauri::command;
use ts_rs::TS;
use wallet::Password;

use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::view::SessionView;

#[derive(Deserialize, TS)]
pub(crate) struct ChangePassword {
    current: String,
    /// The six digits, where they are set up.
    digits: Option<String>,
    next: String,
}

#[command]
pub(crate) async fn change_password(
    shell: Shared<'_>,
    request: ChangePassword,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        let current = Password::typed(request.current);
        let next = Password::new_choice(request.next)?;
        let digits = request.digits.as_deref();
        shell
            .app
            .change_password::<CommandError>((&current, digits), &next)?;
        session_view(shell)
    })
    .await
}
