//! OpenCV, through its Python package: a child process that gets pictures over a pipe.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use scan::GreyPage;

use super::Engine;

/// What the child runs.
const SCRIPT: &str = include_str!("../../opencv.py");

pub(super) struct OpenCv {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl OpenCv {
    /// `python` is an interpreter that has the package `opencv-python-headless`.
    pub(super) fn start(python: &Path) -> Result<OpenCv, Box<dyn Error>> {
        let mut child = Command::new(python)
            .args(["-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        let to = child.stdin.take().ok_or("a pipe that was asked for")?;
        let from = child.stdout.take().ok_or("a pipe that was asked for")?;
        let from = BufReader::new(from);
        let mut engine = OpenCv { child, to, from };
        // A child that lacks the package says so here, not as a row of zeros.
        engine.ask(2, 2, &[255; 4])?;
        Ok(engine)
    }

    fn ask(&mut self, width: u32, height: u32, pixels: &[u8]) -> io::Result<Vec<String>> {
        self.to.write_all(&width.to_le_bytes())?;
        self.to.write_all(&height.to_le_bytes())?;
        self.to.write_all(pixels)?;
        self.to.flush()?;
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.split_whitespace().filter_map(unhex).collect())
    }
}

fn unhex(hex: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect();
    String::from_utf8(bytes?).ok()
}

impl Engine for OpenCv {
    fn name(&self) -> &'static str {
        "OpenCV"
    }

    /// A child that has ended ends the run: its silence would count as pictures that it cannot read.
    fn read(&mut self, page: &GreyPage, _ours: bool) -> Vec<String> {
        self.ask(page.width(), page.height(), page.pixels())
            .unwrap_or_else(|error| {
                eprintln!("OpenCV's process: {error}");
                std::process::exit(1);
            })
    }
}

impl Drop for OpenCv {
    fn drop(&mut self) {
        // It may be gone already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
