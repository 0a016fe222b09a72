//! `cargo xtask fuzz MINUTES`, and its short form in `cargo xtask test`: hostile input for the
//! readers of codes, pictures and PDFs.
//!
//! The targets use libFuzzer and the same Rust as everything else: the instrumentation is LLVM's
//! own and needs no nightly compiler. Inputs that fail are written to `target/artefacts`.

use std::fs;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::program::{answer, cargo, own_folder, program, root, run};
use crate::steps::{Named, Steps};

/// A target in `tests/fuzz/targets`.
struct Target {
    name: &'static str,
    /// Number of executions in the short form, which take some seconds.
    runs: u32,
    /// Maximum length of an input in bytes.
    bytes: u32,
}

const fn target(name: &'static str, runs: u32, bytes: u32) -> Target {
    Target { name, runs, bytes }
}

const TARGETS: [Target; 7] = [
    target("parse", 10_000, 512),
    target("correct", 100_000, 512),
    target("combine", 5_000, 512),
    target("answer", 10_000, 512),
    target("image", 100, 4096),
    target("payload", 60, 512),
    target("pdf", 1_000, 8192),
];

/// Runs each target for `minutes`.
pub(crate) fn fuzz(minutes: &str) -> CommandResult {
    let minutes: NonZeroU16 = minutes
        .parse()
        .map_err(|_| Failed::new("The number of minutes must be 1 or more."))?;
    packages::provide(&[packages::FUZZ])?;
    let host = host()?;
    run(&mut build(&host))?;
    for target in &TARGETS {
        let mut command = fuzz_target(&host, target, "grown");
        command.arg(format!("-max_total_time={}", 60 * u32::from(minutes.get())));
        run(&mut command)?;
    }
    Ok(())
}

/// Builds the targets.
pub(crate) fn build_steps(steps: &mut Steps) -> CommandResult {
    steps.step("fuzz format", format());
    steps.step("fuzz build", build(&host()?));
    Ok(())
}

/// Returns the steps of the short form, which starts from the committed corpus alone.
pub(crate) fn short_steps() -> Result<Vec<Named>, Failed> {
    let host = host()?;
    let step = |target: &Target| {
        // Inputs found by an earlier run would change this one.
        let _ = fs::remove_dir_all(folder().join("short").join(target.name));
        let mut command = fuzz_target(&host, target, "short");
        command.args(["-seed=1", &format!("-runs={}", target.runs)]);
        (format!("fuzz {}", target.name), command)
    };
    Ok(TARGETS.iter().map(step).collect())
}

fn folder() -> PathBuf {
    own_folder("fuzz")
}

/// Returns the target triple of this computer. Builds name it so that build scripts are not
/// instrumented.
fn host() -> Result<String, Failed> {
    let said = answer(&mut program("rustc", ["-vV"])).unwrap_or_default();
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Failed::new("`rustc -vV` does not print its host."))
}

/// Formats the fuzz targets, which are a workspace of their own.
fn format() -> Command {
    let mut command = cargo(["fmt", "--check", "--manifest-path"]);
    command.arg(manifest());
    command
}

fn manifest() -> PathBuf {
    root().join("tests/fuzz/Cargo.toml")
}

fn build(host: &str) -> Command {
    const INSTRUMENTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
         -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
         -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";
    let mut command = cargo(["build", "--release", "--locked", "--manifest-path"]);
    command
        .arg(manifest())
        .args(["--target", host, "--target-dir"])
        .arg(folder())
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", INSTRUMENTED);
    command
}

/// Runs the target on its committed corpus. New inputs go to the build folder, so that the tree
/// stays clean.
fn fuzz_target(host: &str, target: &Target, found: &str) -> Command {
    let grown = folder().join(found).join(target.name);
    let artefacts = root().join("target/artefacts");
    for path in [&grown, &artefacts] {
        // If the folder cannot be made, the target reports it.
        let _ = fs::create_dir_all(path);
    }
    let binary = folder().join(host).join("release").join(target.name);
    let mut command = program(binary, [] as [&str; 0]);
    command
        .arg(grown)
        .arg(Path::new("tests/fuzz/corpus").join(target.name))
        .arg(format!("-artifact_prefix={}/", artefacts.display()))
        .args(["-print_final_stats=1", "-verbosity=0"])
        // The limits of a real file are ten seconds and half a gigabyte. These inputs are small.
        .args(["-timeout=10", "-rss_limit_mb=512"])
        .arg(format!("-max_len={}", target.bytes));
    command
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn names_in(folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(root().join("tests/fuzz").join(folder))
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                path.file_stem().unwrap().to_string_lossy().into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_target_is_run_and_has_a_corpus() {
        let mut run = TARGETS.map(|target| target.name);
        run.sort_unstable();
        assert_eq!(names_in("targets"), run);
        assert_eq!(names_in("corpus"), run);
    }

    #[test]
    fn a_number_of_minutes_below_one_is_rejected() {
        for minutes in ["0", "-1", "soon", ""] {
            assert!(fuzz(minutes).is_err(), "{minutes:?}");
        }
    }
}
