//! The events that the window listens for, declared once: this list feeds the functions that emit
//! them and the generated TypeScript.

use serde::Serialize;
use tauri::{AppHandle, Emitter};
use ts_rs::TS;

use crate::commands::{Entered, Printing, Scanning};
#[cfg(test)]
use crate::typescript::DeclaredEvent;

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
    /// The wallet was locked: by the idle timer or by sleep.
    locked();
    /// Files were dropped on the window and have been scanned.
    entry(Entered);
    /// Progress of reading files or a pasted picture.
    scanning(Scanning);
    /// Progress of the print job.
    printing(Printing);
    /// Files are being dragged over the window, or have left it.
    drag(Drag);
}
