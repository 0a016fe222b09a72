//! Writes what is generated from the list of commands. Run as `cargo xtask generate`; a unit test of the app
//! fails when this was forgotten.

use std::fs;
use std::io;
use std::path::Path;

use backup_code::typescript::{capability, permissions, typescript};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(root.join("ui/src/ipc/generated.ts"), typescript())?;
    fs::write(root.join("src-tauri/permissions/commands.toml"), permissions())?;
    fs::write(root.join("src-tauri/capabilities/main.json"), capability())
}
