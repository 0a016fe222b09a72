//! Any bytes as the settings file: it is read, or kept aside and told, and what was read is the
//! same once it is saved.
#![no_main]

use std::path::Path;

use fuzz::Heap;
use fuzz::settings::Settings;
use libfuzzer_sys::fuzz_target;
use wallet::testing::MemoryDisk;

/// Many times what a settings file takes.
#[global_allocator]
static HEAP: Heap = Heap::of(1 << 20);

const FOLDER: &str = "/settings";
const FILE: &str = "/settings/settings.json";
const ASIDE: &str = "/settings/settings.json.damaged";

fuzz_target!(|bytes: &[u8]| {
    let disk = MemoryDisk::new();
    disk.put(Path::new(FILE), bytes);
    let found = Settings::load(&disk, Path::new(FOLDER));
    let (there, aside) = (disk.bytes(Path::new(FILE)), disk.bytes(Path::new(ASIDE)));
    let Some(there) = there else {
        let expected = Settings {
            choice_lost: true,
            ..Settings::default()
        };
        assert_eq!(found, expected);
        assert!(aside.as_deref() == Some(bytes));
        return;
    };
    assert!(there == bytes && aside.is_none());
    assert!(found == found.clone().in_range());
    assert!(found.save(&disk, Path::new(FOLDER)).is_ok());
    assert!(Settings::load(&disk, Path::new(FOLDER)) == found);
});
