//! Errors of the clipboard.

use usecases::ports::clipboard::ClipboardError;

use super::CommandError;

impl From<ClipboardError> for CommandError {
    fn from(error: ClipboardError) -> Self {
        match error {
            ClipboardError::Unreachable | ClipboardError::NoAnswer => Self::Clipboard,
        }
    }
}
