//! Containment of decoders that may panic on hostile input.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `decode` and returns `None` if it panics.
///
/// All parsing of foreign bytes runs in here, because a wallet must not crash on a picture: `rqrr`
/// 0.11 panics on one of ZXing's test photographs.
///
/// `AssertUnwindSafe` holds because the only mutable state that callers share with `decode` is
/// dropped or overwritten after `None`. Stack overflow and running out of memory are not contained.
pub fn contained<T>(decode: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(decode)).ok()
}
