//! Programs that end with the journey that started them, even if the journey is killed.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

/// A program in a process group of its own, together with everything that it starts. Dropping it
/// kills the group. So does the end of the test process, however it ends.
pub(crate) struct Group {
    leader: Child,
    /// A shell that waits for the end of its input, which is a pipe from this process, and then
    /// kills the group. The kernel closes the pipe when this process ends.
    ///
    /// The kernel's parent-death signal (`PR_SET_PDEATHSIG`) reaches a direct child only, and the
    /// app is a grandchild of the WebDriver server.
    guard: Child,
}

impl Group {
    /// Starts `command`. A program that is not installed is reported by its name.
    pub(crate) fn start(mut command: Command) -> Self {
        let leader = command.process_group(0).spawn().unwrap_or_else(|error| {
            let program = command.get_program().to_string_lossy();
            panic!("{program} starts; `cargo xtask e2e` installs it: {error}")
        });
        let guard = guard(leader.id()).expect("a shell starts");
        Self { leader, guard }
    }

    /// The process that was started.
    pub(crate) fn leader(&mut self) -> &mut Child {
        &mut self.leader
    }

    /// The identifier of the process that was started, and of the group.
    pub(crate) fn id(&self) -> u32 {
        self.leader.id()
    }

    /// The input of a process that was started with a pipe.
    pub(crate) fn input(&mut self) -> ChildStdin {
        self.leader.stdin.take().expect("its input is piped")
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The guard ends first: once the leader is reaped, its identifier may be given away.
        let _ = self.guard.kill();
        let _ = self.guard.wait();
        kill(&format!("-{}", self.leader.id()));
        let _ = self.leader.wait();
    }
}

/// Kills a process, or a group if the identifier is negative. One that has ended is no error.
pub(crate) fn kill(process: &str) {
    signal("KILL", process);
}

/// Sends a signal to a process, or to a group if the identifier is negative. One that has ended is
/// no error.
pub(crate) fn signal(name: &str, process: &str) {
    let _ = Command::new("kill")
        .args(["-s", name, "--", process])
        .stderr(Stdio::null())
        .status();
}

fn guard(group: u32) -> io::Result<Child> {
    Command::new("sh")
        .args(["-c", r#"read -r _; kill -s KILL -- "-$0""#])
        .arg(group.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Interrupting the test from a terminal must not end the guard before the group.
        .process_group(0)
        .spawn()
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;
    use crate::driver::{processes, wait_until};

    fn is_running(id: u32) -> bool {
        processes().iter().any(|it| it.id == id)
    }

    /// A shell that starts a program and waits for it; returns both.
    fn family() -> (Group, u32) {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & wait"]);
        let group = Group::start(command);
        let mut child = None;
        wait_until("the shell has a child", || {
            let parent = group.id();
            child = processes()
                .iter()
                .find(|it| it.parent == parent && it.name == "sleep")
                .map(|it| it.id);
            child.is_some()
        });
        (group, child.expect("it was found"))
    }

    #[test]
    fn a_dropped_group_ends_with_all_that_it_started() {
        let (group, child) = family();
        let leader = group.id();
        drop(group);
        wait_until("the group ends", || {
            !is_running(leader) && !is_running(child)
        });
    }

    #[test]
    fn a_group_ends_when_its_owner_is_killed() {
        let (mut group, child) = family();
        // What the kernel does when the owner ends.
        drop(group.guard.stdin.take());
        wait_until("the group ends", || !is_running(child));
        let _ = group.leader().wait();
    }

    #[test]
    fn a_group_outlives_a_quiet_moment() {
        let (group, child) = family();
        sleep(Duration::from_millis(200));
        assert!(is_running(group.id()) && is_running(child));
    }
}
