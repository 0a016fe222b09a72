//! The file of the open wallet: its e-mail, a copy to take away, and its earlier versions; and a
//! wallet file from elsewhere.

use std::path::{Path, PathBuf};

use app::files::file_name;
use code::Identifier;
use platform::clock::utc;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::delete::Remains;
use usecases::earlier::Earlier;
use usecases::elsewhere::Taken;
use usecases::find;
use usecases::held::{self, Held};
use usecases::session::Session;
use wallet::disk::parent;
use wallet::{Email, ItemId, Password};

use super::activity::SavedFile;
use super::create::TypedEmail;
use super::items::item_id;
use super::start::saved;
use super::{Shared, run, session_view};
use crate::dialogs;
use crate::error::CommandError;
use crate::view::SessionView;

/// A wallet file from elsewhere.
#[derive(Serialize, TS)]
pub(crate) struct FoundWallet {
    wallet_id: String,
    email: String,
    /// When the file was written, where the disk tells.
    saved: Option<i64>,
    /// Number of codes that the file has a slot for.
    codes: usize,
    /// Another wallet of this computer has its e-mail.
    same_email: bool,
    file_name: String,
    folder: String,
}

/// An earlier version of the open wallet, in numbers of items.
#[derive(Serialize, TS)]
pub(crate) struct EarlierView {
    /// Its name.
    version: String,
    /// When its file was written, where the disk tells.
    saved: Option<i64>,
    /// The items in it.
    items: usize,
    /// Items of the wallet that it does not have.
    lacks: usize,
    /// Items of which it has another version.
    other: usize,
    /// Items that the wallet does not have now.
    more: usize,
}

impl From<Earlier> for EarlierView {
    fn from(version: Earlier) -> Self {
        Self {
            version: version.version,
            saved: saved(&version.path),
            items: version.differs.items,
            lacks: version.differs.lacks,
            other: version.differs.other,
            more: version.differs.more,
        }
    }
}

/// What remains of the open wallet when it is deleted here.
#[derive(Serialize, TS)]
pub(crate) struct RemainsView {
    /// The names of its codes.
    codes: Vec<String>,
    /// Its kits, which may have been moved since.
    kits: Vec<KitLeft>,
    /// The name of the code that opens its recovery pages.
    pages: Option<String>,
    /// Names of copies of its file in the folder of the wallets, which others made.
    copies: Vec<String>,
}

/// A kit of a wallet that is deleted.
#[derive(Serialize, TS)]
pub(crate) struct KitLeft {
    /// The name of the code that opens it.
    code: String,
    folder: String,
}

impl KitLeft {
    fn of((code, folder): (Identifier, PathBuf)) -> Self {
        Self {
            code: code.to_string(),
            folder: folder.display().to_string(),
        }
    }
}

/// The items that are about to be deleted.
#[derive(Deserialize, TS)]
pub(crate) struct ItemsOf {
    ids: Vec<String>,
}

/// The copies that may hold items once they are deleted.
#[derive(Serialize, TS)]
pub(crate) struct HeldView {
    /// Number of earlier versions of the wallet.
    versions: usize,
    /// The kits that were not brought up to date.
    kits: Vec<KitLeft>,
    /// The recovery pages made last.
    pages: Option<PagesHeld>,
    /// Names of copies of the wallet's file in the folder of the wallets, which others made.
    copies: Vec<String>,
}

/// Recovery pages that hold an item.
#[derive(Serialize, TS)]
pub(crate) struct PagesHeld {
    /// The name of the code that opens them.
    code: String,
    /// When they were made.
    at: i64,
}

impl From<Held> for HeldView {
    fn from(held: Held) -> Self {
        Self {
            versions: held.versions,
            kits: held.kits.into_iter().map(KitLeft::of).collect(),
            pages: held.pages.map(|pages| PagesHeld {
                code: pages.identifier.to_string(),
                at: pages.at.0,
            }),
            copies: held.copies,
        }
    }
}

impl From<Remains> for RemainsView {
    fn from(remains: Remains) -> Self {
        Self {
            codes: remains.codes.iter().map(ToString::to_string).collect(),
            kits: remains.kits.into_iter().map(KitLeft::of).collect(),
            pages: remains.pages.map(|code| code.to_string()),
            copies: remains.copies,
        }
    }
}

/// How a wallet was deleted.
#[derive(Serialize, TS)]
pub(crate) struct DeletedView {
    /// Whether the keychain took that its codes have ended.
    codes_ended: bool,
}

/// Where a wallet is after it was brought here.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TakenView {
    /// Among the wallets.
    Opened,
    /// Among the copies that are offered for one whose file is damaged or missing.
    Offered,
}

/// The version that is to become a wallet of its own, and who asks for it.
#[derive(Deserialize, TS)]
pub(crate) struct RestoreEarlier {
    version: String,
    password: String,
    /// The six digits, where they are set up.
    digits: Option<String>,
}

#[command]
pub(crate) async fn change_email(
    shell: Shared<'_>,
    request: TypedEmail,
) -> Result<SessionView, CommandError> {
    run(shell, move |shell| {
        let email = Email::parse(&request.email)?;
        shell.app.change_email::<CommandError>(email)?;
        session_view(shell)
    })
    .await
}

