//! Any text as the name of the print service: nothing but this computer is accepted.
#![no_main]

use fuzz::{Heap, cups};
use libfuzzer_sys::fuzz_target;

/// Many times what a name takes.
#[global_allocator]
static HEAP: Heap = Heap::of(1 << 18);

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    assert_ne!(cups::is_this_computer(&text), Some(false), "{text}");
});
