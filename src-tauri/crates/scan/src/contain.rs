//! A wall around decoders that may panic on hostile input.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `decode`; a panic inside becomes `None`.
///
/// Needed: `rqrr` 0.11 panics on one of ZXing's test photographs. Everything that parses foreign
/// bytes goes through here, since a wallet must not fall over a picture.
///
/// `AssertUnwindSafe` holds because callers share nothing mutable with `decode` but what they drop
/// or overwrite when it is `None`. Not contained: stack overflow and running out of memory.
pub(crate) fn contained<T>(decode: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(decode)).ok()
}
