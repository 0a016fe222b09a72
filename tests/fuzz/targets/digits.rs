//! Any text as six digits: those that are accepted are the ones of the step that is named, in the
//! digits of any script and with nothing but separators between them.
#![no_main]

use std::sync::LazyLock;

use code::folding::{fold, is_separator};
use fuzz::Heap;
use libfuzzer_sys::fuzz_target;
use usecases::testing::step_of_digits;
use wallet::{Timestamp, TotpSecret};
use zeroize::Zeroizing;

/// Many times what a text of a few hundred bytes takes.
#[global_allocator]
static HEAP: Heap = Heap::of(1 << 18);

/// The secret of RFC 6238, appendix B, whose digits of the steps 0, 1 and 2 are these.
static SECRET: LazyLock<TotpSecret> =
    LazyLock::new(|| TotpSecret::from_bytes(Zeroizing::new(*b"12345678901234567890")));
const DIGITS: [&str; 3] = ["755224", "287082", "359152"];
const NOW: Timestamp = Timestamp(59);

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let plain: String = fold(&text).filter(|it| !is_separator(*it)).collect();
    let expected = DIGITS.iter().position(|digits| *digits == plain);
    let step = step_of_digits(&SECRET, &text, NOW);
    assert_eq!(step, expected.map(|step| step as u64));
});
