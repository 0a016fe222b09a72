//! The wallet files of a folder, by their names.

use std::io;
use std::path::{Path, PathBuf};

use crate::WalletId;
use crate::disk::Disk;
use crate::store::{EXTENSION, FolderError, GENERATIONS, REFUSED};

/// How the names of the files begin in which macOS keeps attributes on other file systems.
const APPLE_DOUBLE: &str = "._";

/// What a file is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The file of this wallet.
    Wallet(WalletId),
    /// An earlier generation of it.
    Generation(WalletId),
    /// A file of it that did not open, and whose place a copy took.
    Refused(WalletId),
    /// A wallet file under a name that this app does not give: renamed, or a copy that a person, a
    /// file manager or a synchroniser made.
    Copy,
}

/// Tells what a file is by its name; `None` if it is none of a wallet. What macOS calls `._NAME` is
/// none.
pub fn name(path: &Path) -> Option<Name> {
    let name = path.file_name()?.to_string_lossy();
    if name.starts_with(APPLE_DOUBLE) {
        return None;
    }
    let (stem, extension) = name.rsplit_once('.')?;
    if extension.eq_ignore_ascii_case(EXTENSION) {
        let own = stem.parse().ok().filter(|_| extension == EXTENSION);
        return Some(own.map_or(Name::Copy, Name::Wallet));
    }
    let id = stem.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let id = id.parse().ok()?;
    if extension.split('-').next() == Some(REFUSED) {
        return Some(Name::Refused(id));
    }
    // Compared as text: the standard parser accepts a sign and zeros in front.
    let kept = (1..=GENERATIONS).any(|back| extension == back.to_string());
    kept.then_some(Name::Generation(id))
}

/// Lists the wallet files and generations of a folder in order of name; empty if the folder does
/// not exist. Temporary files and other files that were kept aside are not included.
pub fn find(disk: &dyn Disk, folder: &Path) -> Result<Vec<(PathBuf, Name)>, FolderError> {
    let paths = match disk.list(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        listed => listed?,
    };
    let named = |path: PathBuf| name(&path).map(|name| (path, name));
    let mut found: Vec<_> = paths.into_iter().filter_map(named).collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_has_one_spelling() {
        let id = WalletId::from_bytes([0x3c; 16]);
        let named = |end: &str| name(Path::new(&format!("{id}.wallet.{end}")));
        for back in 1..=GENERATIONS {
            assert_eq!(named(&back.to_string()), Some(Name::Generation(id)));
        }
        for other in ["0", "01", "+1", "4", "1 ", "-1", "", "new"] {
            assert_eq!(named(other), None, "{other:?}");
        }
    }
}
