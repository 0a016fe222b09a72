//! OpenCV through its Python package, in a child process that gets pictures over a pipe.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use raster::LumaImage;

use super::Engine;

/// Program of the child process.
const SCRIPT: &str = include_str!("../../opencv.py");

pub(super) struct OpenCv {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl OpenCv {
    /// Starts `python`, an interpreter with the package `opencv-python-headless`.
    pub(super) fn start(python: &Path) -> Result<OpenCv, Box<dyn Error>> {
        let mut child = Command::new(python)
            .args(["-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        let to = child.stdin.take().ok_or("the child has no pipe")?;
        let from = child.stdout.take().ok_or("the child has no pipe")?;
        let from = BufReader::new(from);
        let mut engine = OpenCv { child, to, from };
        // Fail here if the package is missing, instead of reporting zeros.
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

    /// Ends the run if the child has ended; otherwise its pictures would count as not read.
    fn read(&mut self, page: &LumaImage, _ours: bool) -> Vec<String> {
        self.ask(page.width(), page.height(), page.pixels())
            .unwrap_or_else(|error| {
                eprintln!("OpenCV's process: {error}");
                std::process::exit(1);
            })
    }
}

impl Drop for OpenCv {
    fn drop(&mut self) {
        // The child may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
