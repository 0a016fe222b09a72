//! The web UI: its packages and its build.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::failed::{CommandResult, Failed};
use crate::program::{answer, npm, program, root, run};

/// The oldest Node that Vite 8 runs on.
const NODE: (u32, u32) = (20, 19);

/// Fails if Node is missing or too old.
pub(crate) fn require_node() -> CommandResult {
    let have = answer(&mut program("node", ["--version"]));
    let (major, minor) = NODE;
    match have.as_deref().map(version) {
        Some(Some(have)) if have >= NODE => Ok(()),
        _ => Err(Failed::new(format!(
            "The UI is built with Node {major}.{minor} or newer, and this is {}. \
             Install it from https://nodejs.org or your system's packages, then start again.",
            have.as_deref().unwrap_or("a computer without it")
        ))),
    }
}

/// Parses `v20.19.2` as `(20, 19)`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Installs the UI's packages if they are older than the lock file.
pub(crate) fn provide_packages() -> CommandResult {
    match install() {
        Some(mut command) => {
            println!("The UI's packages are missing or older than ui/package-lock.json.");
            run(&mut command)
        }
        None => Ok(()),
    }
}

/// Returns the command that installs the UI's packages, or `None` if they are up to date.
pub(crate) fn install() -> Option<Command> {
    let ui = root().join("ui");
    // npm writes this file last, so its age is that of a finished installation.
    let fresh = match (
        changed(&ui.join("node_modules/.package-lock.json")),
        changed(&ui.join("package-lock.json")),
    ) {
        (Some(installed), Some(locked)) => installed >= locked,
        _ => false,
    };
    (!fresh).then(|| npm(["ci", "--no-audit", "--no-fund"]))
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}

/// Builds the UI into `ui/dist`, which the app embeds when it is compiled.
pub(crate) fn build() -> CommandResult {
    run(&mut npm(["run", "build"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_compared_as_numbers() {
        assert_eq!(version("v20.19.2"), Some((20, 19)));
        assert!(version("v9.0.0") < Some(NODE));
        assert!(version("v22.1.0") > Some(NODE));
        assert_eq!(version("not a version"), None);
    }
}
