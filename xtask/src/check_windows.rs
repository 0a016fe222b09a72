//! `cargo xtask check-windows`: type-checks everything for Windows, from Debian. By hand.
//!
//! The Rust in use may have no standard library for Windows. Debian has a compiler together with the
//! library's source; it is unpacked beside the system, installs nothing, and builds the library first.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failed::{Failed, Outcome};
use crate::program::{answer, own_folder, program, run};
use crate::{packages, ui};

const TARGET: &str = "x86_64-pc-windows-gnu";
const COMPILER: [&str; 4] = [
    "rustc-web",
    "cargo-web",
    "libstd-rust-web-dev",
    "rust-web-src",
];

/// Type-checks the whole workspace for Windows.
pub(crate) fn check_windows() -> Outcome {
    println!(
        "This is run by hand after a change to what differs between systems, never by \
         `cargo xtask test`: the first time takes about ten minutes."
    );
    if answer(&mut program("dpkg", ["--version"])).is_none() {
        return Err(Failed::new(
            "This checks the Windows build from Debian. On Windows itself, `cargo check` does.",
        ));
    }
    packages::provide(&[packages::WINDOWS])?;
    ui::require_node()?;
    ui::provide_packages()?;
    ui::build()?;

    let compiler = unpacked_compiler()?;
    let programs = compiler.join("usr/bin");
    let libraries = compiler.join("usr/lib").join(machine()?);
    let mut check = program(
        programs.join("cargo"),
        ["check", "-Zbuild-std=std,panic_abort", "--target", TARGET],
    );
    run(check
        .args(["--workspace", "--features", "custom-protocol"])
        .env("RUSTC", programs.join("rustc"))
        .env("RUSTDOC", programs.join("rustdoc"))
        .env("LD_LIBRARY_PATH", libraries)
        // `-Z` is for nightly compilers, and this one is stable.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", own_folder("windows")))
}

/// Debian's name for this machine's kind in library paths, such as `x86_64-linux-gnu`.
fn machine() -> Result<String, Failed> {
    answer(&mut program("gcc", ["-print-multiarch"]))
        .ok_or_else(|| Failed::new("`gcc -print-multiarch` has no answer: install gcc."))
}

/// The folder with the compiler, downloaded and unpacked when it is not there yet.
fn unpacked_compiler() -> Result<PathBuf, Failed> {
    let folder = own_folder("windows-toolchain");
    if folder.join("usr/bin/cargo").exists() {
        return Ok(folder);
    }
    // Unpacked under another name first: a folder with the final name is a whole one.
    let unfinished = own_folder("windows-toolchain.unfinished");
    fresh(&unfinished)?;
    let mut download = program("apt-get", ["download"]);
    run(download.args(missing_packages()?).current_dir(&unfinished))?;
    for file in files(&unfinished)? {
        run(program("dpkg", ["--extract"]).arg(&file).arg(&unfinished))?;
        fs::remove_file(&file).map_err(|error| on(&file, &error))?;
    }
    fs::rename(&unfinished, &folder).map_err(|error| on(&folder, &error))?;
    Ok(folder)
}

/// The compiler's packages and the libraries that it asks for beyond what this system has.
fn missing_packages() -> Result<Vec<String>, Failed> {
    let mut simulate = program(
        "apt-get",
        ["install", "--simulate", "--no-install-recommends"],
    );
    let plan = answer(simulate.args(COMPILER)).ok_or_else(|| {
        Failed::new(format!(
            "apt does not know {}. Run `sudo apt-get update`; they are in Debian 12's security archive.",
            COMPILER.join(", ")
        ))
    })?;
    let mut names: Vec<String> = plan
        .lines()
        .filter_map(installs)
        .map(str::to_owned)
        .collect();
    // What the system has already is not in the plan, but is wanted in the folder.
    for name in COMPILER {
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// The package that a line of apt's plan would install.
fn installs(line: &str) -> Option<&str> {
    line.strip_prefix("Inst ")?.split(' ').next()
}

fn fresh(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| on(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| on(folder, &error))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|it| it.path())).collect())
        .map_err(|error| on(folder, &error))
}

fn on(path: &Path, error: &std::io::Error) -> Failed {
    Failed::new(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apts_plan_names_the_packages_that_it_would_install() {
        assert_eq!(
            installs("Inst rustc-web (1.96.0+dfsg1-1~deb12u2 Debian-Security:12 [amd64])"),
            Some("rustc-web")
        );
        assert_eq!(
            installs("Conf rustc-web (1.96.0+dfsg1-1~deb12u2 [amd64])"),
            None
        );
    }
}
