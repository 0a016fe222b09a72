//! `cargo xtask fuzz`, and its short form in `cargo xtask test`: hostile input for every parser.
//! `docs/fuzzing.md` says which parser has which target.
//!
//! The targets use libFuzzer and the same Rust as everything else: the instrumentation is LLVM's
//! own and needs no nightly compiler. Inputs that fail are written to `target/artefacts`.

use std::fs;
use std::num::{NonZeroU16, NonZeroU64};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failed::{CommandResult, Failed};
use crate::packages;
use crate::program::{answer, cargo, own_folder, program, root, run};
use crate::steps::{Named, Steps};

/// A target in `tests/fuzz/targets`.
#[derive(Debug, PartialEq)]
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

const TARGETS: [Target; 23] = [
    target("age", 5_000, 4096),
    target("answer", 10_000, 512),
    target("combine", 5_000, 512),
    target("content", 300, 512),
    target("contents", 3_000, 2048),
    target("correct", 100_000, 512),
    target("digits", 50_000, 64),
    target("document", 20_000, 2048),
    target("email", 3_000, 300),
    target("header", 10_000, 2048),
    target("image", 100, 4096),
    target("names", 100_000, 128),
    target("pages", 300, 384),
    target("parse", 10_000, 512),
    target("part", 5_000, 600),
    target("passphrase", 100, 4096),
    target("payload", 60, 512),
    target("pdf", 1_000, 8192),
    target("print", 6_000, 4096),
    target("record", 10_000, 2048),
    target("server", 100_000, 64),
    target("settings", 20_000, 256),
    target("unzip", 300, 2048),
];

/// What a run by hand tries.
#[derive(Debug, PartialEq)]
enum Plan {
    /// Every target for this many minutes.
    Minutes(NonZeroU16),
    /// One target, with this many inputs.
    Runs(&'static Target, NonZeroU64),
}

impl Plan {
    fn parse(words: &[String]) -> Result<Self, Failed> {
        match words {
            [minutes] => minutes
                .parse()
                .map(Self::Minutes)
                .map_err(|_| Failed::new("The number of minutes must be 1 or more.")),
            [runs_flag, runs, target_flag, name]
                if runs_flag == "--runs" && target_flag == "--target" =>
            {
                let target = TARGETS.iter().find(|target| target.name == name);
                let target = target.ok_or_else(|| {
                    Failed::new(format!(
                        "No fuzz target is called `{name}`: docs/fuzzing.md"
                    ))
                })?;
                let runs = runs
                    .parse()
                    .map_err(|_| Failed::new("The number of runs must be 1 or more."))?;
                Ok(Self::Runs(target, runs))
            }
            _ => Err(Failed::new(
                "`cargo xtask fuzz MINUTES` or `cargo xtask fuzz --runs N --target NAME`",
            )),
        }
    }
}

/// Runs each target for some minutes, or one of them some number of times.
pub(crate) fn fuzz(words: &[String]) -> CommandResult {
    let plan = Plan::parse(words)?;
    packages::provide(&[packages::FUZZ])?;
    let host = host()?;
    run(&mut build(&host))?;
    match plan {
        Plan::Minutes(minutes) => TARGETS.iter().try_for_each(|target| {
            let limit = format!("-max_total_time={}", 60 * u32::from(minutes.get()));
            run(fuzz_target(&host, target, "grown").arg(limit))
        }),
        Plan::Runs(target, runs) => {
            run(fuzz_target(&host, target, "grown").arg(format!("-runs={runs}")))
        }
    }
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

/// Words of some targets' formats, for libFuzzer to put into inputs.
const DICTIONARIES: &str = "tests/fuzz/dictionaries";

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
    let dictionary = Path::new(DICTIONARIES).join(target.name);
    if root().join(&dictionary).exists() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
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

    /// The names in backquotes in this column of the table under a heading of docs/fuzzing.md.
    fn documented(heading: &str, column: usize) -> Vec<String> {
        let page = fs::read_to_string(root().join("docs/fuzzing.md")).unwrap();
        let section = page.split("\n## ").find(|it| it.starts_with(heading));
        let rows = section.unwrap().lines().filter(|it| it.starts_with("| "));
        let cells = rows.filter_map(|row| row.split('|').nth(column + 1));
        let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names
    }

    fn names() -> Vec<String> {
        let mut names = TARGETS.map(|target| target.name.to_owned()).to_vec();
        names.sort();
        names
    }

    #[test]
    fn every_target_is_run_and_has_a_corpus() {
        assert_eq!(names_in("targets"), names());
        assert_eq!(names_in("corpus"), names());
        let dictionaries = names_in("dictionaries");
        assert!(dictionaries.iter().all(|it| names().contains(it)));
    }

    #[test]
    fn every_target_is_documented_with_its_parsers_and_its_figures() {
        let mut parsers = documented("Parsers and their targets", 3);
        parsers.dedup();
        assert_eq!(parsers, names());
        assert_eq!(documented("Runs by hand", 0), names());
    }

    fn plan(words: &[&str]) -> Option<Plan> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Plan::parse(&words).ok()
    }

    #[test]
    fn a_number_below_one_and_an_unknown_target_are_rejected() {
        for number in ["0", "-1", "soon", ""] {
            assert_eq!(plan(&[number]), None, "{number:?}");
            let words = ["--runs", number, "--target", "header"];
            assert_eq!(plan(&words), None, "{number:?}");
        }
        assert_eq!(plan(&["--runs", "9", "--target", "footer"]), None);
        assert_eq!(plan(&["--target", "header", "--runs", "9"]), None);
        assert_eq!(plan(&[]), None);
    }

    #[test]
    fn minutes_are_for_all_targets_and_runs_for_one() {
        let ten = NonZeroU16::new(10).unwrap();
        assert_eq!(plan(&["10"]), Some(Plan::Minutes(ten)));
        let Some(Plan::Runs(target, runs)) = plan(&["--runs", "100000000", "--target", "header"])
        else {
            panic!("one target is run");
        };
        assert_eq!((target.name, runs.get()), ("header", 100_000_000));
    }
}
