//! Running other programs: always from the root of the repository, always said first.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failed::{Failed, Outcome};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where programs and toolchains that belong to this checkout alone are kept.
pub(crate) fn own_folder(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// `name` with `arguments`, to be run from the root.
pub(crate) fn program<S: AsRef<OsStr>>(
    name: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).args(arguments);
    command
}

/// The cargo that runs this, with `arguments`.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    program(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        arguments,
    )
}

/// npm in the UI's folder, with `arguments`.
pub(crate) fn npm<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    command.current_dir(root().join("ui"));
    command
}

/// The command as a person would type it.
pub(crate) fn words(command: &Command) -> String {
    let name = Path::new(command.get_program());
    let name = name.file_stem().unwrap_or(name.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.contains(' ') {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Says the command, runs it with this terminal, and fails when it fails.
pub(crate) fn run(command: &mut Command) -> Outcome {
    println!("$ {}", words(command));
    let status = command
        .status()
        .map_err(|error| Failed::new(format!("`{}` does not start: {error}", words(command))))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failed::new(format!("`{}`: {status}", words(command))))
    }
}

/// What the command prints, or `None` when it is not there or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs an example of this package where the caller is, with its output alone; answers whether it
/// succeeded. What needs the app's crates is an example, so that the other commands are there at once.
pub(crate) fn example(name: &str, arguments: &[String]) -> Result<bool, Failed> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["run", "--quiet", "--package", "xtask", "--example", name])
        .arg("--manifest-path")
        .arg(root().join("Cargo.toml"))
        .arg("--")
        .args(arguments);
    alone(&mut command)
}

/// Runs the command with its output alone, so that it can go to a file; answers whether it succeeded.
pub(crate) fn alone(command: &mut Command) -> Result<bool, Failed> {
    let status = command
        .status()
        .map_err(|error| Failed::new(format!("`{}` does not start: {error}", words(command))))?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_said_as_a_person_would_type_it() {
        let command = program("/usr/bin/cargo", ["test", "--", "two words"]);
        assert_eq!(words(&command), "cargo test -- 'two words'");
    }
}
