//! `cargo xtask fuzz MINUTES`, and its short form in `cargo xtask test`: hostile input for the readers of codes, of pictures
//! and of PDFs.
//!
//! libFuzzer, on the Rust that everything else is built with: the instrumentation is LLVM's own and asks for no nightly
//! compiler. What it finds is left in `target/artefacts`.

use std::fs;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failed::{Failed, Outcome};
use crate::packages;
use crate::program::{answer, cargo, own_folder, program, root, run};
use crate::steps::Steps;

/// A target in `tests/fuzz/targets`.
struct Target {
    name: &'static str,
    /// Executions in the short form: some seconds.
    runs: u32,
    /// Bytes of an input at most.
    bytes: u32,
}

const fn target(name: &'static str, runs: u32, bytes: u32) -> Target {
    Target { name, runs, bytes }
}

const TARGETS: [Target; 7] = [
    target("parse", 10_000, 512),
    target("correct", 200_000, 512),
    target("combine", 5_000, 512),
    target("answer", 20_000, 512),
    target("image", 300, 4096),
    target("payload", 60, 512),
    target("pdf", 1_000, 8192),
];

/// Runs each target for so many minutes.
pub(crate) fn fuzz(minutes: &str) -> Outcome {
    let minutes: NonZeroU16 = minutes
        .parse()
        .map_err(|_| Failed::new("For how many minutes each? One at least."))?;
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

/// The short form, over the committed corpus alone.
pub(crate) fn steps(steps: &mut Steps) -> Outcome {
    let host = host()?;
    steps.step("fuzz format", format());
    steps.step("fuzz build", build(&host));
    for target in &TARGETS {
        // What an earlier run found would make this one another.
        let _ = fs::remove_dir_all(folder().join("short").join(target.name));
        let mut command = fuzz_target(&host, target, "short");
        command.args(["-seed=1", &format!("-runs={}", target.runs)]);
        steps.step(format!("fuzz {}", target.name), command);
    }
    Ok(())
}

fn folder() -> PathBuf {
    own_folder("fuzz")
}

/// The triple of this computer. Named when building, so that build scripts are not instrumented.
fn host() -> Result<String, Failed> {
    let said = answer(&mut program("rustc", ["-vV"])).unwrap_or_default();
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Failed::new("`rustc -vV` does not say what it builds for."))
}

/// The other formatting step knows the workspace alone.
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

/// The target over its committed corpus. New inputs go to a folder beside the build, so that the tree stays clean.
fn fuzz_target(host: &str, target: &Target, found: &str) -> Command {
    let grown = folder().join(found).join(target.name);
    let artefacts = root().join("target/artefacts");
    for path in [&grown, &artefacts] {
        // The target says so itself where the folder is missing.
        let _ = fs::create_dir_all(path);
    }
    let binary = folder().join(host).join("release").join(target.name);
    let mut command = program(binary, [] as [&str; 0]);
    command
        .arg(grown)
        .arg(Path::new("tests/fuzz/corpus").join(target.name))
        .arg(format!("-artifact_prefix={}/", artefacts.display()))
        .args(["-print_final_stats=1", "-verbosity=0"])
        // A file may take ten seconds and half a gigabyte; these inputs are small.
        .args(["-timeout=10", "-rss_limit_mb=512"])
        .arg(format!("-max_len={}", target.bytes));
    command
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says with a panic what is wrong")]
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
    fn every_target_is_run_and_has_inputs_to_start_from() {
        let mut run = TARGETS.map(|target| target.name);
        run.sort_unstable();
        assert_eq!(names_in("targets"), run);
        assert_eq!(names_in("corpus"), run);
    }

    #[test]
    fn a_run_without_end_is_refused() {
        for minutes in ["0", "-1", "soon", ""] {
            assert!(fuzz(minutes).is_err(), "{minutes:?}");
        }
    }
}
