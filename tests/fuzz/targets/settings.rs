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
    if found.damaged {
        assert_eq!(found.settings, Settings::default());
        assert!(there.is_none() && aside.as_deref() == Some(bytes));
        return;
    }
    assert!(there.as_deref() == Some(bytes) && aside.is_none());
    assert!(found.settings.save(&disk, Path::new(FOLDER)).is_ok());
    let again = Settings::load(&disk, Path::new(FOLDER));
    assert!(!again.damaged && again.settings == found.settings);
});
