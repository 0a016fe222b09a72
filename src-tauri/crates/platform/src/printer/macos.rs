//! Where CUPS is on macOS.

/// The socket on which it answers, first of all.
pub(super) const SOCKET: &str = "/private/var/run/cupsd";

/// Whether `client.conf` may name another service: on macOS its programs ignore that line.
pub(super) const SERVER_IN_FILES: bool = false;
