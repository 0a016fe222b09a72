//! `cargo xtask bundle`: builds the installable package, optimised. Run by hand.

use crate::failed::CommandResult;
use crate::program::{program, run};
use crate::{packages, ui};

/// Builds the installable package of this system: a `.deb` on Linux.
pub(crate) fn bundle() -> CommandResult {
    println!(
        "This is run by hand before a release, never by `cargo xtask test`: \
         the optimised build takes five to ten minutes."
    );
    packages::provide(&[packages::BUILD])?;
    ui::require_node()?;
    ui::provide_packages()?;
    let kind = if cfg!(target_os = "linux") {
        "deb"
    } else if cfg!(target_os = "macos") {
        "app"
    } else {
        "nsis"
    };
    // The Tauri CLI builds the UI itself, through `beforeBuildCommand`.
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(&mut program(
        npm,
        [
            "exec",
            "--prefix",
            "ui",
            "--",
            "tauri",
            "build",
            "--bundles",
            kind,
        ],
    ))
}
