//! `cargo xtask scan-bench DIR`, and its short form in `cargo xtask test`: compares QR engines with
//! ours. `docs/scan-bench.md` describes the pictures.
//!
//! The engines in C and C++ are features of the bench, so that a plain build needs none of them.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::program::{alone, cargo, own_folder, program, root, run};
use crate::steps::Named;

/// Runs the long form, optimised, with every engine.
pub(crate) fn scan_bench(words: &[String]) -> CommandResult {
    packages::provide(&[packages::SCAN_BENCH])?;
    let mut build = cargo(["build", "--release", "--locked", "--package", "scan-bench"]);
    build
        .args(["--features", "zbar,zxing-cpp", "--target-dir"])
        .arg(own_folder("scan-bench"));
    run(&mut build)?;
    let mut bench = Command::new(own_folder("scan-bench").join("release/scan-bench"));
    if alone(bench.args(words))? {
        Ok(())
    } else {
        Err(Failed::new("The bench failed."))
    }
}

/// Returns the step of the short form: sixty new pictures and the engines that build quickly.
/// The program is the one that cargo built for the tests of its command line.
pub(crate) fn short_step() -> Named {
    let built =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let mut bench = program(
        built.join("debug/scan-bench"),
        [own_folder("scan-bench-short")],
    );
    bench.arg("--short");
    ("scan-bench short".to_owned(), bench)
}
