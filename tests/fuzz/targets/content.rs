//! Any text as the content of a field: judging it takes bounded memory, what is said of it holds,
//! and what is written differently is the same when it is read again.
#![no_main]

use content::codes::{State, lines, sorted, tick};
use content::key;
use content::one_time::OneTime;
use content::phrase::{Verdict, about, complete, near, plain, seed_qr, whole, words};
use fuzz::Heap;
use libfuzzer_sys::fuzz_target;

/// Many times what a text of a few hundred bytes takes.
#[global_allocator]
static HEAP: Heap = Heap::of(4 << 20);

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    phrase(&text);
    codes(&text);
    let _ = key::about(&text);
    if let Ok(key) = OneTime::read(&text) {
        let shown = key.at(59);
        assert_eq!(shown.digits.len(), usize::from(key.digits()));
        assert!(shown.digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(shown.until > 59 && shown.until <= 59 + key.period());
    }
});

fn phrase(text: &str) {
    let told = about(text);
    assert_eq!(told.count, words(text).len());
    let plain = plain(text);
    match told.verdict {
        Verdict::Bip39 | Verdict::Slip39 => {
            assert_eq!(about(&plain), told);
            assert!(near(text).is_empty());
        }
        Verdict::Empty
        | Verdict::WrongChecksum
        | Verdict::WrongSlip39
        | Verdict::Unfinished
        | Verdict::TooMany
        | Verdict::Unknown => assert_eq!(*plain, text),
    }
    if let Some(whole) = whole(text) {
        assert_eq!(about(&whole), told);
    }
    for near in near(text) {
        assert!((1..=told.count).contains(&near.place));
    }
    if let Some(digits) = seed_qr(text) {
        let read = |text: &str| -> Vec<String> {
            words(text)
                .iter()
                .map(|word| word.text.to_string())
                .collect()
        };
        assert_eq!(read(&digits), read(text));
    }
    complete(text, text);
}

fn codes(text: &str) {
    let before: Vec<_> = lines(text).collect();
    if let Some(ticked) = tick(text, 0, true) {
        let after: Vec<_> = lines(&ticked).collect();
        assert_eq!(after.len(), before.len());
        assert_eq!(after[0].state, State::Used);
        assert!(after[1..] == before[1..]);
    }
    if let Some(once) = sorted(text) {
        assert!(sorted(&once).is_none());
    }
}