/// Saves a copy of the open wallet's file where the person chooses, and reads it back. Asks for a
/// fresh confirmation of identity. None when the person cancels.
#[command]
pub(crate) async fn save_copy(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Option<SavedFile>, CommandError> {
    run(shell, move |shell| {
        let proved = || {
            let wallet = shell.app.with_session(Session::wallet)?;
            Ok::<_, CommandError>((wallet, shell.app.copy_of_file::<CommandError>()?))
        };
        let (wallet, _) = proved()?;
        let now = utc(shell.app.world(|world| world.clock.now()));
        let today = now.split('T').next().unwrap_or_default();
        let name = format!("Backup Code {today}.wallet");
        let Some(path) = dialogs::choose_where_to_save(&app, &name, dialogs::Kind::Wallet)? else {
            return Ok(None);
        };
        // Nothing is locked while the person chooses: the wallet may be closed by now.
        let (same, bytes) = proved()?;
        if same != wallet {
            return Err(CommandError::Locked);
        }
        if is_in(&path, shell.wallets()) {
            return Err(CommandError::OwnFolder);
        }
        let saver = shell.app.saver();
        let file = saver.write(&path, &bytes)?;
        file.compare(&bytes)?;
        file.keep()?;
        Ok(Some(SavedFile {
            file_name: file_name(&path),
            folder: parent(&path).display().to_string(),
        }))
    })
    .await
}

/// Whether a file is to be in this folder, where it could take a wallet's place.
fn is_in(path: &Path, folder: &Path) -> bool {
    let of_file = parent(path).canonicalize();
    let folder = folder.canonicalize();
    of_file.is_ok_and(|of_file| folder.is_ok_and(|folder| of_file.starts_with(folder)))
}

#[command]
pub(crate) async fn earlier_versions(shell: Shared<'_>) -> Result<Vec<EarlierView>, CommandError> {
    run(shell, |shell| {
        let versions = shell.app.earlier_versions::<CommandError>()?;
        Ok(versions.into_iter().map(EarlierView::from).collect())
    })
    .await
}

/// Makes a wallet of its own of an earlier version. The open wallet stays open.
#[command]
pub(crate) async fn restore_earlier(
    shell: Shared<'_>,
    request: RestoreEarlier,
) -> Result<(), CommandError> {
    run(shell, move |shell| {
        let password = Password::typed(request.password);
        let proof = (&password, request.digits.as_deref());
        shell
            .app
            .restore_beside::<CommandError>(proof, &request.version)?;
        Ok(())
    })
    .await
}

#[command]
pub(crate) async fn what_remains(shell: Shared<'_>) -> Result<RemainsView, CommandError> {
    run(shell, |shell| {
        let remains = shell.app.remains::<CommandError>()?;
        Ok(remains.into())
    })
    .await
}

/// The copies that may hold these items once they are deleted for good.
#[command]
pub(crate) async fn held_elsewhere(
    shell: Shared<'_>,
    request: ItemsOf,
) -> Result<HeldView, CommandError> {
    run(shell, move |shell| {
        let ids = request.ids.iter().map(|id| item_id(id));
        let ids: Vec<ItemId> = ids.collect::<Result<_, _>>()?;
        shell.app.read(|world, session| {
            let held = held::elsewhere(world, session, &ids)?;
            Ok(HeldView::from(held))
        })
    })
    .await
}

/// Deletes the open wallet from this computer. Asks for a fresh confirmation of identity.
#[command]
pub(crate) async fn delete_wallet(shell: Shared<'_>) -> Result<DeletedView, CommandError> {
    run(shell, |shell| {
        let email = shell
            .app
            .with_session(|session| session.email().to_string())?;
        let deleted = shell.app.delete_wallet::<CommandError>()?;
        shell.note_deleted(email);
        Ok(DeletedView {
            codes_ended: deleted.codes_ended,
        })
    })
    .await
}

/// Reads a wallet file that the person chooses. None when they cancel.
#[command]
pub(crate) async fn choose_wallet_file(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Option<FoundWallet>, CommandError> {
    run(shell, move |shell| {
        let Some(path) = dialogs::choose_file(&app) else {
            return Ok(None);
        };
        let found = shell.app.look_elsewhere(&path)?;
        let known = find::wallets(shell.app.disk(), shell.wallets())?.known;
        let mut others = known.iter().filter(|it| it.wallet != found.wallet());
        let view = FoundWallet {
            same_email: others.any(|it| it.email.is_same(found.email())),
            wallet_id: found.wallet().to_string(),
            email: found.email().to_string(),
            saved: saved(&path),
            codes: found.codes(),
            file_name: file_name(&path),
            folder: parent(&path).display().to_string(),
        };
        shell.find(found);
        Ok(Some(view))
    })
    .await
}

/// Makes the wallet of the file that was chosen last one of this computer's.
#[command]
pub(crate) async fn take_wallet_file(shell: Shared<'_>) -> Result<TakenView, CommandError> {
    run(shell, |shell| {
        Ok(match shell.take_found()? {
            Taken::Opened(_) => TakenView::Opened,
            Taken::Offered(_) => TakenView::Offered,
        })
    })
    .await
}
