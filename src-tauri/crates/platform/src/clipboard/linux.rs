//! X11 and Wayland.

use arboard::{
    ClearExtLinux as _, Clipboard, Error, GetExtLinux as _, LinuxClipboardKind, SetExtLinux as _,
};

/// Clipboard managers leave out what carries the hint of KDE's password managers.
pub(super) fn put(clipboard: &mut Clipboard, text: &str) -> Result<(), Error> {
    clipboard.set().exclude_from_history().text(text)
}

/// Puts an empty text in the place of the one that is there. GNOME's window manager keeps a copy of
/// the last text, hint or not, and offers it again once a clipboard is given up; another text makes
/// it forget that copy.
pub(super) fn clear(clipboard: &mut Clipboard) -> Result<(), Error> {
    put(clipboard, "")
}

/// The text that is selected somewhere, which a middle click pastes.
pub(super) fn primary_text(clipboard: &mut Clipboard) -> Result<String, Error> {
    clipboard
        .get()
        .clipboard(LinuxClipboardKind::Primary)
        .text()
}

/// Leaves the primary selection without an owner.
pub(super) fn clear_primary(clipboard: &mut Clipboard) -> Result<(), Error> {
    clipboard
        .clear_with()
        .clipboard(LinuxClipboardKind::Primary)
}
