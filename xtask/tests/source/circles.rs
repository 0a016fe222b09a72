//! No two files of a program import from each other, directly or through others.

use std::path::{Path, PathBuf};

use crate::files::{files_below, root};
use crate::graph::described;
use crate::{rust_imports, ui_imports};

/// The roots of all crates: libraries, programs, and tests of several files.
fn crate_roots() -> Vec<PathBuf> {
    let files = ["src-tauri", "tests", "xtask"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder), &["rs"]));
    files.filter(|file| is_crate_root(file)).collect()
}

fn is_crate_root(file: &Path) -> bool {
    let (Some(name), Some(folder)) = (file.file_name(), file.parent()) else {
        return false;
    };
    name == "main.rs"
        || name == "lib.rs"
        // A test of its own.
        || folder.ends_with("tests")
}

#[test]
fn no_rust_files_import_in_a_circle() {
    let roots = crate_roots();
    assert!(roots.len() > 10, "the crates are found: {roots:?}");
    let circles: Vec<_> = roots
        .iter()
        .flat_map(|root| described(&rust_imports::imports(root)))
        .collect();
    assert!(
        circles.is_empty(),
        "{} circles. Move what both need into a file below both:\n{}",
        circles.len(),
        circles.join("\n\n")
    );
}

#[test]
fn no_ui_files_import_in_a_circle() {
    let imports = ui_imports::imports(&root().join("ui/src"));
    assert!(imports.len() > 10, "the files are found");
    let circles = described(&imports);
    assert!(
        circles.is_empty(),
        "{} circles. Move what both need into a file below both:\n{}",
        circles.len(),
        circles.join("\n\n")
    );
}
