//! Any bytes as the zipped contents of recovery pages, and any compressed stream behind a right
//! checksum: the result is what another decoder gives, and never longer than its limit.
#![no_main]

use std::cell::RefCell;

use flate2::{Crc, Decompress, FlushDecompress, Status};
use fuzz::Heap;
use kit::testing::{MAX_UNZIPPED, unzip};
use libfuzzer_sys::fuzz_target;

/// The longest result twice, one of them the target's own, and what a decoder takes.
#[global_allocator]
static HEAP: Heap = Heap::of(2 * MAX_UNZIPPED + (1 << 19));

/// Magic, deflate, no flags, no time, best compression, unknown system (RFC 1952 §2.3.1).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];

thread_local! {
    static PLAIN: RefCell<Vec<u8>> = RefCell::new(Vec::with_capacity(MAX_UNZIPPED + 1));
}

fuzz_target!(|bytes: &[u8]| {
    assert!(unzip(bytes).is_none_or(|plain| plain.len() <= MAX_UNZIPPED));
    PLAIN.with_borrow_mut(|plain| {
        plain.clear();
        let mut inflate = Decompress::new(false);
        let ended = inflate.decompress_vec(bytes, plain, FlushDecompress::Finish);
        let whole = matches!(ended, Ok(Status::StreamEnd))
            && inflate.total_in() == bytes.len() as u64
            && plain.len() <= MAX_UNZIPPED;
        let mut crc = Crc::new();
        crc.update(plain);
        let length = (plain.len() as u32).to_le_bytes();
        let zipped = [&HEADER, bytes, &crc.sum().to_le_bytes(), &length].concat();
        match unzip(&zipped) {
            Some(unzipped) => assert!(whole && *unzipped == *plain),
            None => assert!(!whole),
        }
    });
});
