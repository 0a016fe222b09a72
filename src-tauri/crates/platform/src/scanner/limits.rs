//! What a child may use.
//!
//! | resource | limit | enforced by |
//! |---|---|---|
//! | memory | [`MEMORY`] | the kernel (Linux, Windows), the parent (macOS) |
//! | processor time of one request | [`Budget::cpu`] | the parent, which reads the child's clock |
//! | wall clock of one request | [`Budget::wall`] | the parent |
//! | processor time of one child | [`LIFETIME_CPU`] | the kernel (Linux, macOS) |
//!
//! Processor time is the limit that a hostile file meets: it does not depend on what else the
//! machine is doing. The wall clock only ends a child that waits instead of working, so it is
//! generous: a busy machine must not turn a readable file into one that is too heavy.

use std::time::Duration;

/// Total memory of a child, in bytes.
pub const MEMORY: u64 = 512 << 20;

/// Processor time of a child over its whole life. A camera's child that reaches it is replaced.
#[cfg(unix)]
pub(super) const LIFETIME_CPU: Duration = Duration::from_secs(60);

/// Time that a child may spend on one request.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Processor time, all threads together.
    pub cpu: Duration,
    /// Elapsed time.
    pub wall: Duration,
}

impl Budget {
    /// The limits for one file: 10 s of processor time within 60 s.
    pub const FILE: Budget = Budget {
        cpu: Duration::from_secs(10),
        wall: Duration::from_secs(60),
    };

    /// The limits for one frame of a camera: 3 s of processor time within 20 s.
    pub const FRAME: Budget = Budget {
        cpu: Duration::from_secs(3),
        wall: Duration::from_secs(20),
    };
}
