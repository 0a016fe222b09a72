//! A clipboard that forgets: what was copied is cleared after a time, at every lock, and when the
//! program ends, if the clipboard still holds it.
//!
//! No text is kept to compare with, only a keyed [`Mark`] of it. The clipboard is slow at times,
//! and the program that owns its text may not answer. So a lock and a tick have it cleared by a
//! thread of its own, and one that failed is tried again.

mod mark;
mod note;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::CryptoRng;
use usecases::ports::clipboard::{Clipboard, ClipboardError};
use usecases::ports::{Clock, Disk};
use zeroize::Zeroizing;

use crate::mutex::locked;
use mark::Mark;
use note::Note;

/// When clearing is tried again. Longer than the clipboard takes to fail.
const RETRY: Duration = Duration::from_secs(5);

/// The clipboard, and what is known of the texts that this program put there.
pub(crate) struct Copying {
    clipboard: Arc<dyn Clipboard>,
    clock: Arc<dyn Clock>,
    disk: Arc<dyn Disk>,
    /// The folder of the note for the next start.
    folder: PathBuf,
    /// Held over calls to the clipboard: a copy and a clearing do not meet.
    turn: Mutex<()>,
    copied: Mutex<Option<Marked>>,
}

/// Texts that may be on the clipboard: the last one, and those before it that were not cleared. A
/// clipboard manager can bring back an earlier one.
struct Marked {
    last: Arc<Mark>,
    earlier: Vec<Arc<Mark>>,
    /// When they are cleared, by the clock since boot.
    due: Duration,
}

impl Copying {
    pub(crate) fn new(
        clipboard: Arc<dyn Clipboard>,
        clock: Arc<dyn Clock>,
        disk: Arc<dyn Disk>,
        folder: PathBuf,
    ) -> Self {
        Self {
            clipboard,
            clock,
            disk,
            folder,
            turn: Mutex::default(),
            copied: Mutex::default(),
        }
    }

    /// Puts `text` on the clipboard for this time. A text that may be there although this failed is
    /// cleared at the next tick.
    pub(crate) fn put(
        &self,
        text: &str,
        time: Duration,
        random: &mut dyn CryptoRng,
    ) -> Result<(), ClipboardError> {
        let _turn = locked(&self.turn);
        // Without a note a text that survives a kill stays until another one is copied.
        let _ = Note::of(text, random).write(&*self.disk, &self.folder, text);
        let last = Arc::new(Mark::of(text, random));
        {
            let mut copied = locked(&self.copied);
            let mut earlier = Vec::new();
            if let Some(before) = copied.take() {
                earlier = before.earlier;
                earlier.push(before.last);
            }
            let due = self.clock.since_boot().saturating_add(time);
            *copied = Some(Marked { last, earlier, due });
        }
        let put = self.clipboard.put(Zeroizing::new(text.to_owned()));
        if put.is_err()
            && let Some(copied) = &mut *locked(&self.copied)
        {
            copied.due = self.clock.since_boot();
        }
        put
    }

    /// Clears the clipboard if it holds `last` or a text before it. A later copy stays.
    fn clear(&self, last: &Arc<Mark>) -> Result<(), ClipboardError> {
        let _turn = locked(&self.turn);
        let marks: Vec<Arc<Mark>> = match &*locked(&self.copied) {
            Some(copied) if Arc::ptr_eq(&copied.last, last) => {
                let all = copied.earlier.iter().chain([&copied.last]);
                all.map(Arc::clone).collect()
            }
            Some(_) | None => return Ok(()),
        };
        let is_ours = move |text: &str| marks.iter().any(|mark| mark.is_of(text));
        self.clipboard.clear_if(Arc::new(is_ours))?;
        *locked(&self.copied) = None;
        note::remove(&*self.disk, &self.folder);
        Ok(())
    }

    /// Clears what was copied so far, and waits for it.
    pub(crate) fn clear_now(&self) -> Result<(), ClipboardError> {
        let last = locked(&self.copied).as_ref().map(|it| Arc::clone(&it.last));
        last.map_or(Ok(()), |last| self.clear(&last))
    }

    /// Has what was copied so far cleared if it is due. Waits for nothing.
    fn clear_by(self: &Arc<Self>, is_due: impl FnOnce(Duration, Duration) -> bool) {
        let last = {
            let now = self.clock.since_boot();
            let mut copied = locked(&self.copied);
            let Some(copied) = copied.as_mut().filter(|it| is_due(it.due, now)) else {
                return;
            };
            copied.due = now.saturating_add(RETRY);
            Arc::clone(&copied.last)
        };
        let copying = Arc::clone(self);
        std::thread::spawn(move || {
            // One that fails is tried again when it is due again.
            let _ = copying.clear(&last);
        });
    }

    /// Has everything cleared that was copied so far. Waits for nothing.
    pub(crate) fn forget(self: &Arc<Self>) {
        self.clear_by(|_, _| true);
    }

    /// Has what is due cleared, once a second. Waits for nothing.
    pub(crate) fn tick(self: &Arc<Self>) {
        self.clear_by(|due, now| due <= now);
    }

    /// Clears what an earlier run left behind when it was killed.
    pub(crate) fn clear_left_behind(&self) {
        let _turn = locked(&self.turn);
        // A text that was copied since has taken the place of that one, and so has its note.
        if locked(&self.copied).is_some() {
            return;
        }
        let cleared = note::read(&*self.disk, &self.folder).map(|note| {
            self.clipboard
                .clear_if(Arc::new(move |text| note.fits(text)))
        });
        // Without an answer the next start tries again.
        if let Some(Ok(())) = cleared {
            note::remove(&*self.disk, &self.folder);
        }
    }
}
