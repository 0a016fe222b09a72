//! Programs from crates.io that the tests need, kept in `target/tools`.

use std::path::PathBuf;

use crate::failed::CommandResult;
use crate::program::{answer, cargo, own_folder, program, run};

const TAURI_DRIVER: &str = "2.1.0";

/// Installs the WebDriver server for Tauri windows in `target/tools/bin` unless it is there.
pub(crate) fn provide_tauri_driver() -> CommandResult {
    let path = tauri_driver();
    // It has no `--version`. Printing its help shows that it runs.
    if answer(&mut program(&path, ["--help"])).is_some() {
        return Ok(());
    }
    println!("tauri-driver {TAURI_DRIVER} is missing: it drives the real window in the tests.");
    let mut install = cargo([
        "install",
        "tauri-driver",
        "--locked",
        "--quiet",
        // Built in half of the time, and fast enough for a program that only passes messages on.
        "--debug",
        "--version",
    ]);
    install
        .arg(TAURI_DRIVER)
        .arg("--root")
        .arg(own_folder("tools"));
    run(&mut install)
}

fn tauri_driver() -> PathBuf {
    let name = format!("tauri-driver{}", std::env::consts::EXE_SUFFIX);
    own_folder("tools").join("bin").join(name)
}
