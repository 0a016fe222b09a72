//! Copying a text to the clipboard, which forgets it.

use std::time::Duration;

use usecases::ports::clipboard::ClipboardError;
use wallet::Timestamp;

use crate::application::App;

impl App {
    /// Puts `text` on the clipboard, marked so that clipboard histories leave it out, and clears it
    /// after this time. It replaces what was copied before. This is a use of an open wallet.
    /// Returns when it is cleared by the system clock; `None` if everything was locked since
    /// `epoch`, when the text was read, and it is cleared at once.
    ///
    /// # Errors
    /// See [`ClipboardError`]. A text that may be there all the same is cleared soon.
    pub fn copy(
        &self,
        text: &str,
        epoch: u64,
        time: Duration,
    ) -> Result<Option<Timestamp>, ClipboardError> {
        self.touch();
        self.copying.put(text, time, &mut *(self.ports.random)())?;
        if self.epoch() != epoch {
            self.copying.forget();
            return Ok(None);
        }
        let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let now = self.ports.clock.now();
        Ok(Some(Timestamp(now.0.saturating_add(seconds))))
    }

    /// Clears the clipboard if it still holds what was copied, and waits for it.
    ///
    /// # Errors
    /// See [`ClipboardError`]; clearing is then tried again when its time is over.
    pub fn clear_clipboard(&self) -> Result<(), ClipboardError> {
        self.copying.clear_now()
    }

    /// Clears the clipboard if it holds what an earlier run copied before it was killed. May wait
    /// for the disk and the clipboard.
    pub fn clear_left_behind(&self) {
        self.copying.clear_left_behind();
    }
}
