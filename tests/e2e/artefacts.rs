//! Where pictures and logs are kept.

use std::fs;
use std::path::{Path, PathBuf};

/// The path of an artefact in `target/artefacts`.
pub(crate) fn artefact(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/artefacts");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.join(name)
}
