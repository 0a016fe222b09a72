//! A drive with a volatile cache: what was not synced is lost at a power loss, in any subset.

use std::borrow::Borrow;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::{Bound, Deref};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::faults::DiskError;

/// Bytes that a medium writes as a whole.
const SECTOR: usize = 512;

/// A file's bytes, shared.
#[derive(Clone)]
pub struct Bytes(Arc<Content>);

struct Content {
    bytes: Box<[u8]>,
    fingerprint: OnceLock<u64>,
}

impl Bytes {
    /// A fingerprint of the bytes.
    pub fn fingerprint(&self) -> u64 {
        let content = &*self.0;
        *content.fingerprint.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            content.bytes.hash(&mut hasher);
            hasher.finish()
        })
    }
}

impl<T: Into<Box<[u8]>>> From<T> for Bytes {
    fn from(bytes: T) -> Self {
        Self(Arc::new(Content {
            bytes: bytes.into(),
            fingerprint: OnceLock::new(),
        }))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl Hash for Bytes {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint().hash(state);
    }
}

type Names = BTreeMap<Name, Bytes>;

/// A path. Bytes compare faster than components do, and every path here is written in one way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name(Arc<str>);

impl Name {
    fn path(&self) -> &Path {
        Path::new(&*self.0)
    }

    /// The name in this folder; `None` if it is in another.
    fn within(&self, folder: &Path) -> Option<&str> {
        let folder = bytes(folder);
        let name = below(self.0.as_bytes(), folder)?.get(1..)?;
        let start = folder.len() + 1;
        (!name.contains(&b'/')).then(|| &self.0[start..])
    }
}

impl From<&Path> for Name {
    fn from(path: &Path) -> Self {
        Self(path.to_string_lossy().into())
    }
}

impl Borrow<[u8]> for Name {
    fn borrow(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// What follows the path of a folder in a path: nothing for the folder itself, and else a slash and
/// the rest.
fn below<'a>(path: &'a [u8], folder: &[u8]) -> Option<&'a [u8]> {
    let rest = path.strip_prefix(folder)?;
    (rest.is_empty() || rest.starts_with(b"/")).then_some(rest)
}

/// Whether a path is that of a folder or of something in it.
pub fn is_in(path: &Path, folder: &Path) -> bool {
    below(bytes(path), bytes(folder)).is_some()
}

/// The folder that a path is in.
pub fn parent(path: &Path) -> &Path {
    let text = path.to_str().and_then(|text| text.rsplit_once('/'));
    match text {
        Some((folder, _)) if !folder.is_empty() => Path::new(folder),
        Some(_) | None => path.parent().unwrap_or(path),
    }
}

/// What becomes of a folder.
#[derive(Clone)]
enum OfFolder {
    Made(Name),
    Removed(Name),
}

/// One change of names that a sync of its folder makes durable.
#[derive(Clone)]
struct Change {
    folder: Name,
    of_folder: Option<OfFolder>,
    names: Vec<(Name, Option<Bytes>)>,
}

/// Files by their paths, and what of them is durable. A clone shares its bytes and names.
#[derive(Clone, Default)]
pub struct Drive {
    names: Arc<Names>,
    durable: Arc<Names>,
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
        self.names.get(bytes(path))
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Bytes)> {
        self.names.iter().map(|(name, bytes)| (name.path(), bytes))
    }

    /// The files in a folder, by their names in it.
    pub fn files_in<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = (&'a str, &'a Bytes)> {
        let from = (Bound::Excluded(bytes(folder)), Bound::Unbounded);
        let files = self.names.range::<[u8], _>(from);
        files
            .take_while(|(name, _)| name.0.as_bytes().starts_with(bytes(folder)))
            .filter_map(|(name, bytes)| Some((name.within(folder)?, bytes)))
    }

    /// Whether there is such a folder.
    pub fn has_folder(&self, folder: &Path) -> bool {
        self.folders.contains(bytes(folder))
    }

