//! `cargo xtask scan-bench DIR`, and its short form in `cargo xtask test`: compares QR engines with
//! ours. `docs/scan-bench.md` describes the pictures.
//!
//! The bench is a workspace of its own, so that engines in C and C++ stay out of the app's lock
//! file.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::program::{alone, cargo, own_folder, root, run};
use crate::steps::Steps;

/// Runs the long form, optimised, with every engine.
pub(crate) fn scan_bench(words: &[String]) -> CommandResult {
    packages::provide(&[packages::SCAN_BENCH])?;
    let mut build = cargo(["build", "--release", "--locked", "--features", "zxing-cpp"]);
    build
        .arg("--manifest-path")
        .arg(manifest())
        .arg("--target-dir")
        .arg(own_folder("scan-bench"));
    run(&mut build)?;
    let mut bench = Command::new(own_folder("scan-bench").join("release/scan-bench"));
    if alone(bench.args(words))? {
        Ok(())
    } else {
        Err(Failed::new("The bench failed."))
    }
}

/// Runs the short form: a hundred new pictures and the engines that build quickly.
pub(crate) fn steps(steps: &mut Steps) {
    let mut format = cargo(["fmt", "--check", "--manifest-path"]);
    format.arg(manifest());
    steps.step("scan-bench format", format);
    steps.step("scan-bench tests", with_the_app("test"));
    let mut bench = with_the_app("run");
    bench
        .arg("--")
        .arg(own_folder("scan-bench-short"))
        .arg("--short");
    steps.step("scan-bench short", bench);
}

fn manifest() -> PathBuf {
    root().join("tests/scan-bench/Cargo.toml")
}

/// Returns a command for the bench that reuses the dependencies of the app's tests: the folder,
/// versions and profile are the same.
fn with_the_app(verb: &str) -> Command {
    let mut command = cargo([verb, "--locked", "--manifest-path"]);
    let built =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    command.arg(manifest()).arg("--target-dir").arg(built);
    command
}
