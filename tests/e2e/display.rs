//! A display without a screen.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// An X server in memory. Dropping it ends it.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts a server on a display number that is free.
    pub(crate) fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x1024x24",
                "-nolisten",
                "tcp",
                "-ac",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts; `cargo xtask e2e` installs it");
        let mut number = String::new();
        let output = server.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut number)
            .expect("Xvfb says its display");
        let name = format!(":{}", number.trim());
        Self { server, name }
    }

    /// Its name as in `DISPLAY`, such as `:1`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may be gone already, which is what is wanted.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
