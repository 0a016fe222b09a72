//! What is on this computer.

use std::cmp::Reverse;
use std::ffi::OsStr;
use std::path::Path;
use std::time::UNIX_EPOCH;

use app::deadline::Ended;
use code::Identifier;
use platform::folders::NotCreated;
use platform::keychain::Availability;
use serde::{Deserialize, Serialize};
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::copies::{self, Copy, Lost, Why};
use usecases::covered::Covered;
use usecases::find::{self, Beside, Compared, Known};
use usecases::ports::{KeychainError, StoreKind};
use wallet::store::FolderError;

use super::preferences::Preferences;
use super::{Shared, run, session_view};
use crate::error::CommandError;
use crate::shell::Shell;
use crate::start;
use crate::view::SessionView;

/// The state of the program.
#[derive(Serialize, TS)]
pub(crate) struct Status {
    wallets: Vec<WalletSummary>,
    /// The wallets whose file is damaged, missing or did not open, and of which there are copies.
    lost: Vec<LostWallet>,
    /// The copies of these wallets under other names.
    beside: Vec<CopyBeside>,
    /// Files that look like wallets and cannot be read, without a copy.
    damaged: Vec<String>,
    keychain: KeychainView,
    session: Option<SessionView>,
    /// The code on the screen, while its wallet is locked.
    covered: Option<CoveredView>,
    version: String,
    /// The page before this one crashed, and everything was locked. Said once.
    crashed: bool,
    /// The id of the wallet that was open last.
    last_wallet: Option<String>,
    /// Why everything was locked last, until a wallet is opened or its person locks it.
    locked_by: Option<LockedBy>,
    /// The e-mail of the wallet that was deleted last, until one is opened.
    deleted: Option<String>,
    preferences: Preferences,
    /// The folder of the wallets' files.
    folder: String,
}

/// Why everything was locked.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LockedBy {
    /// A wallet was not used.
    Idle,
    /// The computer slept.
    Sleep,
    /// The screen was locked.
    ScreenLock,
    /// What was entered or opened waited too long.
    Waiting,
}

impl LockedBy {
    /// What the next page says; a covered code says it by itself.
    fn of(why: Ended) -> Option<Self> {
        match why {
            Ended::Idle => Some(Self::Idle),
            Ended::Slept => Some(Self::Sleep),
            Ended::ScreenLocked => Some(Self::ScreenLock),
            Ended::Waited => Some(Self::Waiting),
            Ended::Covered => None,
        }
    }
}

/// A code that is covered while its wallet is locked.
#[derive(Serialize, TS)]
pub(crate) struct CoveredView {
    wallet_id: String,
    email: String,
    identifier: String,
    expires: Option<i64>,
    /// Whether the six digits are needed beside the password.
    digits: bool,
    /// Whether its sheets are of a code that works already.
    remade: bool,
}

impl From<&Covered> for CoveredView {
    fn from(covered: &Covered) -> Self {
        Self {
            wallet_id: covered.wallet().to_string(),
            email: covered.email().to_string(),
            identifier: covered.identifier().to_string(),
            expires: covered.expires().map(|at| at.0),
            digits: covered.needs_digits(),
            remade: covered.remade(),
        }
    }
}

/// A wallet of this computer.
#[derive(Serialize, TS)]
pub(crate) struct WalletSummary {
    id: String,
    email: String,
    /// When its file was written, where the disk tells: it tells wallets of one e-mail apart.
    saved: Option<i64>,
}

/// A wallet whose file is damaged, missing or did not open, and of which there are copies.
#[derive(Serialize, TS)]
pub(crate) struct LostWallet {
    id: String,
    email: String,
    why: CopiesWhy,
    /// The newest first.
    copies: Vec<OlderCopyView>,
}

/// Why copies are offered.
#[derive(Serialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub(crate) enum CopiesWhy {
    Missing,
    Damaged,
    /// The disk cannot read the file now.
    Unreadable,
    /// The password did not open the file, and the copies have another one.
    Password,
    /// The file has no slot that this live code opens, and the copies have one.
    Code {
        identifier: String,
    },
}

/// A copy that can take the place of a wallet's file.
#[derive(Serialize, TS)]
pub(crate) struct OlderCopyView {
    /// The name of its file.
    file: String,
    /// When it was written, where the disk tells.
    saved: Option<i64>,
    /// The codes that it has a slot for.
    codes: Vec<String>,
}

/// A copy of a wallet beside the wallet's own file.
#[derive(Serialize, TS)]
pub(crate) struct CopyBeside {
    /// The wallet's id.
    id: String,
    /// The name of the copy's file.
    file: String,
    /// When it was written, where the disk tells.
    saved: Option<i64>,
    compared: ComparedView,
}

/// What a copy is beside the wallet's own file.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ComparedView {
    Same,
    Older,
    Apart,
}

