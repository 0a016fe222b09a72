//! Any picture file yields codes or an error within the limits on time and memory. Panics of
//! decoders are contained, as in the app; anything else that ends the process is reported.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Kind, Limits, Unattended, kind_of, scan};

/// Small, for many trials.
const LIMITS: Limits = Limits {
    pixels: 20_000,
    bytes: 1 << 16,
    pages: 1,
};

fuzz_target!(
    // The fuzzer's own hook ends the process before the panic can be contained.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        if kind_of(bytes).is_some_and(|kind| kind != Kind::Pdf) {
            let _ = scan(bytes, &LIMITS, &Unattended);
        }
    }
);
