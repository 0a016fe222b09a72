//! Any text as the symbol of a recovery page, and any CBOR in one, behind its checksum: a part that
//! is accepted is within its limits, and is the same in the other case.
#![no_main]

use fuzz::Heap;
use kit::pages::{Added, Collector};
use libfuzzer_sys::fuzz_target;
use minicbor::Decoder;
use ur::bytewords::{self, Style};

/// Many times what a part takes; its set can claim 256 KiB.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

/// Limits of a set: number of fragments, and length in bytes.
const FRAGMENTS: usize = 1024;
const LENGTH: usize = 1 << 18;

fuzz_target!(|bytes: &[u8]| {
    judge(&String::from_utf8_lossy(bytes));
    // The numbers before the CBOR repeat its first two, or it is refused.
    let (sequence, of) = numbers(bytes).unwrap_or((1, 1));
    let body = bytewords::encode(bytes, Style::Minimal);
    judge(&format!("ur:bytes/{sequence}-{of}/{body}"));
});

fn numbers(cbor: &[u8]) -> Option<(u32, u32)> {
    let mut cbor = Decoder::new(cbor);
    cbor.array().ok()?;
    Some((cbor.u32().ok()?, cbor.u32().ok()?))
}

fn judge(text: &str) {
    let mut collector = Collector::default();
    match collector.add(text) {
        Added::NotAPart => assert!(collector.progress().is_none()),
        Added::New => accepted(&mut collector, text),
        other => panic!("the first part is {other:?}"),
    }
}

fn accepted(collector: &mut Collector, text: &str) {
    let Some(progress) = collector.progress() else {
        panic!("a part was added");
    };
    assert_eq!((progress.parts, progress.gathered), (1, 1));
    assert!((1..=FRAGMENTS).contains(&progress.needed));
    assert!((1..=LENGTH).contains(&progress.set.length));
    for same in [text.to_ascii_uppercase(), text.to_ascii_lowercase()] {
        assert_eq!(collector.add(&same), Added::Duplicate);
    }
    match collector.finished() {
        Ok(None) => assert!(progress.needed > 1),
        Ok(Some(file)) => assert!(progress.needed == 1 && file.len() < progress.set.length),
        Err(corrupt) => assert!(progress.needed == 1 && corrupt.set == progress.set),
    }
}
