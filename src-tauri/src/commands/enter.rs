//! Enters a code or the sheets of a set: typed, pasted, chosen or dropped.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use app::entry::Entry;
use app::gather::{Attendant, gather, gather_picture};
use code::ShareIndex;
use scan::{Limits, Progress};
use serde::{Deserialize, Serialize};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Emitter, Manager, command};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::entered::{Entered, entered, take};
use super::{Shared, run};
use crate::desk::Desk;
use crate::dialogs;
use crate::error::{CommandError, ErrorCode};

#[derive(Deserialize, TS)]
pub(crate) struct TypedText {
    text: String,
    /// The person paused or pressed Enter: missing and doubled characters are looked for.
    finished: bool,
}

#[derive(Deserialize, TS)]
pub(crate) struct SheetIndex {
    index: char,
}

/// Progress of reading files.
#[derive(Clone, Serialize, TS)]
pub(crate) struct Scanning {
    /// The file that is read; none for a picture that was pasted.
    name: Option<String>,
    /// Which of the files it is, from 1.
    number: usize,
    of: usize,
    /// How much of this file is done, up to 1.
    done: f32,
}

#[command]
pub(crate) async fn enter_text(
    desk: Shared<'_>,
    request: TypedText,
) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        let text = Zeroizing::new(request.text);
        Ok(desk.work(|_, open| {
            let field = open.entry.typed(&text, request.finished);
            entered(open, field)
        }))
    })
    .await
}

/// Returns what has been entered before, unchanged.
#[command]
pub(crate) async fn enter_resume(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| entered(open, open.entry.field())))
    })
    .await
}

#[command]
pub(crate) async fn enter_accept(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        desk.work(|_, open| {
            let field = open.entry.accept()?;
            Ok(entered(open, field))
        })
    })
    .await
}

#[command]
pub(crate) async fn enter_remove(
    desk: Shared<'_>,
    request: SheetIndex,
) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        Ok(desk.work(|_, open| {
            if let Some(index) = ShareIndex::from_char(request.index) {
                open.entry.remove(index);
            }
            entered(open, open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_clear(desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, |desk| {
        Ok(desk.work(|_, open| {
            open.entry = Entry::default();
            entered(open, open.entry.field())
        }))
    })
    .await
}

#[command]
pub(crate) async fn enter_files(app: AppHandle, desk: Shared<'_>) -> Result<Entered, CommandError> {
    run(desk, move |desk| {
        let paths = dialogs::choose_sheets(&app);
        Ok(scan(&app, desk, &paths))
    })
    .await
}

/// Reads files that were dropped on the window, and sends the page what has been entered then.
pub(crate) fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let app = app.clone();
    let desk = Arc::clone(&app.state::<Arc<Desk>>());
    tauri::async_runtime::spawn_blocking(move || {
        let view = scan(&app, &desk, &paths);
        // A closed window gets no event.
        let _ = app.emit("entry", view);
    });
}

/// A picture was pasted: the file's bytes are the body of the call.
#[command]
pub(crate) async fn enter_picture(
    app: AppHandle,
    desk: Shared<'_>,
    request: Request<'_>,
) -> Result<Entered, CommandError> {
    let bytes = raw(&request)?;
    run(desk, move |desk| {
        let attending = Attending::new(&app, desk);
        attending.begins_picture();
        let gathered = gather_picture(&*desk.scanner, &bytes, &attending);
        Ok(desk.work(|_, open| take(open, gathered)))
    })
    .await
}

/// Cancels the reading of files.
#[command]
pub(crate) async fn enter_cancel(desk: Shared<'_>) -> Result<(), CommandError> {
    desk.scanning.withdraw();
    Ok(())
}

/// Reads files and folders, and returns what has been entered then.
pub(crate) fn scan(app: &AppHandle, desk: &Desk, paths: &[PathBuf]) -> Entered {
    // Scanning takes seconds; other commands run meanwhile.
    let gathered = gather(
        &*desk.disk,
        &*desk.scanner,
        paths,
        &Attending::new(app, desk),
    );
    desk.work(|_, open| take(open, gathered))
}

/// Reports the progress of reading files to the window, and cancels it on request.
struct Attending<'a> {
    app: &'a AppHandle,
    withdrawn: Box<dyn Fn() -> bool + Send + Sync + 'a>,
    current: Mutex<Scanning>,
}

impl<'a> Attending<'a> {
    fn new(app: &'a AppHandle, desk: &'a Desk) -> Self {
        Self {
            app,
            withdrawn: Box::new(desk.scanning.begin()),
            current: Mutex::new(Scanning {
                name: None,
                number: 1,
                of: 1,
                done: 0.0,
            }),
        }
    }

    fn begins_picture(&self) {
        self.tell(|_| {});
    }

    fn tell(&self, change: impl FnOnce(&mut Scanning)) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut current);
        // A closed window gets no event.
        let _ = self.app.emit("scanning", current.clone());
    }
}

impl Progress for Attending<'_> {
    fn cancelled(&self) -> bool {
        (self.withdrawn)()
    }

    fn at(&self, done: u32, of: u32) {
        self.tell(|current| current.done = (done as f32 / of.max(1) as f32).min(1.0));
    }
}

impl Attendant for Attending<'_> {
    fn begins(&self, name: &str, number: usize, of: usize) {
        self.tell(|current| {
            *current = Scanning {
                name: Some(name.to_owned()),
                number,
                of,
                done: 0.0,
            }
        });
    }
}

/// Returns the bytes of a call's body, at most those that a file may have. The allocator wipes the
/// copy that Tauri holds.
pub(super) fn raw(request: &Request<'_>) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    match request.body() {
        InvokeBody::Raw(bytes) if bytes.len() as u64 <= Limits::default().bytes => {
            Ok(Zeroizing::new(bytes.clone()))
        }
        _ => Err(CommandError::new(
            ErrorCode::Internal,
            "the body of the call is not raw, or too large",
        )),
    }
}
