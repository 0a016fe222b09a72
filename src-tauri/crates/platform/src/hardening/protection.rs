//! What a request for a protection achieved.

use std::io;

/// Result of a request to the operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// In force until the process ends.
    InForce,
    /// In force in part; the function's documentation says what remains possible.
    InPart,
    /// The system refused it.
    Refused,
    /// The system does not offer it to a program like this one.
    NotOffered,
}

impl Protection {
    /// Turns a protection that the system refused into an error.
    pub(crate) fn unless_refused(self) -> io::Result<()> {
        match self {
            Self::InForce | Self::InPart | Self::NotOffered => Ok(()),
            Self::Refused => Err(io::ErrorKind::PermissionDenied.into()),
        }
    }
}
