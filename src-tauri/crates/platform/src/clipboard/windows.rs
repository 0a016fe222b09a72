//! The clipboard of Windows.

use arboard::{Clipboard, Error, SetExtWindows as _};

/// The mark for programs that watch the clipboard also keeps a text out of the system's history and
/// off the person's other devices.
pub(super) fn put(clipboard: &mut Clipboard, text: &str) -> Result<(), Error> {
    clipboard.set().exclude_from_monitoring().text(text)
}

pub(super) fn clear(clipboard: &mut Clipboard) -> Result<(), Error> {
    clipboard.clear()
}
