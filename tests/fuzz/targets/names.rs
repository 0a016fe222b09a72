//! Any name of a file in the wallets' folder: one that is taken for a wallet's is spelled as the
//! app spells it.
#![no_main]

use std::path::Path;

use fuzz::Heap;
use libfuzzer_sys::fuzz_target;
use wallet::names::{Name, name};
use wallet::store::GENERATIONS;

/// Many times what a name takes.
#[global_allocator]
static HEAP: Heap = Heap::of(1 << 18);

const EXTENSION: &str = "wallet";

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let path = Path::new(&*text);
    let Some(found) = name(path) else {
        return;
    };
    let Some(spelled) = path.file_name().map(|name| name.to_string_lossy()) else {
        panic!("a path without a name is no wallet's");
    };
    match found {
        Name::Wallet(id) => assert_eq!(spelled, format!("{id}.{EXTENSION}")),
        Name::Generation(id) => {
            let mut generations = (1..=GENERATIONS).map(|it| format!("{id}.{EXTENSION}.{it}"));
            assert!(generations.any(|it| it == spelled), "{spelled}");
        }
        Name::Refused(id) => assert!(spelled.starts_with(&format!("{id}.{EXTENSION}.refused"))),
        Name::Copy => {
            let extension = spelled.rsplit('.').next();
            assert!(extension.is_some_and(|it| it.eq_ignore_ascii_case(EXTENSION)));
            assert!(!spelled.starts_with("._"));
        }
    }
});
