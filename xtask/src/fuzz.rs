//! `cargo xtask fuzz MINUTES`, and its short form in `cargo xtask test`: hostile input for the reader of codes.
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

/// The targets in `tests/fuzz/targets`, and the executions of each in the short form: about ten seconds.
const TARGETS: [(&str, u32); 3] = [("parse", 10_000), ("correct", 200_000), ("combine", 5_000)];

/// Runs each target for so many minutes.
pub(crate) fn fuzz(minutes: &str) -> Outcome {
    let minutes: NonZeroU16 = minutes
        .parse()
        .map_err(|_| Failed::new("For how many minutes each? One at least."))?;
    packages::provide(&[packages::FUZZ])?;
    let host = host()?;
    run(&mut build(&host))?;
    for (target, _) in TARGETS {
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
    for (target, executions) in TARGETS {
        // What an earlier run found would make this one another.
        let _ = fs::remove_dir_all(folder().join("short").join(target));
        let mut command = fuzz_target(&host, target, "short");
        command.args(["-seed=1", &format!("-runs={executions}")]);
        steps.step(format!("fuzz {target}"), command);
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
fn fuzz_target(host: &str, target: &str, found: &str) -> Command {
    let grown = folder().join(found).join(target);
    let artefacts = root().join("target/artefacts");
    for path in [&grown, &artefacts] {
        // The target says so itself where the folder is missing.
        let _ = fs::create_dir_all(path);
    }
    let binary = folder().join(host).join("release").join(target);
    let mut command = program(binary, [] as [&str; 0]);
    command
        .arg(grown)
        .arg(Path::new("tests/fuzz/corpus").join(target))
        .arg(format!("-artifact_prefix={}/", artefacts.display()))
        .args(["-print_final_stats=1", "-verbosity=0", "-max_len=512"]);
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
        let mut run = TARGETS.map(|(target, _)| target);
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
