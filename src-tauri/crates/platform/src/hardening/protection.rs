//! What a request for a protection achieved.

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
