//! The general pasteboard of macOS.

use arboard::{Clipboard, Error, SetExtApple as _};

/// Clipboard managers leave out what is marked as concealed (nspasteboard.org).
pub(super) fn put(clipboard: &mut Clipboard, text: &str) -> Result<(), Error> {
    clipboard.set().exclude_from_history().text(text)
}

pub(super) fn clear(clipboard: &mut Clipboard) -> Result<(), Error> {
    clipboard.clear()
}
