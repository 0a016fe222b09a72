//! Syncs that a disk can be made to ignore, as if the program did not call them. Each of them must
//! be found missing.

use std::path::Path;

use super::calls::Call;
use super::record::Event;

/// Syncs of one kind of file or folder.
pub(crate) struct Lie {
    /// Its name, for the command.
    pub(crate) name: &'static str,
    is_of: fn(&Path) -> bool,
}

/// All of them.
pub(crate) const LIES: &[Lie] = &[
    Lie {
        name: "wallet-file",
        is_of: |path| has_suffix(path, ".wallet.new"),
    },
    Lie {
        name: "wallet-folder",
        is_of: |path| path.ends_with("wallets"),
    },
    Lie {
        name: "folder-around-new-folders",
        is_of: |path| path.ends_with("home") || path == Path::new(""),
    },
    Lie {
        name: "keychain-file",
        is_of: |path| has_suffix(path, ".record.new"),
    },
    Lie {
        name: "keychain-folder",
        is_of: |path| path.ends_with("keychain"),
    },
    Lie {
        name: "kit-file",
        is_of: |path| has_suffix(path, ".age.new"),
    },
    Lie {
        name: "kit-readme",
        is_of: |path| has_suffix(path, ".txt.new"),
    },
    Lie {
        name: "kit-folder",
        is_of: |path| {
            path.file_name()
                .is_some_and(|it| it.to_string_lossy().starts_with("backup-kit-"))
        },
    },
    Lie {
        name: "folder-around-the-kit",
        is_of: |path| path.ends_with("stick") || path.ends_with("drawer"),
    },
];

fn has_suffix(path: &Path, suffix: &str) -> bool {
    path.to_string_lossy().ends_with(suffix)
}

impl Lie {
    /// Returns what happened without the syncs, and how many there were.
    pub(crate) fn told(&self, events: &[Event]) -> (Vec<Event>, usize) {
        let mut open = std::collections::BTreeMap::new();
        let mut left = Vec::new();
        for event in events {
            match event {
                Event::Call(Call::Open {
                    descriptor, path, ..
                }) => {
                    open.insert(*descriptor, path);
                }
                Event::Call(Call::Sync(descriptor))
                    if open.get(descriptor).is_some_and(|path| (self.is_of)(path)) =>
                {
                    continue;
                }
                _ => {}
            }
            left.push(event.clone());
        }
        let ignored = events.len() - left.len();
        (left, ignored)
    }
}
