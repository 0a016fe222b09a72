//! A child process, from the parent's side and from its own.

use std::fs::File;
use std::io;
use std::process::{self, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use scan::remote::Reads;

use super::program::{ANYWAY, Program};
use super::system;

/// A process that scans. Dropping it ends the process.
pub(super) struct Child {
    pub(super) input: ChildStdin,
    pub(super) output: ChildStdout,
    pub(super) body: Body,
    pub(super) unrestricted: Unrestricted,
}

/// What a child does where the system does not let it give up a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unrestricted {
    /// It reads no foreign file and says so.
    Refuses,
    /// It reads anyway, which the person agreed to.
    Reads,
}

/// Why no child was started.
#[derive(Debug)]
pub(super) enum StartError {
    /// The program cannot be run.
    NotRun,
    /// The system does not let this process restrict it.
    Unprotected,
}

/// The process apart from its pipes, so that it can be observed and killed while they are in use.
pub(super) struct Body {
    process: process::Child,
    /// The operating system's handle on the process; none where it gives none and the child reads
    /// anyway.
    hold: Option<system::Hold>,
    /// True once the process has exited or was told to.
    spent: bool,
}

impl Child {
    /// Starts a child with two pipes, in the root folder. Its environment holds only what the
    /// dynamic loader needs.
    pub(super) fn start(
        program: &Program,
        unrestricted: Unrestricted,
    ) -> Result<Child, StartError> {
        let mut command = Command::new(&program.path);
        command
            .args(&program.arguments)
            .args((unrestricted == Unrestricted::Reads).then_some(ANYWAY))
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
        let mut process = command.spawn().map_err(|_| StartError::NotRun)?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let body = Body {
            hold: system::hold(&process).ok(),
            process,
            spent: false,
        };
        if body.hold.is_none() && unrestricted == Unrestricted::Refuses {
            return Err(StartError::Unprotected);
        }
        match (input, output) {
            (Some(input), Some(output)) => Ok(Child {
                input,
                output,
                body,
                unrestricted,
            }),
            _ => Err(StartError::NotRun),
        }
    }
}

impl Body {
    /// Returns true if the process runs and can take a request.
    pub(super) fn is_alive(&mut self) -> bool {
        !self.spent && matches!(self.process.try_wait(), Ok(None))
    }

    /// Returns true if the process exceeds its memory limit and the kernel does not enforce it.
    pub(super) fn is_too_large(&self) -> bool {
        self.hold.as_ref().is_some_and(system::is_too_large)
    }

    /// Processor time that the process has used since it started, all threads together. `None` if
    /// the operating system does not say.
    pub(super) fn cpu_time(&self) -> Option<Duration> {
        self.hold.as_ref().and_then(system::cpu_time)
    }

    /// Kills the process.
    pub(super) fn end(&mut self) {
        self.spent = true;
        // A process that exited by itself cannot be killed, and one that was waited for is not
        // waited for again.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Waits until the process exits by itself, and kills it at `deadline`.
    pub(super) fn wait(&mut self, deadline: Instant) -> Option<ExitStatus> {
        self.spent = true;
        loop {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Some(status);
            }
            if Instant::now() >= deadline {
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

/// Runs in the child: drops all rights that scanning does not need, then answers the parent.
pub(super) fn serve(unrestricted: Unrestricted) -> io::Result<()> {
    // First: whatever the parent had open by accident is closed before anything else.
    let closed = system::close_inherited();
    // Plain files, because the buffers of the standard library's handles are not wiped.
    let (mut input, mut output): (File, File) = system::standard_files()?;
    let confined = system::confine();
    let reads = match (closed.and(confined), unrestricted) {
        (Ok(()), _) | (Err(_), Unrestricted::Reads) => Reads::All,
        (Err(_), Unrestricted::Refuses) => Reads::Own,
    };
    scan::remote::serve(&mut input, &mut output, reads)
}
