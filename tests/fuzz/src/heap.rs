//! A heap with a limit.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write as _;
use std::process::abort;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's heap with a limit, in bytes, on what a target holds at once. Exceeding it aborts
/// the process, which libFuzzer reports with the input. Its own option for that needs another
/// sanitizer.
pub struct Heap {
    limit: usize,
    held: AtomicUsize,
}

impl Heap {
    /// Limits the heap to `limit` bytes.
    pub const fn of(limit: usize) -> Self {
        Self {
            limit,
            held: AtomicUsize::new(0),
        }
    }

    fn take(&self, bytes: usize) {
        let before = self.held.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.limit {
            // Written without a buffer on the heap.
            let _ = std::io::stderr().write_all(b"ERROR: more memory than the target may hold\n");
            abort();
        }
    }
}

// SAFETY: every call goes to the system's heap unchanged.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        self.held.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.take(size);
        self.held.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}
