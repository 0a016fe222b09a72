//! Change the password.

use serde::Deserialize;
use tauri::command;
use ts_rs::TS;
use usecases::password_change;
use wallet::Password;

use super::{Shared, run};
use crate::error::CommandError;
use crate::view::{SessionView, session_view};

#[derive(Deserialize, TS)]
pub(crate) struct ChangePassword {
    current: String,
    next: String,
}

#[command]
pub(crate) async fn change_password(
    desk: Shared<'_>,
    request: ChangePassword,
) -> Result<SessionView, CommandError> {
    run(desk, move |desk| {
        let current = Password::typed(request.current);
        let next = Password::new_choice(request.next)?;
        desk.session(|world, open, session| {
            let params = open.params(world);
            password_change::change(world, &mut open.waits, session, &current, &next, params)?;
            Ok(session_view(world, session))
        })
    })
    .await
}
