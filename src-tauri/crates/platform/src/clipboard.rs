//! The desktop's clipboard, through `arboard`.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use usecases::ports::clipboard::{Clipboard, ClipboardError, IsOurs};
use zeroize::Zeroizing;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

use crate::lane::{Busy, Lane, Overdue};

/// How long one call may take.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// The clipboard of this desktop. Reading it waits for the program that owns the text, which may
/// never answer, so each call runs on a thread of its own and is waited for no longer than the
/// clipboard's patience.
pub struct SystemClipboard {
    patience: Duration,
    lane: Lane,
    kept: Arc<Kept>,
}

#[derive(Default)]
struct Kept {
    /// On X11 the text is there as long as one handle is: a thread of it hands the text to every
    /// program that pastes.
    handle: OnceLock<arboard::Clipboard>,
    /// How often a text was put there.
    puts: AtomicU64,
}

impl Kept {
    /// Another handle on the same clipboard, for one call.
    fn handle(&self) -> Result<arboard::Clipboard, arboard::Error> {
        if self.handle.get().is_none() {
            // A call that was abandoned may have kept one in the meantime.
            let _ = self.handle.set(arboard::Clipboard::new()?);
        }
        arboard::Clipboard::new()
    }

    /// Clears with `clear` if the text that `read` returns `is_ours`.
    fn clear_if(
        &self,
        is_ours: &IsOurs,
        read: impl FnOnce(&mut arboard::Clipboard) -> Result<String, arboard::Error>,
        clear: impl FnOnce(&mut arboard::Clipboard) -> Result<(), arboard::Error>,
    ) -> Result<(), arboard::Error> {
        let mut clipboard = self.handle()?;
        let puts = self.puts.load(Ordering::SeqCst);
        let text = match read(&mut clipboard) {
            Ok(text) => Zeroizing::new(text),
            // Nothing, a picture, or no UTF-8: not ours.
            Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => {
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        // An owner that answered late has lost the clipboard to a text that was put there since.
        let current = self.puts.load(Ordering::SeqCst) == puts;
        match current && is_ours(&text) {
            true => clear(&mut clipboard),
            false => Ok(()),
        }
    }
}

impl Default for SystemClipboard {
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}

impl SystemClipboard {
    /// The clipboard of the desktop that this program runs on. `patience` bounds each call; see
    /// [`PATIENCE`].
    pub fn new(patience: Duration) -> Self {
        Self {
            patience,
            lane: Lane::new("clipboard"),
            kept: Arc::default(),
        }
    }

    fn call(
        &self,
        work: impl FnOnce(&Kept) -> Result<(), arboard::Error> + Send + 'static,
    ) -> Result<(), ClipboardError> {
        let kept = Arc::clone(&self.kept);
        let done = self
            .lane
            .run(Busy::Wait, self.patience, move || work(&kept));
        match done {
            Ok(done) => done.map_err(|_| ClipboardError::Unreachable),
            Err(Overdue::TimedOut) => Err(ClipboardError::NoAnswer),
            Err(Overdue::Died) => Err(ClipboardError::Unreachable),
        }
    }
}

impl Clipboard for SystemClipboard {
    fn put(&self, text: Zeroizing<String>) -> Result<(), ClipboardError> {
        // A program that does not hand over its text keeps nobody from copying another one.
        self.lane.abandon();
        self.kept.puts.fetch_add(1, Ordering::SeqCst);
        self.call(move |kept| system::put(&mut kept.handle()?, &text))
    }

    fn clear_if(&self, is_ours: IsOurs) -> Result<(), ClipboardError> {
        let clipboards = Arc::clone(&is_ours);
        self.call(move |kept| {
            kept.clear_if(&clipboards, arboard::Clipboard::get_text, system::clear)
        })?;
        #[cfg(target_os = "linux")]
        {
            // Not every compositor has one, and its owner may be a program that hangs.
            let _ = self.call(move |kept| {
                kept.clear_if(&is_ours, linux::primary_text, linux::clear_primary)
            });
        }
        Ok(())
    }
}
