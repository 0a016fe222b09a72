//! Paths of pictures and logs.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the path of an artefact in `target/artefacts`.
pub(crate) fn artefact(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/artefacts");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.join(name)
}
