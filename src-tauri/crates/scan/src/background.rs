//! The tracker on a thread of its own, one frame at a time, so that no frame waits for it.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use raster::{LumaImage, contained};

use crate::rescue::{Tracked, Tracker};

/// A [`Tracker`] that works in the background while its owner looks at other frames.
///
/// After a drop, the thread ends as soon as it has finished its current frame.
pub(crate) struct BackgroundTracker {
    frames: SyncSender<LumaImage>,
    results: Receiver<Option<Tracked>>,
    busy: bool,
}

impl BackgroundTracker {
    /// Returns `None` if the system cannot start a thread.
    pub(crate) fn start() -> Option<BackgroundTracker> {
        let (frames, incoming) = sync_channel(1);
        let (outgoing, results) = sync_channel(1);
        let work = move || {
            let mut tracker = Tracker::new();
            for frame in incoming {
                let tracked = contained(|| tracker.look(&frame));
                if tracked.is_none() {
                    // The tracker's state may have caused the panic.
                    tracker = Tracker::new();
                }
                if outgoing.send(tracked.flatten()).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().spawn(work).ok()?;
        Some(BackgroundTracker {
            frames,
            results,
            busy: false,
        })
    }

    /// Takes the result for the last frame. The outer `None` means that there is none yet.
    pub(crate) fn take_result(&mut self) -> Option<Option<Tracked>> {
        let result = self.results.try_recv().ok()?;
        self.busy = false;
        Some(result)
    }

    /// Hands over the next frame. Drops it if the thread is busy.
    pub(crate) fn offer(&mut self, frame: LumaImage) {
        if !self.busy {
            self.busy = self.frames.try_send(frame).is_ok();
        }
    }
}
