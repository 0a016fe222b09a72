//! The activity log.

use serde::Serialize;
use tauri::command;
use ts_rs::TS;
use usecases::session::Session;
use wallet::{Event, LogEntry};

use super::{Shared, run};
use crate::error::CommandError;

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
    TwoStepOn,
    TwoStepOff,
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

#[command]
pub(crate) async fn activity(shell: Shared<'_>) -> Result<Vec<LogView>, CommandError> {
    run(shell, |shell| {
        let log = |session: &Session| session.log().iter().rev().map(LogView::from).collect();
        Ok(shell.app.with_session(log)?)
    })
    .await
}
