//! `cargo xtask scan-bench DIR`, and its short form in `cargo xtask test`: engines for QR codes beside each other and
//! beside ours. `docs/scan-bench.md` says what the pictures are.
//!
//! The bench is a workspace of its own, so that engines in C and C++ stay out of the app's lock file.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::failed::{Failed, Outcome};
use crate::packages;
use crate::program::{alone, cargo, own_folder, root, run};
use crate::steps::Steps;

/// The long run, optimised, with every engine.
pub(crate) fn scan_bench(words: &[String]) -> Outcome {
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
        Err(Failed::new("The bench was not passed."))
    }
}

/// The short form: a hundred pictures, made anew, with the engines that are quickly built.
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

/// A command for the bench that takes what the app's tests have built already: same folder, versions and profile.
fn with_the_app(verb: &str) -> Command {
    let mut command = cargo([verb, "--locked", "--manifest-path"]);
    let built =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    command.arg(manifest()).arg("--target-dir").arg(built);
    command
}
