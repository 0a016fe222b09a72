//! The slot for the one camera that is on, and the rule that drops late frames.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use scan::{Frame, Hint, ScanError};
use thiserror::Error;

use crate::camera::{Camera, News};

/// Why a frame gives nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CameraError {
    /// No camera is on, or it was turned off while the frame was looked at.
    #[error("no camera is on")]
    Off,
    /// The scanner failed. The camera is off now.
    #[error(transparent)]
    Scan(#[from] ScanError),
}

/// The number of a camera that was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameraId(usize);

/// What a frame shows.
pub struct FrameReport {
    /// What the person is to be told.
    pub news: Option<FrameNews>,
    /// Whether a backup code or a part of recovery pages is in view, new or not.
    pub ours: bool,
    /// Whether a QR code is in view that is not from this app.
    pub others: bool,
    /// The corners of each symbol that was found, in pixels of the frame.
    pub outlines: Vec<[(f32, f32); 4]>,
    /// What would help the scanner.
    pub hint: Option<Hint>,
}

/// The news of a frame, which [`CameraSlot::accept`] hands out while the camera is on.
pub struct FrameNews {
    camera: CameraId,
    news: News,
}

/// Holds the camera that is on.
///
/// Frames that were looked at when the camera was turned off are late and give nothing. Whoever
/// clears what frames are gathered in holds its lock, clears it and calls [`CameraSlot::turn_off`];
/// whoever gathers holds the same lock and calls [`CameraSlot::accept`].
#[derive(Default)]
pub struct CameraSlot {
    /// Number of cameras that were started.
    started: AtomicUsize,
    /// The number of the camera whose frames are taken; 0 for none.
    on: AtomicUsize,
    camera: Mutex<Option<(CameraId, Camera)>>,
}

impl CameraSlot {
    /// Puts a camera into the slot, in place of any other. Its frames are refused until
    /// [`CameraSlot::turn_on`].
    ///
    /// Waits for a frame that is being looked at: do not call it with another lock held.
    pub fn start(&self, camera: Camera) -> CameraId {
        let id = CameraId(self.started.fetch_add(1, Ordering::SeqCst) + 1);
        *self.locked() = Some((id, camera));
        id
    }

    /// Takes frames of this camera from now on. Never blocks.
    pub fn turn_on(&self, camera: CameraId) {
        self.on.store(camera.0, Ordering::SeqCst);
    }

    /// Takes no more frames; the camera itself is dropped with the next one. Never blocks.
    pub fn turn_off(&self) {
        self.on.store(0, Ordering::SeqCst);
    }

    /// Turns the camera off and drops it, without waiting for a frame that is being looked at.
    pub fn stop(&self) {
        self.turn_off();
        if let Ok(mut slot) = self.camera.try_lock() {
            *slot = None;
        }
    }

    /// Looks at a frame. A failure of the scanner turns the camera off.
    ///
    /// # Errors
    /// [`CameraError::Off`] also where the camera was turned off meanwhile.
    pub fn see(&self, frame: &Frame<'_>) -> Result<FrameReport, CameraError> {
        let mut slot = self.locked();
        let (id, camera) = slot.as_mut().ok_or(CameraError::Off)?;
        let id = *id;
        let looked = camera.look(frame);
        let on = self.is_on(id);
        if !on || looked.is_err() {
            *slot = None;
        }
        let looked = looked?;
        if !on {
            return Err(CameraError::Off);
        }
        Ok(FrameReport {
            news: looked.news.map(|news| FrameNews { camera: id, news }),
            ours: looked.ours,
            others: looked.others,
            outlines: looked.outlines,
            hint: looked.hint,
        })
    }

    /// Hands out a frame's news, unless it comes late.
    ///
    /// # Errors
    /// [`CameraError::Off`] where its camera was turned off since.
    pub(crate) fn accept(&self, news: FrameNews) -> Result<News, CameraError> {
        match self.is_on(news.camera) {
            true => Ok(news.news),
            false => Err(CameraError::Off),
        }
    }

    fn is_on(&self, camera: CameraId) -> bool {
        self.on.load(Ordering::SeqCst) == camera.0
    }

    fn locked(&self) -> MutexGuard<'_, Option<(CameraId, Camera)>> {
        self.camera.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::camera::Purpose;
    use crate::testing::{FRAME, ScriptedWatch};

    fn scripted(frames: Vec<Vec<&'static str>>) -> Camera {
        Camera::new(Box::new(ScriptedWatch::new(frames)), Purpose::Entry)
    }

    /// Puts a camera into the slot that shows these texts, a frame each, and then fails.
    fn start(slot: &CameraSlot, frames: Vec<Vec<&'static str>>) -> CameraId {
        let camera = slot.start(scripted(frames));
        slot.turn_on(camera);
        camera
    }

    fn error<T>(result: Result<T, CameraError>) -> CameraError {
        result.err().unwrap()
    }

    #[test]
    fn frames_are_taken_while_the_camera_is_on() {
        let slot = CameraSlot::default();
        assert_eq!(error(slot.see(&FRAME)), CameraError::Off);
        start(&slot, vec![vec!["QQQQ"], vec!["QQQQ"]]);
        let seen = slot.see(&FRAME).unwrap();
        assert!(seen.ours);
        match slot.accept(seen.news.unwrap()).unwrap() {
            News::Entry(finds) => assert_eq!(finds.codes.len(), 1),
            News::Field(_) => panic!("there is no field"),
        }
        let seen = slot.see(&FRAME).unwrap();
        assert!(seen.ours && seen.news.is_none());
        slot.stop();
        assert_eq!(error(slot.see(&FRAME)), CameraError::Off);
    }

    #[test]
    fn a_frame_that_was_seen_before_the_camera_was_turned_off_is_dropped() {
        let slot = CameraSlot::default();
        start(&slot, vec![vec!["QQQQ"], vec!["PPPP"]]);
        let news = slot.see(&FRAME).unwrap().news.unwrap();
        slot.turn_off();
        assert_eq!(error(slot.accept(news)), CameraError::Off);
        assert_eq!(error(slot.see(&FRAME)), CameraError::Off);
    }

    #[test]
    fn a_frame_of_the_previous_camera_is_dropped() {
        let slot = CameraSlot::default();
        start(&slot, vec![vec!["QQQQ"]]);
        let news = slot.see(&FRAME).unwrap().news.unwrap();
        start(&slot, vec![vec!["QQQQ"]]);
        assert_eq!(error(slot.accept(news)), CameraError::Off);
        assert!(slot.see(&FRAME).unwrap().news.is_some());
    }

    #[test]
    fn a_camera_that_was_not_turned_on_gives_nothing() {
        let slot = CameraSlot::default();
        slot.start(scripted(vec![vec!["QQQQ"]]));
        assert_eq!(error(slot.see(&FRAME)), CameraError::Off);
    }

    #[test]
    fn a_failing_scanner_turns_the_camera_off() {
        let slot = CameraSlot::default();
        start(&slot, Vec::new());
        let failed = error(slot.see(&FRAME));
        assert_eq!(failed, CameraError::Scan(ScanError::Unavailable));
        assert_eq!(error(slot.see(&FRAME)), CameraError::Off);
    }
}
