//! Why a child exited.

/// Cause of an exit that the parent did not ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExitCause {
    /// It reached a limit: memory, stack or processor time.
    Limit,
    /// A fault in the program: an invalid address or instruction, or a forbidden system call.
    Fault,
    /// It was killed, or it gave up.
    Other,
}
