//! A disk with a volatile cache: what the recorded calls made of it, and what of that is durable.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::calls::{Call, Descriptor};
use crate::person::Told;

/// The number of a file or a folder.
pub(crate) type Node = usize;
/// The names in a folder.
pub(crate) type Names = BTreeMap<String, Node>;

/// The root.
pub(crate) const ROOT: Node = 0;

/// A file's bytes.
#[derive(Clone, Default)]
pub(crate) struct File {
    /// Those that were synced.
    pub(crate) durable: Arc<Vec<u8>>,
    /// Those that a program reads.
    pub(crate) present: Arc<Vec<u8>>,
    /// Something was written or cut off since the last sync.
    pub(crate) dirty: bool,
}

/// A folder's names.
#[derive(Clone, Default)]
pub(crate) struct Folder {
    /// Those that were synced.
    pub(crate) durable: Arc<Names>,
    /// Those that a program sees.
    pub(crate) present: Arc<Names>,
}

/// A change of names that is not durable yet. It takes place as a whole or not at all.
#[derive(Clone)]
pub(crate) struct Change {
    /// For each folder and name, what it stands for from now on.
    pub(crate) edits: Vec<(Node, String, Option<Node>)>,
    /// Something was synced since: a file system with a journal has it.
    pub(crate) journalled: bool,
}

/// The disk.
#[derive(Clone, Default)]
pub(crate) struct Drive {
    pub(crate) files: BTreeMap<Node, File>,
    pub(crate) folders: BTreeMap<Node, Folder>,
    pub(crate) changes: Vec<Arc<Change>>,
    open: BTreeMap<Descriptor, (Node, usize)>,
    nodes: usize,
}

impl Drive {
    /// A disk with these empty folders in its root, which are durable.
    pub(crate) fn with(names: &[&str]) -> Self {
        let mut drive = Self::default();
        drive.folders.insert(ROOT, Folder::default());
        drive.nodes = 1;
        let mut inside = Names::new();
        for name in names {
            inside.insert((*name).to_owned(), drive.new_folder());
        }
        let inside = Arc::new(inside);
        let (durable, present) = (Arc::clone(&inside), inside);
        drive.folders.insert(ROOT, Folder { durable, present });
        drive
    }

    /// Makes a call, with a durable effect only if a sync follows.
    pub(crate) fn make(&mut self, call: &Call) -> Told<()> {
        match call {
            Call::Open {
                descriptor,
                path,
                create,
                truncate,
            } => {
                let node = match self.node(path) {
                    Ok(node) => node,
                    Err(_) if *create => self.new_file(path)?,
                    Err(missing) => return Err(missing),
                };
                if let (true, Some(file)) = (*truncate, self.files.get_mut(&node)) {
                    (file.present, file.dirty) = (Arc::default(), true);
                }
                self.open.insert(*descriptor, (node, 0));
                Ok(())
            }
            Call::Close(descriptor) => {
                self.open.remove(descriptor);
                Ok(())
            }
            Call::Write(descriptor, bytes) => self.write(*descriptor, bytes),
            Call::Sync(descriptor) => self.sync(*descriptor),
            Call::MakeFolder(path) => {
                let folder = self.new_folder();
                let edit = self.edit(path, Some(folder))?;
                self.change(vec![edit])
            }
            Call::Remove(path) | Call::RemoveFolder(path) => {
                let edit = self.edit(path, None)?;
                self.change(vec![edit])
            }
            Call::Link(from, to) => {
                let edit = self.edit(to, Some(self.node(from)?))?;
                self.change(vec![edit])
            }
            Call::Rename(from, to) => {
                let node = self.node(from)?;
                let edits = vec![self.edit(from, None)?, self.edit(to, Some(node))?];
                self.change(edits)
            }
        }
    }

    fn write(&mut self, descriptor: Descriptor, bytes: &[u8]) -> Told<()> {
        let (node, position) = self.open.get_mut(&descriptor).ok_or("not open")?;
        let file = self.files.get_mut(node).ok_or("a folder is written to")?;
        let present = Arc::make_mut(&mut file.present);
        let end = *position + bytes.len();
        present.resize(present.len().max(end), 0);
        present[*position..end].copy_from_slice(bytes);
        (*position, file.dirty) = (end, true);
        Ok(())
    }

    fn sync(&mut self, descriptor: Descriptor) -> Told<()> {
        let (node, _) = *self.open.get(&descriptor).ok_or("not open")?;
        if let Some(file) = self.files.get_mut(&node) {
            (file.durable, file.dirty) = (Arc::clone(&file.present), false);
        }
        let changes = std::mem::take(&mut self.changes);
        for mut change in changes {
            if change.edits.iter().any(|(folder, ..)| *folder == node) {
                for (folder, name, to) in &change.edits {
                    if let Some(folder) = self.folders.get_mut(folder) {
                        apply(Arc::make_mut(&mut folder.durable), name, *to);
                    }
                }
            } else {
                Arc::make_mut(&mut change).journalled = true;
                self.changes.push(change);
            }
        }
        Ok(())
    }

    fn change(&mut self, edits: Vec<(Node, String, Option<Node>)>) -> Told<()> {
        for (folder, name, to) in &edits {
            let folder = self.folders.get_mut(folder).ok_or("no folder")?;
            apply(Arc::make_mut(&mut folder.present), name, *to);
        }
        self.changes.push(Arc::new(Change {
            edits,
            journalled: false,
        }));
        Ok(())
    }

    fn edit(&self, path: &Path, to: Option<Node>) -> Told<(Node, String, Option<Node>)> {
        let around = self.node(path.parent().ok_or("the root has no name")?)?;
        let name = path.file_name().and_then(|name| name.to_str());
        Ok((around, name.ok_or("a name that is no text")?.to_owned(), to))
    }

    /// What a path stands for.
    fn node(&self, path: &Path) -> Told<Node> {
        let mut node = ROOT;
        for part in path.components() {
            let Component::Normal(name) = part else {
                return Err(format!("{} is no plain path", path.display()));
            };
            let inside = self.folders.get(&node).map(|folder| &folder.present);
            let next = name.to_str().and_then(|name| inside?.get(name));
            node = *next.ok_or_else(|| format!("{} is not there", path.display()))?;
        }
        Ok(node)
    }

    fn new_file(&mut self, path: &Path) -> Told<Node> {
        let node = self.next();
        self.files.insert(node, File::default());
        let edit = self.edit(path, Some(node))?;
        self.change(vec![edit])?;
        Ok(node)
    }

    fn new_folder(&mut self) -> Node {
        let node = self.next();
        self.folders.insert(node, Folder::default());
        node
    }

    fn next(&mut self) -> Node {
        self.nodes += 1;
        self.nodes - 1
    }

    /// Every path that a program sees, with a file's bytes.
    pub(crate) fn present(&self) -> BTreeMap<PathBuf, Option<Arc<Vec<u8>>>> {
        let mut seen = BTreeMap::new();
        let mut next = vec![(PathBuf::new(), ROOT)];
        while let Some((path, node)) = next.pop() {
            for (name, inside) in self.folders.get(&node).iter().flat_map(|it| &*it.present) {
                let path = path.join(name);
                let file = self.files.get(inside).map(|file| Arc::clone(&file.present));
                seen.insert(path.clone(), file);
                next.push((path, *inside));
            }
        }
        seen
    }
}

/// Changes one name.
pub(crate) fn apply(names: &mut Names, name: &str, to: Option<Node>) {
    match to {
        Some(node) => names.insert(name.to_owned(), node),
        None => names.remove(name),
    };
}