/// The copy that is to take the place of a wallet's file.
#[derive(Deserialize, TS)]
pub(crate) struct OlderCopy {
    wallet_id: String,
    file: String,
}

/// Where the keychain records of new wallets are.
#[derive(Serialize, TS)]
pub(crate) struct KeychainView {
    kind: KeychainKind,
    /// The private file can be offered, where the desktop's own does not answer.
    private_file: bool,
    /// The settings file, which held the choice between the stores, cannot be read, and the choice
    /// is to be made.
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
    /// The desktop has none that answers, and no code here is in one.
    Missing,
}

/// When a file was written, in UTC seconds.
pub(super) fn saved(path: &Path) -> Option<i64> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// Whether nothing of this wallet is in the desktop's own store: it has no code, or the private
/// file holds its record.
fn in_the_private_file(known: &Known) -> bool {
    known.slots.is_empty() || known.keychain == StoreKind::Embedded.name()
}

fn status_of(shell: &Shell) -> Result<Status, CommandError> {
    let (disk, folder) = (shell.app.disk(), shell.wallets());
    let unread = |FolderError(error)| NotCreated::because(folder, &error);
    let mut wallets = find::wallets(disk, folder).map_err(unread)?;
    for (wallet, why) in shell.app.unopened_wallets() {
        if wallets.known.iter().any(|known| known.wallet == wallet) {
            let copies = copies::of_unopened(disk, folder, wallet, why)?;
            wallets.lost.extend(copies);
        }
    }
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
    let missing = matches!(kind, KeychainKind::Missing);
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
        lost: wallets.lost.into_iter().map(LostWallet::from).collect(),
        beside: wallets.beside.into_iter().map(CopyBeside::from).collect(),
        damaged: wallets.unreadable,
        keychain: KeychainView {
            private_file: missing && shell.offers_private_file(),
            kind,
            choice_lost: missing && shell.settings().choice_lost,
        },
        session: session_view(shell).ok(),
        covered: shell.app.covered(|covered| CoveredView::from(covered)),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        crashed: shell.report_page_crash(),
        locked_by: shell.locked_by().and_then(LockedBy::of),
        deleted: shell.deleted(),
        last_wallet: shell.settings().last_wallet,
        preferences: Preferences::from(shell.settings()),
        folder: shell.wallets().to_string_lossy().into_owned(),
    })
}

impl From<Lost> for LostWallet {
    fn from(lost: Lost) -> Self {
        // The page names a copy by its file, which takes a name that is text.
        let named = |copy: &Copy| {
            copy.path
                .file_name()
                .is_some_and(|it| it.to_str().is_some())
        };
        let copies = lost.copies.into_iter().filter(named);
        let mut copies: Vec<_> = copies.map(OlderCopyView::from).collect();
        copies.sort_by_key(|copy| Reverse(copy.saved));
        Self {
            id: lost.wallet.to_string(),
            email: lost.email.to_string(),
            why: lost.why.into(),
            copies,
        }
    }
}

impl From<Why> for CopiesWhy {
    fn from(why: Why) -> Self {
        match why {
            Why::Missing => Self::Missing,
            Why::Damaged => Self::Damaged,
            Why::Unreadable => Self::Unreadable,
            Why::Password => Self::Password,
            Why::Code(identifier) => Self::Code {
                identifier: identifier.to_string(),
            },
        }
    }
}

impl From<Copy> for OlderCopyView {
    fn from(copy: Copy) -> Self {
        Self {
            file: find::shown(&copy.path),
            saved: saved(&copy.path),
            codes: copy.slots.iter().map(Identifier::to_string).collect(),
        }
    }
}

impl From<Beside> for CopyBeside {
    fn from(copy: Beside) -> Self {
        Self {
            id: copy.wallet.to_string(),
            file: find::shown(&copy.path),
            saved: saved(&copy.path),
            compared: match copy.compared {
                Compared::Same => ComparedView::Same,
                Compared::Older => ComparedView::Older,
                Compared::Apart => ComparedView::Apart,
            },
        }
    }
}

#[command]
pub(crate) async fn status(shell: Shared<'_>) -> Result<Status, CommandError> {
    run(shell, status_of).await
}

/// Tries again to start what the window works with.
#[command]
pub(crate) async fn start_again(app: AppHandle) -> Result<(), CommandError> {
    match spawn_blocking(move || start::attempt(&app)).await {
        Ok(done) => done,
        Err(_) => Err(CommandError::Internal),
    }
}

#[command]
pub(crate) async fn quit(app: AppHandle) -> Result<(), CommandError> {
    app.exit(0);
    Ok(())
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
pub(crate) async fn use_older_copy(
    shell: Shared<'_>,
    request: OlderCopy,
) -> Result<Status, CommandError> {
    run(shell, move |shell| {
        let wallet = super::wallet_id(&request.wallet_id)?;
        shell
            .app
            .put_back::<CommandError>(wallet, OsStr::new(&request.file))?;
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
