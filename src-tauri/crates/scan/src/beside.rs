//! The rescue beside the engine: on a thread of its own, one frame at a time, so that no frame waits for it.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::contain::contained;
use crate::luma::Luma;
use crate::rescue::{Tracked, Tracker};

/// A rescue that goes on while its owner looks at other frames. Its thread ends with it, once it has looked at the frame
/// that it has.
pub(crate) struct Beside {
    frames: SyncSender<Luma>,
    seen: Receiver<Option<Tracked>>,
    busy: bool,
}

impl Beside {
    /// `None` where the system gives no thread.
    pub(crate) fn start() -> Option<Beside> {
        let (frames, given) = sync_channel(1);
        let (show, seen) = sync_channel(1);
        let work = move || {
            let mut tracker = Tracker::new();
            for frame in given {
                let tracked = contained(|| tracker.look(&frame));
                if tracked.is_none() {
                    // What it remembers may be why it panicked.
                    tracker = Tracker::new();
                }
                if show.send(tracked.flatten()).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().spawn(work).ok()?;
        Some(Beside {
            frames,
            seen,
            busy: false,
        })
    }

    /// What came of the last frame that was given, once; outside `None` while that is not known.
    pub(crate) fn seen(&mut self) -> Option<Option<Tracked>> {
        let seen = self.seen.try_recv().ok()?;
        self.busy = false;
        Some(seen)
    }

    /// Looks at this frame next, unless one is looked at.
    pub(crate) fn give(&mut self, frame: Luma) {
        if !self.busy {
            self.busy = self.frames.try_send(frame).is_ok();
        }
    }
}
