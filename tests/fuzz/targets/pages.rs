//! Symbols of recovery pages in any order, among them altered ones and those of other sets: what is
//! finished matches its checksum, is the file if no symbol of it was altered, and needs no more of
//! them than a standard decoder.
#![no_main]

use std::sync::LazyLock;

use flate2::Crc;
use fuzz::Heap;
use kit::pages::{Added, Collector};
use libfuzzer_sys::fuzz_target;
use minicbor::Encoder;
use ur::bytewords::{self, Style};

/// Eight sets of 256 KiB, which are the most that are held, and what the target holds itself.
#[global_allocator]
static HEAP: Heap = Heap::of(8 << 20);

/// Sizes of the files in bytes, and of a fragment.
const SIZES: [usize; 6] = [1, 60, 61, 200, 700, 701];
const FRAGMENT: usize = 30;
/// Number of parts of each set.
const PARTS: usize = 64;
/// Maximum number of symbols in a run.
const SYMBOLS: usize = 96;

struct Printed {
    file: Vec<u8>,
    parts: Vec<String>,
}

static SETS: LazyLock<[Printed; SIZES.len()]> = LazyLock::new(|| SIZES.map(printed));

fn printed(size: usize) -> Printed {
    let file: Vec<u8> = (0..size).map(|at| (at * 7 + size) as u8).collect();
    let mut parts = ur::Encoder::bytes(&message(&file), FRAGMENT).unwrap_or_else(|_| panic!());
    let parts = (0..PARTS).map(|_| parts.next_part().unwrap_or_else(|_| panic!()));
    Printed {
        parts: parts.collect(),
        file,
    }
}

/// The CBOR byte string of a file.
fn message(file: &[u8]) -> Vec<u8> {
    let mut cbor = Encoder::new(Vec::new());
    let _ = cbor.bytes(file);
    cbor.into_writer()
}

fuzz_target!(|bytes: &[u8]| {
    let mut collector = Collector::default();
    let mut altered = false;
    let mut standard = SIZES.map(|_| ur::Decoder::default());
    for symbol in bytes.chunks_exact(4).take(SYMBOLS) {
        let set = usize::from(symbol[0]) % SIZES.len();
        let part = &SETS[set].parts[usize::from(symbol[1]) % PARTS];
        match symbol[2] {
            0..200 => {
                assert_ne!(collector.add(part), Added::NotAPart);
                let _ = standard[set].receive(part);
            }
            200..240 => {
                altered = true;
                let _ = collector.add(&alter(part, symbol[2], symbol[3]));
            }
            240..250 => {
                assert_ne!(collector.add(&part.to_ascii_uppercase()), Added::NotAPart);
                let _ = standard[set].receive(part);
            }
            _ => {
                collector.start_again();
                altered = false;
                standard = SIZES.map(|_| ur::Decoder::default());
            }
        }
        judge(&collector, altered, &standard);
    }
});

/// Changes a byte of the CBOR, behind its checksum.
fn alter(part: &str, at: u8, by: u8) -> String {
    let Some((numbers, body)) = part.rsplit_once('/') else {
        panic!("a part has a body");
    };
    let mut cbor = bytewords::decode(body, Style::Minimal).unwrap_or_else(|_| panic!());
    let at = usize::from(at) * 7 % cbor.len();
    cbor[at] ^= by;
    format!("{numbers}/{}", bytewords::encode(&cbor, Style::Minimal))
}

fn judge(collector: &Collector, altered: bool, standard: &[ur::Decoder; SIZES.len()]) {
    assert!(collector.sets().count() <= 8);
    let Some(progress) = collector.progress() else {
        return;
    };
    assert!(progress.gathered <= progress.needed && progress.parts >= 1);
    let own = SETS.iter().position(|it| {
        let message = message(&it.file);
        (crc(&message), message.len()) == (progress.set.checksum, progress.set.length)
    });
    match collector.finished() {
        Ok(Some(file)) => {
            let message = message(&file);
            // A length can be written in more bytes than it needs, in an altered part alone.
            assert!(altered || message.len() == progress.set.length);
            assert_eq!(progress.gathered, progress.needed);
            assert!(altered || own.is_some_and(|own| SETS[own].file == file));
        }
        Ok(None) => {
            let is_complete = own.is_some_and(|own| standard[own].complete());
            assert!(altered || (!is_complete && progress.gathered < progress.needed));
        }
        Err(_) => assert!(altered),
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
