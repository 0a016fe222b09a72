//! Running other programs, from the root of the repository.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failed::{CommandResult, Failed};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Returns the folder for programs and toolchains that belong to this checkout alone.
pub(crate) fn own_folder(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// Returns a command that runs `name` with `arguments` from the root.
pub(crate) fn program<S: AsRef<OsStr>>(
    name: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).args(arguments);
    command
}

/// Returns a command for the cargo that runs this program.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    program(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        arguments,
    )
}

/// Returns a command for npm in the UI's folder.
pub(crate) fn npm<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    command.current_dir(root().join("ui"));
    command
}

/// Returns the command as a person would type it.
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

/// Prints the command and runs it in this terminal.
pub(crate) fn run(command: &mut Command) -> CommandResult {
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

/// Returns the output of the command, or `None` if it fails or is not installed.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs an example of this package in the current folder, without printing the command. Returns
/// whether it succeeded. Commands that need the app's crates are examples, so that the others
/// build at once.
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

/// Runs the command without printing it, so that its output can be redirected to a file. Returns
/// whether it succeeded.
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
    fn a_command_is_shown_as_a_person_would_type_it() {
        let command = program("/usr/bin/cargo", ["test", "--", "two words"]);
        assert_eq!(words(&command), "cargo test -- 'two words'");
    }
}
