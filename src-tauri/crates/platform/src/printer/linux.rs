//! Where CUPS is on Linux.

/// The socket on which it answers, first of all.
pub(super) const SOCKET: &str = "/run/cups/cups.sock";

/// Whether `client.conf` may name another service.
pub(super) const SERVER_IN_FILES: bool = true;
