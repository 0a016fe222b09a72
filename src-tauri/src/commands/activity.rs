//! The activity log.

use std::cmp::Reverse;

use app::files::file_name;
use platform::clock::utc;
use serde::Serialize;
use tauri::{AppHandle, command};
use ts_rs::TS;
use usecases::identity::{self, Level};
use usecases::session::Session;
use wallet::disk::parent;
use wallet::{Event, LogEntry, Timestamp};

use super::{Shared, run};
use crate::dialogs;
use crate::error::CommandError;

/// The name that the file gets unless the person chooses another.
const FILE: &str = "Backup Code activity.csv";

/// One line of the log.
#[derive(Serialize, TS)]
pub(crate) struct LogView {
    at: i64,
    event: EventKind,
    identifier: Option<String>,
    count: Option<u32>,
    /// The letters of the sheets that were made.
    sheets: Option<String>,
}

#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventKind {
    Created,
    Issued,
    Confirmed,
    Discarded,
    Checked,
    Redeemed,
    SheetsMade,
    FailedTries,
    Revoked,
    Expired,
    Restored,
    PagesMade,
    PasswordChanged,
    EmailChanged,
    FromEarlier,
    TwoStepOn,
    TwoStepOff,
    SignedIn,
}

impl From<&LogEntry> for LogView {
    fn from(entry: &LogEntry) -> Self {
        let (event, identifier, count) = match &entry.event {
            Event::Created => (EventKind::Created, None, None),
            Event::Issued { identifier } => (EventKind::Issued, Some(identifier), None),
            Event::Confirmed { identifier } => (EventKind::Confirmed, Some(identifier), None),
            Event::Discarded { identifier } => (EventKind::Discarded, Some(identifier), None),
            Event::Checked { identifier } => (EventKind::Checked, Some(identifier), None),
            Event::Redeemed { identifier } => (EventKind::Redeemed, Some(identifier), None),
            Event::SheetsMade { identifier, .. } => (EventKind::SheetsMade, Some(identifier), None),
            Event::FailedTries { count } => (EventKind::FailedTries, None, Some(*count)),
            Event::Revoked { identifier } => (EventKind::Revoked, Some(identifier), None),
            Event::Expired { identifier } => (EventKind::Expired, Some(identifier), None),
            Event::Restored { identifier } => (EventKind::Restored, Some(identifier), None),
            Event::PagesMade { identifier } => (EventKind::PagesMade, Some(identifier), None),
            Event::PasswordChanged => (EventKind::PasswordChanged, None, None),
            Event::EmailChanged => (EventKind::EmailChanged, None, None),
            Event::FromEarlier => (EventKind::FromEarlier, None, None),
            Event::TwoStepOn => (EventKind::TwoStepOn, None, None),
            Event::TwoStepOff => (EventKind::TwoStepOff, None, None),
        };
        Self {
            at: entry.at.0,
            event,
            identifier: identifier.map(ToString::to_string),
            count,
            sheets: match &entry.event {
                Event::SheetsMade { indices, .. } => Some(indices.clone()),
                _ => None,
            },
        }
    }
}

impl From<&Timestamp> for LogView {
    /// A sign-in.
    fn from(at: &Timestamp) -> Self {
        Self {
            at: at.0,
            event: EventKind::SignedIn,
            identifier: None,
            count: None,
            sheets: None,
        }
    }
}

/// The lines of the log and the sign-ins, newest first.
fn lines(session: &Session) -> Vec<LogView> {
    let log = session.log().iter().rev().map(LogView::from);
    let sign_ins = session.sign_ins().iter().rev().map(LogView::from);
    let mut lines: Vec<LogView> = log.chain(sign_ins).collect();
    lines.sort_by_key(|line| Reverse(line.at));
    lines
}

/// A file that was saved.
#[derive(Serialize, TS)]
pub(crate) struct SavedFile {
    pub(super) file_name: String,
    pub(super) folder: String,
}

/// Saves the lines of the log and the sign-ins as CSV (RFC 4180), newest first, with times in UTC
/// (RFC 3339). Asks for a fresh confirmation of identity. None when the person cancels.
#[command]
pub(crate) async fn export_activity(
    app: AppHandle,
    shell: Shared<'_>,
) -> Result<Option<SavedFile>, CommandError> {
    run(shell, move |shell| {
        let proved = || {
            shell.app.read::<_, CommandError>(|world, session| {
                identity::fresh(world, session, Level::Full)?;
                Ok(lines(session))
            })
        };
        proved()?;
        let Some(path) = dialogs::choose_where_to_save(&app, FILE, dialogs::Kind::Csv)? else {
            return Ok(None);
        };
        // Nothing is locked while the person chooses: the wallet may be closed by now.
        let lines = proved()?;
        let file = shell.app.saver().write(&path, csv(&lines)?.as_bytes())?;
        file.keep()?;
        Ok(Some(SavedFile {
            file_name: file_name(&path),
            folder: parent(&path).display().to_string(),
        }))
    })
    .await
}

fn csv(lines: &[LogView]) -> Result<String, CommandError> {
    let mut csv = String::from("time,event,code,count,sheets\r\n");
    for line in lines {
        // The names of events, in quotation marks.
        let event = serde_json::to_string(&line.event).map_err(|_| CommandError::Internal)?;
        let fields = [
            utc(Timestamp(line.at)),
            event,
            line.identifier.clone().unwrap_or_default(),
            line.count
                .map(|count| count.to_string())
                .unwrap_or_default(),
            line.sheets.clone().unwrap_or_default(),
        ];
        csv.push_str(&fields.join(","));
        csv.push_str("\r\n");
    }
    Ok(csv)
}

#[command]
pub(crate) async fn activity(shell: Shared<'_>) -> Result<Vec<LogView>, CommandError> {
    run(shell, |shell| Ok(shell.app.with_session(lines)?)).await
}
