//! Enter a code or the sheets of a set: typed, from files, from the camera.

use std::time::Duration;

use code::ShareIndex;
use scan::{Frame, ScanError, Text};

use crate::application::App;
use crate::camera::{Camera, News, Purpose};
use crate::camera_slot::{CameraError, FrameReport};
use crate::entry::{Entry, EntryError, Field};
use crate::gather::{Gathered, gather_sight};
use crate::intake::Intake;
use crate::mutex::locked;
use crate::read_qr::Unfit;
use crate::restoring::RestoringState;
use crate::stage::{Stage, State};

/// What a frame gave.
pub enum FrameTaken {
    /// Codes and parts, which were entered.
    Entry(Intake),
    /// What its QR codes hold for the field. The camera is off once there is a text.
    Field(Result<Text, Unfit>),
}

impl App {
    /// Takes the text of the field; `finished` once the person paused or pressed Enter.
    pub fn type_text(&self, text: &str, finished: bool) -> Field {
        self.entering(|entry| entry.typed(text, finished))
    }

    /// Accepts the suggested correction.
    ///
    /// # Errors
    /// [`EntryError::NotEntered`] if none was suggested.
    pub fn accept_correction(&self) -> Result<Field, EntryError> {
        self.entering(Entry::accept)
    }

    /// Removes a sheet from the set.
    pub fn remove_sheet(&self, index: Option<ShareIndex>) -> Field {
        self.entering(|entry| {
            if let Some(index) = index {
                entry.remove(index);
            }
            entry.field()
        })
    }

    /// Clears what was entered.
    pub fn clear_entry(&self) {
        self.entering(|entry| *entry = Entry::default());
    }

    /// Reads what was entered.
    pub fn entry<T>(&self, read: impl FnOnce(&Entry) -> T) -> T {
        read(&self.state().entry)
    }

    /// What was collected to restore from, while something is being restored.
    pub fn restoring_state(&self) -> Option<RestoringState> {
        let restoring = self.state().restoring()?;
        let state = locked(&restoring).state();
        Some(state)
    }

    /// Takes what was gathered from files or a picture for a page that was shown in `epoch`. After
    /// a lock nobody waits for it, and nothing is taken.
    pub fn take(&self, gathered: Gathered, epoch: u64) -> Intake {
        let restoring = self.state().restoring();
        let mut collected = restoring.as_deref().map(locked);
        let now = self.ports.clock.since_boot();
        let mut state = self.state();
        if state.epoch != epoch {
            return Intake {
                field: state.entry.field(),
                unread: Vec::new(),
            };
        }
        change_entry(&mut state, now, |entry| {
            gathered.take_into(entry, collected.as_deref_mut())
        })
    }

    /// Turns a camera on.
    ///
    /// # Errors
    /// What the scanner reports.
    pub fn start_camera(&self, purpose: Purpose) -> Result<(), ScanError> {
        let watch = self.ports.scanner.watch(purpose.wanted())?;
        let camera = self.camera.start(Camera::new(watch, purpose));
        // Under the lock: a lock that comes now turns it off after this.
        let _state = self.state();
        self.camera.turn_on(camera);
        Ok(())
    }

    /// Looks at a frame, and takes what is new in it. A frame is dropped if the camera was turned
    /// off or everything was locked while it was looked at.
    ///
    /// # Errors
    /// See [`CameraError`].
    pub fn see(&self, frame: &Frame<'_>) -> Result<(FrameReport, Option<FrameTaken>), CameraError> {
        let mut report = self.camera.see(frame)?;
        let Some(news) = report.news.take() else {
            return Ok((report, None));
        };
        let restoring = self.state().restoring();
        let mut collected = restoring.as_deref().map(locked);
        let mut state = self.state();
        let taken = match self.camera.accept(news)? {
            News::Entry(finds) => {
                let now = self.ports.clock.since_boot();
                FrameTaken::Entry(change_entry(&mut state, now, |entry| {
                    gather_sight(finds).take_into(entry, collected.as_deref_mut())
                }))
            }
            News::Field(read) => {
                if read.is_ok() {
                    self.camera.turn_off();
                }
                FrameTaken::Field(read)
            }
        };
        Ok((report, Some(taken)))
    }

    /// Turns the camera off, without waiting for a frame that is being looked at.
    pub fn stop_camera(&self) {
        self.camera.stop();
    }

    /// Changes what was entered.
    fn entering<T>(&self, change: impl FnOnce(&mut Entry) -> T) -> T {
        change_entry(&mut self.state(), self.ports.clock.since_boot(), change)
    }
}

/// Changes what was entered, and restarts its deadline: not that of an acceptance, or of a wallet
/// that waits for its digits. Beside a covered code nothing is kept.
fn change_entry<T>(state: &mut State, now: Duration, change: impl FnOnce(&mut Entry) -> T) -> T {
    match state.stage {
        Stage::SignedOut | Stage::Restoring(_) => state.waiting_since = now,
        Stage::AwaitingDigits(_) | Stage::Accepted(_) | Stage::SignedIn(_) => {}
        Stage::Covered(_) => return change(&mut Entry::default()),
    }
    change(&mut state.entry)
}
