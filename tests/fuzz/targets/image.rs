//! Any picture file: codes or a named error, within the time and memory that this program is given. Panics of decoders are contained,
//! as in the app; whatever else ends a process is found.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Kind, Limits, Unattended, kind_of, scan};

/// Small, so that many are tried.
const LIMITS: Limits = Limits {
    pixels: 20_000,
    bytes: 1 << 16,
    pages: 1,
};

fuzz_target!(
    // The fuzzer's own ends the process before anything can contain the panic.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        if kind_of(bytes).is_some_and(|kind| kind != Kind::Pdf) {
            let _ = scan(bytes, &LIMITS, &Unattended);
        }
    }
);
