//! Where the system's CUPS listens.

/// The socket that is tried first.
#[cfg(not(target_os = "macos"))]
pub(super) const SOCKET: &str = "/run/cups/cups.sock";

/// The socket that is tried first.
#[cfg(target_os = "macos")]
pub(super) const SOCKET: &str = "/private/var/run/cupsd";

/// Whether `ServerName` in `client.conf` counts. The programs of macOS ignore it.
pub(super) const SERVER_IN_FILES: bool = !cfg!(target_os = "macos");