    /// The files and folders in a folder.
    pub fn list<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
        let names = self.names.keys().chain(&self.folders);
        names
            .filter(|name| name.within(folder).is_some())
            .map(Name::path)
    }

    /// Puts or removes a file, durably.
    pub fn put(&mut self, path: &Path, bytes: Option<Bytes>) {
        let name = Name::from(path);
        for names in [&mut self.names, &mut self.durable] {
            apply(Arc::make_mut(names), &name, bytes.as_ref());
        }
        for change in &mut self.changes {
            change.names.retain(|(known, _)| *known != name);
        }
    }

    /// Moves a folder with everything in it, durably. Returns whether it was there, and its new
    /// place free.
    pub fn move_folder(&mut self, from: &Path, to: &Path) -> bool {
        if !self.has_folder(from) || self.has_folder(to) {
            return false;
        }
        self.sync_all();
        let moved = |name: &Path| Some(to.join(name.strip_prefix(from).ok()?));
        let inside = self.files();
        let inside: Vec<_> = inside
            .filter_map(|(name, bytes)| Some((name.to_owned(), moved(name)?, bytes.clone())))
            .collect();
        for (old, new, bytes) in inside {
            self.put(&old, None);
            self.put(&new, Some(bytes));
        }
        self.folders.remove(bytes(from));
        self.folders.extend(to.parent().map(Name::from));
        self.folders.insert(to.into());
        true
    }

    /// Changes names at once, durably only after their folder was synced.
    pub fn change(&mut self, folder: &Path, names: Vec<(&Path, Option<Bytes>)>) {
        let names: Vec<_> = names
            .into_iter()
            .map(|(name, bytes)| (Name::from(name), bytes))
            .collect();
        let now = Arc::make_mut(&mut self.names);
        for (name, bytes) in &names {
            apply(now, name, bytes.as_ref());
        }
        self.changes.push(Change {
            folder: folder.into(),
            of_folder: None,
            names,
        });
    }

    /// Creates a folder, durably only after the one around it was synced.
    pub fn make_folder(&mut self, folder: &Path) {
        self.folders.insert(folder.into());
        self.change_folder(folder, OfFolder::Made);
    }

    /// Removes an empty folder, durably only after the one around it was synced.
    pub fn remove_folder(&mut self, folder: &Path) {
        self.folders.remove(bytes(folder));
        self.change_folder(folder, OfFolder::Removed);
    }

    fn change_folder(&mut self, folder: &Path, becomes: fn(Name) -> OfFolder) {
        self.changes.push(Change {
            folder: folder.parent().unwrap_or(folder).into(),
            of_folder: Some(becomes(folder.into())),
            names: Vec::new(),
        });
    }

    /// Makes the changes in a folder durable.
    pub fn sync(&mut self, folder: &Path) {
        let durable = Arc::make_mut(&mut self.durable);
        self.changes.retain(|change| {
            if change.folder.path() != folder {
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
        self.durable = Arc::clone(&self.names);
    }

    /// Loses any subset of what was not synced. A folder that goes takes everything in it along.
    pub fn lose_power(&mut self, rng: &mut StdRng) {
        let durable = Arc::make_mut(&mut self.durable);
        for change in std::mem::take(&mut self.changes) {
            let is_kept = rng.random_bool(0.5);
            match (is_kept, change.of_folder) {
                (true, _) => {
                    for (name, bytes) in &change.names {
                        apply(durable, name, bytes.as_ref());
                    }
                }
                (false, Some(OfFolder::Made(folder))) => {
                    let goes = |name: &Name| is_in(name.path(), folder.path());
                    durable.retain(|name, _| !goes(name));
                    self.folders.retain(|name| !goes(name));
                }
                (false, Some(OfFolder::Removed(folder))) => {
                    self.folders.insert(folder);
                }
                (false, None) => {}
            }
        }
        let folders = &self.folders;
        let is_there = |name: &Name| folders.contains(bytes(parent(name.path())));
        durable.retain(|name, _| is_there(name));
        self.names = Arc::clone(&self.durable);
    }

    /// Replaces unsynced bytes by what sectors of them the medium took. For a drive that does not
    /// sync files.
    pub fn tear(&mut self, path: &Path, seed: u64) {
        let durable = self.durable.get(bytes(path));
        let torn = durable.map(|bytes| torn(bytes, seed));
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
        Some(bytes) => names.insert(name.clone(), bytes.clone()),
        None => names.remove(name.0.as_bytes()),
    };
}
