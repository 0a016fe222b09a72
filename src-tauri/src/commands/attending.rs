//! The progress of reading files, for the window.

use std::sync::{Mutex, PoisonError};

use app::gather::Attendant;
use scan::Progress;
use tauri::AppHandle;

use crate::events::{self, Scanning};
use crate::shell::Shell;

/// Reports the progress of reading files to the window, and cancels it on request.
pub(super) struct Attending<'a> {
    app: &'a AppHandle,
    withdrawn: Box<dyn Fn() -> bool + Send + Sync + 'a>,
    current: Mutex<Scanning>,
}

impl<'a> Attending<'a> {
    pub(super) fn new(app: &'a AppHandle, shell: &'a Shell) -> Self {
        Self {
            app,
            withdrawn: Box::new(shell.app.scanning.begin()),
            current: Mutex::new(Scanning {
                name: None,
                number: 1,
                of: 1,
                done: 0.0,
            }),
        }
    }

    pub(super) fn begins_picture(&self) {
        self.tell(|_| {});
    }

    fn tell(&self, change: impl FnOnce(&mut Scanning)) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut current);
        events::scanning(self.app, current.clone());
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
