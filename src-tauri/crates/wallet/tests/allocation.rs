//! A hostile header cannot cause large allocations: every limit is checked first.

#![allow(clippy::unwrap_used, reason = "tests may panic")]
#![allow(unsafe_code, reason = "only a global allocator sees every allocation")]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{password, sample};
use wallet::{KdfMemory, KdfParams, Sealed};

/// Size of the largest allocation since it was last set to 0.
static LARGEST: AtomicUsize = AtomicUsize::new(0);

struct RecordingAllocator;

// SAFETY: every call is passed on unchanged to the system allocator.
unsafe impl GlobalAlloc for RecordingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller upholds the same contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller upholds the same contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: RecordingAllocator = RecordingAllocator;

#[test]
fn lengths_and_costs_in_a_file_are_checked_before_any_allocation() {
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
        KdfParams::FLOOR.memory_kib as usize * 1024,
        "the memory of Argon2id is the largest allocation"
    );
}
