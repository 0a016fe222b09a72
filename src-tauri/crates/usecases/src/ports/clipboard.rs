//! The desktop's clipboard, for text that is taken away again.

use std::sync::Arc;

use thiserror::Error;
use zeroize::Zeroizing;

/// Tells whether a text is one that this program copied.
pub type IsOurs = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// Why the clipboard did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ClipboardError {
    /// No clipboard is there, another program keeps it open, or it refused.
    #[error("the clipboard cannot be reached")]
    Unreachable,
    /// It, or the program that owns its text, did not answer in time. What was asked may still
    /// happen.
    #[error("the clipboard did not answer in time")]
    NoAnswer,
}

/// The clipboard. Its methods block, each for a few seconds at most.
pub trait Clipboard: Send + Sync {
    /// Puts `text` there, marked so that clipboard histories leave it out.
    ///
    /// # Errors
    /// See [`ClipboardError`].
    fn put(&self, text: Zeroizing<String>) -> Result<(), ClipboardError>;

    /// Clears the clipboard if it holds a text that `is_ours`; on X11 and Wayland the primary
    /// selection too, as far as it answers.
    ///
    /// # Errors
    /// See [`ClipboardError`].
    fn clear_if(&self, is_ours: IsOurs) -> Result<(), ClipboardError>;
}
