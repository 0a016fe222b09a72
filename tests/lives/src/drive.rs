//! A drive with a volatile cache: what was not synced is lost at a power loss, in any subset.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::faults::DiskError;

/// Bytes that a medium writes as a whole.
const SECTOR: usize = 512;

/// A file's bytes.
pub type Bytes = Arc<[u8]>;
type Name = Arc<Path>;
type Names = BTreeMap<Name, Bytes>;

/// One change of names that a sync of its folder makes durable.
#[derive(Clone)]
struct Change {
    folder: Name,
    /// The name of a new folder, with which everything in it goes.
    makes: Option<Name>,
    names: Vec<(Name, Option<Bytes>)>,
}

/// Files by their paths, and what of them is durable.
#[derive(Clone, Default)]
pub struct Drive {
    names: Names,
    durable: Names,
    changes: Vec<Change>,
    folders: BTreeSet<Name>,
    /// How the drive fails at present, whatever is done.
    pub fails: Option<DiskError>,
}

impl Drive {
    /// An empty drive with this folder.
    pub fn with_folder(folder: &Path) -> Self {
        Self {
            folders: BTreeSet::from([folder.into()]),
            ..Self::default()
        }
    }

    /// A file's bytes.
    pub fn bytes(&self, path: &Path) -> Option<&Bytes> {
        self.names.get(path)
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = (&Path, &Bytes)> {
        self.names.iter().map(|(name, bytes)| (&**name, bytes))
    }

    /// Whether there is such a folder.
    pub fn has_folder(&self, folder: &Path) -> bool {
        self.folders.contains(folder)
    }

    /// The files and folders in a folder.
    pub fn list<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        let names = self.names.keys().chain(&self.folders);
        names
            .map(|name| &**name)
            .filter(move |name| name.parent() == Some(folder))
    }

    /// Puts or removes a file, durably.
    pub fn put(&mut self, path: &Path, bytes: Option<Bytes>) {
        for names in [&mut self.names, &mut self.durable] {
            match &bytes {
                Some(bytes) => names.insert(path.into(), Arc::clone(bytes)),
                None => names.remove(path),
            };
        }
        for change in &mut self.changes {
            change.names.retain(|(name, _)| &**name != path);
        }
    }

    /// Changes names at once, durably only after their folder was synced.
    pub fn change(&mut self, folder: &Path, names: Vec<(&Path, Option<Bytes>)>) {
        let names: Vec<_> = names
            .into_iter()
            .map(|(name, bytes)| (Name::from(name), bytes))
            .collect();
        for (name, bytes) in &names {
            apply(&mut self.names, name, bytes.as_ref());
        }
        self.changes.push(Change {
            folder: folder.into(),
            makes: None,
            names,
        });
    }

    /// Creates a folder, durably only after the one around it was synced.
    pub fn make_folder(&mut self, folder: &Path) {
        self.folders.insert(folder.into());
        self.changes.push(Change {
            folder: folder.parent().unwrap_or(folder).into(),
            makes: Some(folder.into()),
            names: Vec::new(),
        });
    }

    /// Removes an empty folder.
    pub fn remove_folder(&mut self, folder: &Path) {
        self.folders.remove(folder);
        self.changes
            .retain(|change| change.makes.as_deref() != Some(folder));
    }

    /// Makes the changes in a folder durable.
    pub fn sync(&mut self, folder: &Path) {
        let durable = &mut self.durable;
        self.changes.retain(|change| {
            if &*change.folder != folder {
                return true;
            }
            for (name, bytes) in &change.names {
                apply(durable, name, bytes.as_ref());
            }
            false
        });
    }

    /// Makes everything durable, as when the computer is shut down.
    pub fn sync_all(&mut self) {
        self.changes.clear();
        self.durable = self.names.clone();
    }

    /// Loses any subset of what was not synced. A folder that goes takes everything in it along.
    pub fn lose_power(&mut self, rng: &mut StdRng) {
        for change in std::mem::take(&mut self.changes) {
            let is_kept = rng.random_bool(0.5);
            match (is_kept, change.makes) {
                (true, _) => {
                    for (name, bytes) in &change.names {
                        apply(&mut self.durable, name, bytes.as_ref());
                    }
                }
                (false, Some(folder)) => {
                    self.durable.retain(|name, _| !name.starts_with(&folder));
                    self.folders.retain(|name| !name.starts_with(&folder));
                }
                (false, None) => {}
            }
        }
        let folders = &self.folders;
        let is_there = |name: &Name| name.parent().is_some_and(|it| folders.contains(it));
        self.durable.retain(|name, _| is_there(name));
        self.names = self.durable.clone();
    }

    /// Replaces unsynced bytes by what sectors of them the medium took. For a drive that does not
    /// sync files.
    pub fn tear(&mut self, path: &Path, seed: u64) {
        let torn = self.durable.get(path).map(|bytes| torn(bytes, seed));
        if let Some(torn) = torn {
            self.put(path, Some(torn));
        }
    }
}

/// What the medium took of bytes: some sectors, and never all.
pub fn torn(bytes: &[u8], seed: u64) -> Bytes {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut torn = bytes.to_vec();
    let sectors = torn.len().div_ceil(SECTOR);
    if rng.random_bool(0.5) {
        torn.truncate(rng.random_range(0..sectors.max(1)) * SECTOR);
    }
    for sector in torn.chunks_mut(SECTOR) {
        if rng.random_bool(0.5) {
            sector.fill(0);
        }
    }
    if torn == bytes {
        torn.truncate(torn.len() / 2);
    }
    torn.into()
}

fn apply(names: &mut Names, name: &Name, bytes: Option<&Bytes>) {
    match bytes {
        Some(bytes) => names.insert(Arc::clone(name), Arc::clone(bytes)),
        None => names.remove(name),
    };
}
