//! Reads what a field holds from a QR code in a picture, a PDF or a frame of the camera.

use app::files::{FileProblem, Unread, file_name};
use app::gather::Attendant;
use app::read_qr::{QrKind, ReadQrError, Unfit, read_qr};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, command};
use ts_rs::TS;

use super::attending::Attending;
use super::entered::MistakenView;
use super::unread::UnreadView;
use super::{Shared, run};
use crate::dialogs;
use crate::error::CommandError;

#[derive(Deserialize, TS)]
pub(crate) struct ReadQrFile {
    kind: QrKindRequest,
    /// The person decided to read the file that was held back, although the process that reads it
    /// cannot be restricted here. Holds until the program ends.
    anyway: bool,
}

/// The type of the field.
#[derive(Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "QrKind")]
pub(crate) enum QrKindRequest {
    Words,
    OneTime,
}

impl From<QrKindRequest> for QrKind {
    fn from(kind: QrKindRequest) -> Self {
        match kind {
            QrKindRequest::Words => Self::Words,
            QrKindRequest::OneTime => Self::OneTime,
        }
    }
}

/// What a file or a frame gave.
#[derive(Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum ReadQr {
    /// A text for the field.
    Read { text: String },
    /// The file gave no QR code.
    Unread(UnreadView),
    /// The QR code is a backup code or a part of recovery pages.
    Ours,
    /// The QR code holds something else.
    Other {
        /// None where it is no secret that is known.
        what: Option<MistakenView>,
    },
}

/// Has the person choose a file, and reads it. Returns none when they cancel.
#[command]
pub(crate) async fn read_qr_file(
    app: AppHandle,
    shell: Shared<'_>,
    request: ReadQrFile,
) -> Result<Option<ReadQr>, CommandError> {
    let ReadQrFile { kind, anyway } = request;
    run(shell, move |shell| {
        let epoch = shell.app.epoch();
        let held_back = shell.take_held_back();
        let chosen = match anyway {
            true => {
                shell.app.scanner().read_anyway();
                held_back.into_iter().next()
            }
            false => dialogs::choose_picture(&app),
        };
        let Some(path) = chosen else {
            return Ok(None);
        };
        let name = file_name(&path);
        let attending = Attending::new(&app, shell);
        attending.begins(&name, 1, 1);
        let (disk, scanner) = (shell.app.disk(), shell.app.scanner());
        let read = read_qr(disk, scanner, &path, kind.into(), &attending);
        if matches!(read, Err(ReadQrError::File(FileProblem::Unprotected))) {
            shell.hold_back(&[path]);
        }
        // Nothing is told to a page that was locked meanwhile.
        let current = shell.app.epoch() == epoch;
        Ok(view(read, name).filter(|_| current))
    })
    .await
}

fn view(read: Result<scan::Text, ReadQrError>, name: String) -> Option<ReadQr> {
    Some(match read {
        Ok(text) => fitting_view(Ok(text)),
        Err(ReadQrError::Unfit(unfit)) => fitting_view(Err(unfit)),
        Err(ReadQrError::Cancelled) => return None,
        Err(ReadQrError::File(problem)) => {
            let unread = Unread {
                name: Some(name),
                problem,
            };
            ReadQr::Unread(unread.into())
        }
    })
}

/// What QR codes hold for a field.
pub(super) fn fitting_view(read: Result<scan::Text, Unfit>) -> ReadQr {
    match read {
        // The person asked for it.
        Ok(text) => ReadQr::Read {
            text: text.to_string(),
        },
        Err(Unfit::Ours) => ReadQr::Ours,
        Err(Unfit::Other(what)) => ReadQr::Other {
            what: what.map(MistakenView::from),
        },
    }
}
