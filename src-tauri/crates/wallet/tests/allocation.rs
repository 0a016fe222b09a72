//! A hostile header cannot make the reader take memory: every limit is checked first.

#![allow(clippy::unwrap_used, reason = "a test may fail")]
#![allow(unsafe_code, reason = "only a global allocator sees every allocation")]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{password, sample};
use wallet::{KdfMemory, Sealed};

/// The largest allocation since it was last set to 0.
static LARGEST: AtomicUsize = AtomicUsize::new(0);

struct Watched;

// SAFETY: it hands every call on to the system's allocator, unchanged.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is the same.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watched = Watched;

#[test]
fn no_length_or_price_in_a_file_is_paid_before_it_is_checked() {
    let file = sample().file;
    let length = u32::from_be_bytes(file[10..14].try_into().unwrap()) as usize;
    let header = String::from_utf8(file[14..14 + length].to_vec()).unwrap();
    let greedy = header.replace("\"memory_kib\":65536", "\"memory_kib\":4294967295");
    assert_ne!(header, greedy);
    let mut hostile = vec![[&file[..10], &[255; 4], &file[14..]].concat()];
    hostile.push([&file[..10], &65536u32.to_be_bytes(), &file[14..]].concat());
    let greedy_length = u32::try_from(greedy.len()).unwrap().to_be_bytes();
    hostile.push(
        [
            &file[..10],
            &greedy_length,
            greedy.as_bytes(),
            &file[14 + length..],
        ]
        .concat(),
    );
    for file in hostile {
        LARGEST.store(0, Ordering::Relaxed);
        let parsed = Sealed::parse(file);
        let largest = LARGEST.load(Ordering::Relaxed);
        assert!(parsed.is_err());
        assert!(largest <= 4096, "{largest} bytes at once");
    }

    LARGEST.store(0, Ordering::Relaxed);
    let opened = Sealed::parse(file)
        .unwrap()
        .open_with_password(&password(), &mut KdfMemory::new());
    assert!(opened.is_ok());
    let largest = LARGEST.load(Ordering::Relaxed);
    assert_eq!(
        largest,
        64 << 20,
        "what Argon2id fills is the largest of all"
    );
}
