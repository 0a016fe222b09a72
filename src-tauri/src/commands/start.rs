//! What is on this computer.

use std::path::Path;
use std::time::UNIX_EPOCH;

use platform::keychain::Availability;
use serde::Serialize;
use tauri::command;
use ts_rs::TS;
use usecases::find::{self, Known};
use usecases::ports::{KeychainError, StoreKind};

use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::shell::Shell;
use crate::view::SessionView;

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

/// Where the keychain records of new wallets are.
#[derive(Serialize, TS)]
pub(crate) struct KeychainView {
    kind: KeychainKind,
    /// The settings file, which held the choice between the stores, cannot be read.
    choice_lost: bool,
}

/// The kinds of keychain stores, as the person is told of them.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeychainKind {
    /// The desktop's own.
    System,
    /// A private file.
    Embedded,
    /// The desktop has none that answers, and no wallet here names one: the private file can be
    /// offered.
    Missing,
}

/// When a file was written, in UTC seconds.
fn saved(path: &Path) -> Option<i64> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

fn in_the_private_file(known: &Known) -> bool {
    known.keychain == StoreKind::Embedded.name()
}

fn status_of(shell: &Shell) -> Result<Status, CommandError> {
    let wallets = find::wallets(shell.app.disk(), shell.wallets())?;
    let kind = if shell.app.keychain().kind() == StoreKind::Embedded {
        KeychainKind::Embedded
    } else if wallets.known.iter().all(in_the_private_file)
        && cfg!(target_os = "linux")
        && shell.system_keychain() == Availability::DoesNot(KeychainError::Unreachable)
    {
        KeychainKind::Missing
    } else {
        // A store that does not answer may hold the records of wallets that name it: it is to come
        // back, not to be replaced.
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
        keychain: KeychainView {
            kind,
            choice_lost: shell.settings_damaged(),
        },
        session: session_view(shell).ok(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        crashed: shell.report_page_crash(),
    })
}

#[command]
pub(crate) async fn status(shell: Shared<'_>) -> Result<Status, CommandError> {
    run(shell, status_of).await
}

#[command]
pub(crate) async fn use_embedded_keychain(shell: Shared<'_>) -> Result<Status, CommandError> {
    run(shell, |shell| {
        shell.use_embedded_keychain()?;
        status_of(shell)
    })
    .await
}

#[command]
pub(crate) async fn mend_keychain(shell: Shared<'_>) -> Result<Status, CommandError> {
    run(shell, |shell| {
        shell.app.mend_keychain::<CommandError>()?;
        status_of(shell)
    })
    .await
}
