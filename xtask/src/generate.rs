//! `cargo xtask generate`: writes the files that are generated from the app's list of commands.

use crate::failed::CommandResult;
use crate::program::{cargo, root, run};
use crate::suite::FEATURES;
use crate::{packages, ui};

/// Writes the UI's types and callers, the permissions and the capability.
pub(crate) fn generate() -> CommandResult {
    packages::provide(&[packages::BUILD])?;
    if !root().join("ui/dist").exists() {
        // The app writes the files, and it embeds the built UI when it is compiled.
        ui::require_node()?;
        ui::provide_packages()?;
        ui::build()?;
    }
    let mut test = cargo([
        "test",
        "--package",
        "backup-code",
        "--features",
        FEATURES,
        "--lib",
        "generated_",
    ]);
    run(test.env("BACKUP_CODE_GENERATE", "1"))
}
