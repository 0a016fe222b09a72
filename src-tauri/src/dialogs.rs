//! The native dialogs. They block until the person has chosen: never on the UI thread.

use std::path::PathBuf;

use app::files::file_name;
use app::style::with_extension;
use tauri::AppHandle;

use crate::error::CommandError;

/// What a file that is saved holds.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Pdf,
    Csv,
    Wallet,
    /// A file out of the wallet, which keeps its own name.
    File,
}

impl Kind {
    fn extension(self) -> Option<&'static str> {
        match self {
            Self::Pdf => Some("pdf"),
            Self::Csv => Some("csv"),
            Self::Wallet => Some("wallet"),
            Self::File => None,
        }
    }
}

/// Where a file is to be saved; `None` when the person cancels. The dialog itself asks before
/// replacing a file, and knows nothing of one whose name only gets the extension here.
pub(crate) fn choose_where_to_save(
    app: &AppHandle,
    name: &str,
    kind: Kind,
) -> Result<Option<PathBuf>, CommandError> {
    let Some(chosen) = ask_where_to_save(app, name, kind) else {
        return Ok(None);
    };
    let path = match kind.extension() {
        Some(extension) => with_extension(chosen.clone(), extension),
        None => chosen.clone(),
    };
    if path != chosen && path.try_exists()? {
        let name = file_name(&path);
        return Err(CommandError::FileThere { name });
    }
    Ok(Some(path))
}

#[cfg(not(feature = "test-hooks"))]
fn ask_where_to_save(app: &AppHandle, name: &str, kind: Kind) -> Option<PathBuf> {
    use tauri_plugin_dialog::DialogExt as _;
    let dialog = app.dialog().file().set_file_name(name);
    let dialog = match kind.extension() {
        Some(extension) => dialog.add_filter(extension.to_uppercase(), &[extension]),
        None => dialog,
    };
    dialog
        .blocking_save_file()
        .and_then(|path| path.into_path().ok())
}

/// A dialog that offers the files that can be scanned.
#[cfg(not(feature = "test-hooks"))]
fn pictures(app: &AppHandle) -> tauri_plugin_dialog::FileDialogBuilder<tauri::Wry> {
    use tauri_plugin_dialog::DialogExt as _;
    let kinds = [
        "pdf", "png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif",
    ];
    app.dialog()
        .file()
        .add_filter("PDF, PNG, JPEG, WebP, GIF, BMP, TIFF", &kinds)
}

/// The sheets that a person chooses: pictures or PDFs. None when they cancel.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn choose_sheets(app: &AppHandle) -> Vec<PathBuf> {
    let chosen = pictures(app).blocking_pick_files().unwrap_or_default();
    chosen
        .into_iter()
        .filter_map(|path| path.into_path().ok())
        .collect()
}

/// A picture or a PDF. `None` when the person cancels.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn choose_picture(app: &AppHandle) -> Option<PathBuf> {
    let chosen = pictures(app).blocking_pick_file();
    chosen.and_then(|path| path.into_path().ok())
}

/// A file of any name: an earlier version of a wallet ends in a number. `None` when the person
/// cancels.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn choose_file(app: &AppHandle) -> Option<PathBuf> {
    use tauri_plugin_dialog::DialogExt as _;
    let chosen = app.dialog().file().blocking_pick_file();
    chosen.and_then(|path| path.into_path().ok())
}

/// A folder: to make a kit in, or with a kit in it. `None` when the person cancels.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn choose_folder(app: &AppHandle) -> Option<PathBuf> {
    use tauri_plugin_dialog::DialogExt as _;
    let chosen = app.dialog().file().blocking_pick_folder();
    chosen.and_then(|path| path.into_path().ok())
}

/// The path that a test wrote into `save-path`.
#[cfg(feature = "test-hooks")]
fn ask_where_to_save(_: &AppHandle, _: &str, _: Kind) -> Option<PathBuf> {
    crate::hooks::lines("save-path").into_iter().next()
}

/// The path that a test wrote into `folder-path`.
#[cfg(feature = "test-hooks")]
pub(crate) fn choose_folder(_: &AppHandle) -> Option<PathBuf> {
    crate::hooks::lines("folder-path").into_iter().next()
}

/// The path that a test wrote into `open-path`.
#[cfg(feature = "test-hooks")]
pub(crate) fn choose_file(_: &AppHandle) -> Option<PathBuf> {
    crate::hooks::lines("open-path").into_iter().next()
}

/// The path that a test wrote into `open-path`.
#[cfg(feature = "test-hooks")]
pub(crate) fn choose_picture(_: &AppHandle) -> Option<PathBuf> {
    crate::hooks::lines("open-path").into_iter().next()
}

/// The paths that a test wrote into `open-path`.
#[cfg(feature = "test-hooks")]
pub(crate) fn choose_sheets(_: &AppHandle) -> Vec<PathBuf> {
    crate::hooks::lines("open-path")
}
