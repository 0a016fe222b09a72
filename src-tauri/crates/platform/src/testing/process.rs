//! Child processes of a test.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than a daemon takes to start on a machine under load.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A process that is killed when this is dropped.
pub(super) struct Running(pub(super) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `command`. An error names the program, which may not be installed.
pub(super) fn spawn(mut command: Command) -> io::Result<Child> {
    command.spawn().map_err(|error| {
        let program = command.get_program().to_string_lossy();
        io::Error::new(error.kind(), format!("{program}: {error}"))
    })
}

/// Clears the environment of `command` and sends its output to `<name>.log` in `folder`.
pub(super) fn logged(mut command: Command, folder: &Path, name: &str) -> io::Result<Command> {
    let log = File::create(folder.join(format!("{name}.log")))?;
    command
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

/// Sleeps briefly before another attempt. After `deadline` it returns an error with this text.
pub(super) fn pause(deadline: Instant, otherwise: &str) -> io::Result<()> {
    if Instant::now() > deadline {
        return Err(io::Error::new(io::ErrorKind::TimedOut, otherwise));
    }
    thread::sleep(Duration::from_millis(5));
    Ok(())
}
