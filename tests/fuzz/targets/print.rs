//! Any bytes as an answer of the print service: printers and jobs are read within their limits, and
//! no answer is nested deeply.
#![no_main]

use fuzz::{Heap, cups};
use libfuzzer_sys::fuzz_target;
use usecases::ports::printer::PrintError;

/// Many times what an answer takes.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

/// Maximum depth of values in values: `media-col` has a size in it.
const DEPTH: usize = 8;

fuzz_target!(|bytes: &[u8]| {
    assert!(cups::depth(bytes) <= DEPTH);
    match cups::printers(bytes, "Office") {
        Ok(printers) => {
            for printer in &printers {
                assert!(!printer.id.0.is_empty() && !printer.name.is_empty());
                assert!(printer.papers.len() <= 2);
            }
        }
        Err(error) => refused(&error),
    }
    if let Err(error) = cups::look_at_a_job(bytes) {
        refused(&error);
    }
});

/// A refusal before anything was sent.
fn refused(error: &PrintError) {
    match error {
        PrintError::Failed
        | PrintError::FormatRefused
        | PrintError::NoPrinter
        | PrintError::NoRoom
        | PrintError::NoService
        | PrintError::NotAccepting
        | PrintError::NotAllowed
        | PrintError::UnknownPrinter => {}
        error => panic!("{error}"),
    }
}
