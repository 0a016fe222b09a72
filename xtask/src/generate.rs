//! `cargo xtask generate`: writes what the UI takes from Rust.

use crate::failed::Outcome;
use crate::packages;
use crate::program::{cargo, run};
use crate::test::FEATURES;

/// Writes the generated TypeScript. A test of the app fails when this was forgotten.
pub(crate) fn generate() -> Outcome {
    packages::provide(&[packages::BUILD])?;
    let mut command = cargo(["test", "--package", "backup-code", "--features", FEATURES]);
    run(command
        .args(["--lib", "generated_"])
        .env("BACKUP_CODE_GENERATE", "1"))
}
