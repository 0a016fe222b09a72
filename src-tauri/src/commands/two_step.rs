//! Set up two-step verification, or turn it off.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::two_step;
use zeroize::Zeroizing;

use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::picture::data_uri;
use crate::view::SessionView;

#[derive(Deserialize, TS)]
pub(crate) struct Digits {
    pub(crate) digits: String,
}

/// What an authenticator app needs. It crosses because the person asked to see it.
#[derive(Serialize, TS)]
pub(crate) struct TwoStepSetup {
    /// Base32, in groups of four.
    key: String,
    uri: String,
    /// A `data:` URI of an SVG picture.
    qr: String,
}

#[command]
pub(crate) async fn begin_two_step(shell: Shared<'_>) -> Result<TwoStepSetup, CommandError> {
    run(shell, |shell| {
        let setup = shell.app.begin_two_step::<CommandError>()?;
        let address = setup.address()?;
        let svg = sheet::qr_svg(&address).map_err(|_| CommandError::Internal)?;
        Ok(TwoStepSetup {
            key: in_groups(&setup.key()),
            uri: address.to_string(),
            qr: data_uri(&Zeroizing::new(svg)),
        })
    })
    .await
}

#[command]
pub(crate) async fn confirm_two_step(
    shell: Shared<'_>,
    request: Digits,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        shell
            .app
            .confirm_two_step::<CommandError>(&request.digits)?;
        session_view(shell)
    })
    .await
}

#[command]
pub(crate) async fn postpone_two_step(shell: Shared<'_>) -> Result<SessionView, CommandError> {
    run(shell, |shell| {
        shell.app.postpone_two_step::<CommandError>()?;
        session_view(shell)
    })
    .await
}

#[command]
pub(crate) async fn turn_off_two_step(shell: Shared<'_>) -> Result<SessionView, CommandError> {
    run(shell, |shell| {
        shell
            .app
            .change::<_, CommandError>(|world, session| Ok(two_step::turn_off(world, session)?))?;
        session_view(shell)
    })
    .await
}

fn in_groups(key: &str) -> String {
    let symbols: Vec<char> = key.chars().collect();
    let groups: Vec<String> = symbols
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_in_groups_of_four() {
        assert_eq!(in_groups("GEZDGNBVGY"), "GEZD GNBV GY");
    }
}
