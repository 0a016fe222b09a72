//! `cargo xtask check-windows`: type-checks everything for Windows on Debian. Run by hand.
//!
//! The installed Rust may lack a standard library for Windows. Debian packages a compiler with the
//! source of the library. It is unpacked into the target folder, without installing it, and builds
//! the library first.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failed::{CommandResult, Failed};
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
pub(crate) fn check_windows() -> CommandResult {
    println!(
        "This is run by hand after a change to what differs between systems, never by \
         `cargo xtask test`: the first time takes about ten minutes."
    );
    if answer(&mut program("dpkg", ["--version"])).is_none() {
        return Err(Failed::new(
            "This command needs Debian. On Windows itself, run `cargo check`.",
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

/// Returns Debian's name for the architecture in library paths, such as `x86_64-linux-gnu`.
fn machine() -> Result<String, Failed> {
    answer(&mut program("gcc", ["-print-multiarch"]))
        .ok_or_else(|| Failed::new("`gcc -print-multiarch` prints nothing: install gcc."))
}

/// Returns the folder of the compiler. Downloads and unpacks it if it is not there yet.
fn unpacked_compiler() -> Result<PathBuf, Failed> {
    let folder = own_folder("windows-toolchain");
    if folder.join("usr/bin/cargo").exists() {
        return Ok(folder);
    }
    // Unpacked under another name first: a folder with the final name is complete.
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

/// Returns the packages of the compiler and of the libraries that this system lacks.
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
    // Packages that the system has are not in the plan, but the folder needs them.
    for name in COMPILER {
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Returns the package that a line of apt's plan would install.
fn installs(line: &str) -> Option<&str> {
    line.strip_prefix("Inst ")?.split(' ').next()
}

fn fresh(folder: &Path) -> CommandResult {
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
    fn packages_are_read_from_the_plan_of_apt() {
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
