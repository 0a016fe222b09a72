//! `cargo xtask generate`: writes what follows from the app's list of commands.

use crate::failed::Outcome;
use crate::program::{cargo, root, run};
use crate::suite::FEATURES;
use crate::{packages, ui};

/// Writes the UI's types and callers, the permissions and the capability.
pub(crate) fn generate() -> Outcome {
    packages::provide(&[packages::BUILD])?;
    if !root().join("ui/dist").exists() {
        // The app, which does the writing, embeds it when it is compiled.
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
