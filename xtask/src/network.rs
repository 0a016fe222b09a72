//! A network that ends at this computer, for programs that must need no other.

use std::process::Command;

use crate::failed::Failed;
use crate::program::{answer, program};

/// Switches the loopback interface on and becomes the program that is named.
const BEGIN: &str = r#"ip link set lo up && exec "$@""#;

/// Returns `command` in a network namespace of its own, which has the loopback interface alone. On
/// Windows and macOS, where there are no journeys, `command` itself.
///
/// # Errors
/// The system lets this person make none.
pub(crate) fn loopback_alone(command: Command) -> Result<Command, Failed> {
    if !cfg!(target_os = "linux") {
        return Ok(command);
    }
    let is_root = answer(&mut program("id", ["-u"])).as_deref() == Some("0");
    let rights: &[&str] = match is_root {
        true => &[],
        // The right to switch the interface on, within the namespace alone.
        false => &["--map-current-user", "--keep-caps"],
    };
    let inside = |rest: &[&str]| {
        let begin = ["--net", "--", "sh", "-c", BEGIN, "sh"];
        program("unshare", rights.iter().chain(&begin).chain(rest).copied())
    };
    if answer(&mut inside(&["true"])).is_none() {
        return Err(Failed::new(
            "The journeys run in a network namespace of their own, which this system refuses. Run \
             them as root, or allow it: on Ubuntu with \
             `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`.",
        ));
    }
    let mut inside = inside(&[]);
    inside.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        inside.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => inside.env(name, value),
            None => inside.env_remove(name),
        };
    }
    Ok(inside)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    #[test]
    fn a_program_sees_the_loopback_interface_and_no_other() {
        let mut command = program(
            "sh",
            ["-c", "ip route | wc -l; ip -o link show up; echo $MARK"],
        );
        command.env("MARK", "kept");
        let told = answer(&mut loopback_alone(command).ok().unwrap()).unwrap();
        let lines: Vec<_> = told.lines().collect();
        assert_eq!((lines[0], lines.len()), ("0", 3), "{told}");
        assert!(lines[1].contains("lo:"), "{told}");
        assert_eq!(lines[2], "kept");
    }
}
