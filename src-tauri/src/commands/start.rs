//! What is on this computer.

use std::path::Path;
use std::time::UNIX_EPOCH;

use platform::keychain::Availability;
use serde::Serialize;
use tauri::command;
use ts_rs::TS;
use usecases::find;
use usecases::ports::KeychainError;

use super::{Shared, run};
use crate::desk::Desk;
use crate::error::CommandError;
use crate::view::{SessionView, session_view};

/// The state of the program.
#[derive(Serialize, TS)]
pub(crate) struct Status {
    wallets: Vec<WalletSummary>,
    damaged: Vec<String>,
    keychain: KeychainView,
    session: Option<SessionView>,
    version: String,
    /// The page before this one crashed, and everything was locked. Said once.
    crashed: bool,
}

/// A wallet of this computer.
#[derive(Serialize, TS)]
pub(crate) struct WalletSummary {
    id: String,
    email: String,
    /// When its file was written, where the disk tells: it tells wallets of one e-mail apart.
    saved: Option<i64>,
}

/// Where keychain records are.
#[derive(Serialize, TS)]
pub(crate) struct KeychainView {
    kind: KeychainKind,
}

/// The kinds of keychain stores, as the person is told of them.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeychainKind {
    /// The desktop's own.
    System,
    /// A private file.
    Embedded,
    /// The desktop has none that answers, and nothing here was kept in one: the private file can be offered.
    Missing,
}

/// When a file was written, in UTC seconds.
fn saved(path: &Path) -> Option<i64> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

fn status_of(desk: &Desk) -> Result<Status, CommandError> {
    let wallets = find::wallets(&*desk.disk, &desk.folders.wallets)?;
    let kind = if desk.keeps_records_in_a_file() {
        KeychainKind::Embedded
    } else if wallets.known.is_empty()
        && cfg!(target_os = "linux")
        && desk.system_keychain() == Availability::DoesNot(KeychainError::Unreachable)
    {
        KeychainKind::Missing
    } else {
        // With wallets here, a store that does not answer may hold their records: it is to come back, not to be replaced.
        KeychainKind::System
    };
    Ok(Status {
        wallets: wallets
            .known
            .into_iter()
            .map(|known| WalletSummary {
                id: known.wallet.to_string(),
                email: known.email.to_string(),
                saved: saved(&known.path),
            })
            .collect(),
        damaged: wallets.unreadable,
        keychain: KeychainView { kind },
        session: desk.work(|world, open| {
            open.session
                .as_ref()
                .map(|session| session_view(world, session))
        }),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        crashed: desk.hear_of_page(),
    })
}

#[command]
pub(crate) async fn status(desk: Shared<'_>) -> Result<Status, CommandError> {
    run(desk, status_of).await
}

#[command]
pub(crate) async fn use_embedded_keychain(desk: Shared<'_>) -> Result<Status, CommandError> {
    run(desk, |desk| {
        desk.keep_records_in_a_file()?;
        status_of(desk)
    })
    .await
}
