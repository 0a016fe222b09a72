//! A child, seen from outside and from inside.

use std::fs::File;
use std::io;
use std::process::{self, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Program, system};

/// A process that scans. Dropping it ends it.
pub(super) struct Child {
    pub(super) input: ChildStdin,
    pub(super) output: ChildStdout,
    pub(super) body: Body,
}

/// What of it can be watched and ended while its pipes are in use.
pub(super) struct Body {
    process: process::Child,
    /// What the system holds it by.
    hold: system::Hold,
    /// Whether it has been ended, or is about to end.
    spent: bool,
}

impl Child {
    /// Starts one: with nothing in its environment but what the loader of libraries needs, in the root folder, with two pipes
    /// and nothing else.
    pub(super) fn start(program: &Program) -> io::Result<Child> {
        let mut command = Command::new(&program.path);
        command
            .args(&program.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        for name in system::ENVIRONMENT {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        system::prepare(&mut command);
        let mut process = command.spawn()?;
        match (
            process.stdin.take(),
            process.stdout.take(),
            system::hold(&process),
        ) {
            (Some(input), Some(output), Ok(hold)) => Ok(Child {
                input,
                output,
                body: Body {
                    process,
                    hold,
                    spent: false,
                },
            }),
            (_, _, hold) => {
                // It may have ended already.
                let _ = process.kill();
                let _ = process.wait();
                Err(hold.err().unwrap_or(io::ErrorKind::BrokenPipe.into()))
            }
        }
    }
}

impl Body {
    /// Whether it waits for something to do.
    pub(super) fn is_alive(&mut self) -> bool {
        !self.spent && matches!(self.process.try_wait(), Ok(None))
    }

    /// Whether it has more memory than it may, where the system itself does not see to that.
    pub(super) fn is_too_large(&self) -> bool {
        system::is_too_large(&self.hold)
    }

    /// Ends it at once, whatever it is doing.
    pub(super) fn end(&mut self) {
        self.spent = true;
        // One that has ended by itself cannot be killed, and one that was waited for is waited for no more.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Waits until it has ended by itself, but no longer than until `end`.
    pub(super) fn wait(&mut self, end: Instant) -> Option<ExitStatus> {
        self.spent = true;
        loop {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Some(status);
            }
            if Instant::now() >= end {
                self.end();
                return None;
            }
            sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.end();
    }
}

/// Inside: answers what the parent asks, once everything that is not needed for that has been given up.
pub(super) fn serve() -> io::Result<()> {
    // Files of their own, past the buffers of the standard library, which are not wiped.
    let (mut input, mut output): (File, File) = system::standard_files()?;
    system::confine()?;
    scan::remote::serve(&mut input, &mut output)
}
