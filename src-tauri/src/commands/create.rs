//! Create a wallet.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use wallet::{Email, Password, SHORTEST_PASSWORD};
use zeroize::Zeroizing;

use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::view::SessionView;

/// Characters that the estimate looks at: its time grows with the square of their number.
const ESTIMATED: usize = 100;

#[derive(Deserialize, TS)]
pub(crate) struct TypedEmail {
    pub(super) email: String,
}

#[derive(Deserialize, TS)]
pub(crate) struct StrengthOf {
    password: String,
    email: String,
}

/// How hard a password is to guess.
#[derive(Serialize, TS)]
pub(crate) struct Strength {
    /// 0 to 4.
    score: u8,
    length: usize,
    needed: usize,
    warning: Option<String>,
    suggestions: Vec<String>,
}

#[derive(Deserialize, TS)]
pub(crate) struct CreateWallet {
    email: String,
    password: String,
}

#[command]
pub(crate) async fn password_strength(
    shell: Shared<'_>,
    request: StrengthOf,
) -> Result<Strength, CommandError> {
    let password = Zeroizing::new(request.password);
    run(shell, move |_| Ok(strength(&password, &request.email))).await
}

/// How hard a password is to guess for somebody who knows the e-mail address.
pub(super) fn strength(password: &str, email: &str) -> Strength {
    let start: Zeroizing<String> = Zeroizing::new(password.chars().take(ESTIMATED).collect());
    let inputs: Vec<&str> = email.split(['@', '.']).chain([email]).collect();
    let estimate = zxcvbn::zxcvbn(&start, &inputs);
    let feedback = estimate.feedback();
    Strength {
        score: estimate.score().into(),
        length: password.chars().count(),
        needed: SHORTEST_PASSWORD,
        warning: feedback
            .and_then(|told| told.warning())
            .map(|warning| warning.to_string()),
        suggestions: feedback
            .map(|told| told.suggestions().iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
    }
}

/// Returns the address that is meant, as a wallet stores it.
#[command]
pub(crate) async fn read_email(
    shell: Shared<'_>,
    request: TypedEmail,
) -> Result<String, CommandError> {
    run(shell, move |_| {
        Ok(Email::parse(&request.email)?.as_str().to_owned())
    })
    .await
}

#[command]
pub(crate) async fn create_wallet(
    shell: Shared<'_>,
    request: CreateWallet,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        let password = Password::new_choice(request.password)?;
        let email = Email::parse(&request.email)?;
        shell.app.create::<CommandError>(email, &password)?;
        session_view(shell)
    })
    .await
}
