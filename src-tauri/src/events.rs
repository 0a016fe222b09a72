//! The events that the window listens for, declared once: this list feeds the functions that emit
//! them and the generated TypeScript.

use serde::Serialize;
use tauri::{AppHandle, Emitter};
use ts_rs::TS;
use usecases::ports::printer::PrintProgress;

use crate::commands::Entered;
use crate::print_trouble::PrintTrouble;
#[cfg(test)]
use crate::typescript::DeclaredEvent;

/// Progress of reading files.
#[derive(Clone, Serialize, TS)]
pub(crate) struct Scanning {
    /// The file that is read; none for a picture that was pasted.
    pub(crate) name: Option<String>,
    /// Which of the files it is, from 1.
    pub(crate) number: usize,
    pub(crate) of: usize,
    /// How much of this file is done, up to 1.
    pub(crate) done: f32,
}

/// Progress of a job.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Printing {
    /// The sheet is drawn and tested.
    Checking,
    Sending,
    Queued,
    Running {
        pages: u32,
    },
    Waiting {
        problem: PrintTrouble,
    },
}

impl From<PrintProgress> for Printing {
    fn from(progress: PrintProgress) -> Self {
        match progress {
            PrintProgress::Sending => Self::Sending,
            PrintProgress::Printing { pages } => Self::Running { pages },
            PrintProgress::Waiting(problem) => Self::Waiting {
                problem: problem.into(),
            },
            PrintProgress::Queued => Self::Queued,
        }
    }
}

/// Files over the window.
#[derive(Clone, Copy, Serialize, TS)]
pub(crate) struct Drag {
    /// Files are being dragged over the window; otherwise they have left it.
    pub(crate) over: bool,
}

macro_rules! events {
    ($($(#[doc = $about:literal])* $name:ident($($payload:ty)?);)*) => {
        $(
            $(#[doc = $about])*
            pub(crate) fn $name(app: &AppHandle $(, payload: $payload)?) {
                // A closed window gets no event.
                let _ = app.emit(stringify!($name), events!(@sent $(payload as $payload)?));
            }
        )*

        /// Every event, for the generated files.
        #[cfg(test)]
        pub(crate) fn declared() -> Vec<DeclaredEvent> {
            vec![$(DeclaredEvent::new::<events!(@payload $($payload)?)>(
                stringify!($name),
                concat!($($about),*),
            )),*]
        }
    };
    (@sent) => { () };
    (@sent $payload:ident as $type:ty) => { $payload };
    (@payload) => { () };
    (@payload $type:ty) => { $type };
}

events! {
    /// A deadline or an absence locked everything. The page is about to be replaced.
    locked();
    /// A drive answered late: the session says what became of its kits.
    kits();
    /// The window is to be closed, and something is unsaved.
    close_asked();
    /// Files were dropped on the window and have been scanned.
    entry(Entered);
    /// Progress of reading files or a pasted picture.
    scanning(Scanning);
    /// Progress of the print job.
    printing(Printing);
    /// Files are being dragged over the window, or have left it.
    drag(Drag);
}
