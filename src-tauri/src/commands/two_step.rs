//! Set up two-step verification, or turn it off.

use serde::{Deserialize, Serialize};
use tauri::command;
use ts_rs::TS;
use usecases::two_step::{self, Setup};
use zeroize::Zeroizing;

use super::{Shared, run};
use crate::error::{CommandError, ErrorCode};
use crate::view::{SessionView, session_view};

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
pub(crate) async fn begin_two_step(desk: Shared<'_>) -> Result<TwoStepSetup, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            let setup = Setup::begin(world, session)?;
            let address = setup.address()?;
            let svg = sheet::qr_svg(&address)
                .map(Zeroizing::new)
                .map_err(|error| CommandError::new(ErrorCode::Internal, error))?;
            let view = TwoStepSetup {
                key: in_groups(&setup.key()),
                uri: address.to_string(),
                qr: data_uri(&svg),
            };
            open.setup = Some(setup);
            Ok(view)
        })
    })
    .await
}

#[command]
pub(crate) async fn confirm_two_step(
    desk: Shared<'_>,
    request: Digits,
) -> Result<SessionView, CommandError> {
    run(desk, move |desk| {
        desk.session(|world, open, session| {
            two_step::confirm(world, session, &mut open.setup, &request.digits)?;
            Ok(session_view(world, session))
        })
    })
    .await
}

#[command]
pub(crate) async fn postpone_two_step(desk: Shared<'_>) -> Result<SessionView, CommandError> {
    run(desk, |desk| {
        desk.session(|world, open, session| {
            open.setup = None;
            two_step::postpone(world, session)?;
            Ok(session_view(world, session))
        })
    })
    .await
}

#[command]
pub(crate) async fn turn_off_two_step(desk: Shared<'_>) -> Result<SessionView, CommandError> {
    run(desk, |desk| {
        desk.session(|world, _, session| {
            two_step::turn_off(world, session)?;
            Ok(session_view(world, session))
        })
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

/// The picture as a URI: every byte that is not plainly allowed in one is escaped.
fn data_uri(svg: &str) -> String {
    let mut uri = String::with_capacity(2 * svg.len());
    uri.push_str("data:image/svg+xml,");
    for byte in svg.bytes() {
        if byte.is_ascii_alphanumeric() || b" -_.,:;=/()'".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_in_groups_of_four() {
        assert_eq!(in_groups("GEZDGNBVGY"), "GEZD GNBV GY");
    }

    #[test]
    fn a_picture_s_marks_are_escaped_in_its_uri() {
        assert_eq!(
            data_uri("<a b=\"#\"/>"),
            "data:image/svg+xml,%3Ca b=%22%23%22/%3E"
        );
    }
}
