//! What the commands that build and run tests have in common.

use std::ffi::OsStr;
use std::process::Command;

use crate::failed::CommandResult;
use crate::program::cargo;
use crate::{packages, ui};

/// The one feature set that everything is built with, so that nothing is built twice. Only on
/// Linux are the libraries of the bench installed.
pub(crate) const FEATURES: &str = if cfg!(target_os = "linux") {
    "test-hooks,custom-protocol,scan-bench/zbar"
} else {
    "test-hooks,custom-protocol"
};

/// The arguments by which `cargo clippy` tells its driver to refuse warnings.
const REFUSE_WARNINGS: &str = "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";

/// Returns a command of cargo for the whole workspace. Clippy's driver, which is a compiler,
/// compiles the workspace's own crates: so they are linted and built in one go, and what they
/// depend on is compiled once. Named alone, a crate would have other features, and be built again.
pub(crate) fn workspace<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = cargo(["test", "--workspace", "--features", FEATURES]);
    command
        .args(arguments)
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env("CLIPPY_ARGS", REFUSE_WARNINGS);
    command
}

/// The module that the journeys are in, which tells them from the other tests.
pub(crate) const JOURNEYS: &str = "journeys::";

/// Installs what building and testing need.
pub(crate) fn provide() -> CommandResult {
    packages::provide(&[
        packages::BUILD,
        packages::TEST,
        packages::FUZZ,
        packages::SCAN_BENCH,
    ])?;
    ui::require_node()
}
