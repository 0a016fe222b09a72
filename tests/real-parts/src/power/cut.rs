//! What a disk may hold after a power loss.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::drive::{Drive, File, Names, Node, ROOT, apply};
use crate::person::{Told, words};

/// Bytes that a medium writes as a whole.
const SECTOR: usize = 512;

/// How a file system orders what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Not at all: any subset of the changes of names is there, as POSIX allows.
    None,
    /// By a journal, as ext4, XFS and btrfs do: changes of names up to some moment are there, at
    /// least those before the last sync of anything.
    Journal,
}

/// The share of what was not synced that is there.
#[derive(Clone, Copy, Debug)]
enum Kept {
    Nothing,
    Some,
    Everything,
}

/// What is on the disk after a power loss.
pub(crate) struct Remains {
    folders: BTreeMap<Node, Names>,
    files: BTreeMap<Node, Vec<u8>>,
}

impl Remains {
    /// Draws what a power loss leaves of a disk.
    pub(crate) fn draw(drive: &Drive, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let order = match rng.random_bool(0.5) {
            true => Order::None,
            false => Order::Journal,
        };
        let mut folders: BTreeMap<Node, Names> = drive
            .folders
            .iter()
            .map(|(node, folder)| (*node, Names::clone(&folder.durable)))
            .collect();
        let kept = any(&mut rng);
        let mut journal_ends = false;
        for change in &drive.changes {
            let is_kept = match order {
                Order::None => draw(kept, &mut rng),
                Order::Journal => {
                    journal_ends |= !change.journalled && !draw(kept, &mut rng);
                    !journal_ends
                }
            };
            for (folder, name, to) in change.edits.iter().filter(|_| is_kept) {
                apply(folders.entry(*folder).or_default(), name, *to);
            }
        }
        let files = drive.files.iter();
        let files = files
            .map(|(node, file)| (*node, bytes(file, &mut rng)))
            .collect();
        Self { folders, files }
    }

    /// Makes the files and folders below `root`.
    pub(crate) fn write(&self, root: &Path) -> Told<()> {
        let mut written: BTreeMap<Node, PathBuf> = BTreeMap::new();
        let mut next = vec![(root.to_owned(), ROOT)];
        while let Some((path, node)) = next.pop() {
            fs::create_dir_all(&path).map_err(words)?;
            for (name, inside) in self.folders.get(&node).into_iter().flatten() {
                let path = path.join(name);
                match (self.files.get(inside), written.get(inside)) {
                    (Some(_), Some(first)) => fs::hard_link(first, &path).map_err(words)?,
                    (Some(bytes), None) => {
                        fs::write(&path, bytes).map_err(words)?;
                        written.insert(*inside, path);
                    }
                    (None, _) => next.push((path, *inside)),
                }
            }
        }
        Ok(())
    }
}

fn any(rng: &mut StdRng) -> Kept {
    match rng.random_range(0..4) {
        0 => Kept::Nothing,
        1 => Kept::Everything,
        _ => Kept::Some,
    }
}

fn draw(kept: Kept, rng: &mut StdRng) -> bool {
    match kept {
        Kept::Nothing => false,
        Kept::Some => rng.random_bool(0.5),
        Kept::Everything => true,
    }
}

/// A file's bytes: of what was not synced, some sectors.
fn bytes(file: &File, rng: &mut StdRng) -> Vec<u8> {
    let present = &file.present;
    if !file.dirty {
        return present.to_vec();
    }
    match any(rng) {
        Kept::Nothing => file.durable.to_vec(),
        Kept::Everything => present.to_vec(),
        Kept::Some => {
            let mut torn = file.durable.to_vec();
            let lengths = [torn.len(), present.len()];
            let (least, most) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
            let length = rng.random_range(least..=most);
            // The length is often there before the bytes are.
            torn.resize(
                if rng.random_bool(0.5) {
                    present.len()
                } else {
                    length
                },
                0,
            );
            for (at, sector) in torn.chunks_mut(SECTOR).enumerate() {
                let start = at * SECTOR;
                let end = (start + sector.len()).min(present.len());
                if start < end && rng.random_bool(0.5) {
                    sector[..end - start].copy_from_slice(&present[start..end]);
                }
            }
            torn
        }
    }
}
