//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold no source: what builds leave behind, and what other people wrote.
const SKIPPED: [&str; 6] = [
    ".git",
    "corpus",
    "dist",
    "node_modules",
    "paraglide",
    "target",
];

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The files below `folder` with one of these extensions, sorted.
pub(crate) fn files_below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let (kind, path) = (entry.file_type().unwrap(), entry.path());
            let name = entry.file_name();
            if kind.is_dir() && !SKIPPED.iter().any(|it| name == *it) {
                folders.push(path);
            } else if kind.is_file()
                && path
                    .extension()
                    .is_some_and(|it| extensions.iter().any(|wanted| it == *wanted))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The path as people name it: from the root of the repository, with slashes.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}
