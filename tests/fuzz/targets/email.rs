//! Any text as an e-mail address: what is accepted is accepted again as it is, typed and from a
//! file.
#![no_main]

use code::folding::fold;
use fuzz::{Heap, holds_no_text};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use wallet::Email;

/// Many times what a text of a few kilobytes takes.
#[global_allocator]
static HEAP: Heap = Heap::of(1 << 20);

/// Maximum length of an address in bytes.
const LIMIT: usize = 254;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let folded: String = fold(&text).collect();
    assert!(fold(&folded).eq(folded.chars()));

    match Email::parse(&text) {
        Ok(email) => {
            assert!(email.as_str().len() <= LIMIT);
            assert_eq!(Email::parse(email.as_str()).as_ref(), Ok(&email));
            assert_eq!(stored(email.as_str()).as_ref(), Some(&email));
            assert!(email.renewed() == email && email.is_same(&email));
        }
        Err(error) => holds_no_text(error),
    }
    // A header is accepted in its own spelling only, so this has to be the end of it.
    if let Some(email) = stored(&text) {
        assert!(email.as_str().len() <= LIMIT);
        assert_eq!(stored(email.as_str()).as_ref(), Some(&email));
        assert!(email.renewed().is_same(&email));
    }
});

/// The address of a file with this text.
fn stored(text: &str) -> Option<Email> {
    serde_json::from_value(Value::String(text.to_owned())).ok()
}
