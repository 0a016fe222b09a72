//! A display without a screen, whose picture can be read without the window's help.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use image::RgbImage;
use tempfile::TempDir;

use crate::group::Group;

/// An X server in memory. Dropping it ends it.
pub(crate) struct Display {
    _server: Group,
    name: String,
    /// The folder in which the server keeps its picture.
    buffer: TempDir,
}

/// Width and height in pixels.
const SIZE: (u32, u32) = (1920, 1080);

impl Display {
    /// Starts a server on a free display number.
    pub(crate) fn start() -> Self {
        let buffer = tempfile::tempdir().expect("a temporary folder");
        let (width, height) = SIZE;
        let mut command = Command::new("Xvfb");
        // A server that resets when its last program ends refuses the next one meanwhile.
        command
            .args(["-displayfd", "1", "-nolisten", "tcp", "-ac", "-noreset"])
            .args(["-screen", "0", &format!("{width}x{height}x24")])
            .arg("-fbdir")
            .arg(buffer.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Group::start(command);
        let mut number = String::new();
        let output = server.leader().stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut number)
            .expect("Xvfb says its display");
        let name = format!(":{}", number.trim());
        Self {
            _server: server,
            name,
            buffer,
        }
    }

    /// Returns what it shows now. The server's file is an X window dump: a header, whose first word
    /// is its length and whose twentieth word is the number of colours, then twelve bytes for each
    /// colour, then four bytes for each pixel.
    pub(crate) fn picture(&self) -> RgbImage {
        let dump = fs::read(self.buffer.path().join("Xvfb_screen0"))
            .expect("the server keeps what it shows");
        let word = |at: usize| {
            let bytes = dump[4 * at..4 * at + 4].try_into().expect("four bytes");
            u32::from_be_bytes(bytes) as usize
        };
        let pixels = &dump[word(0) + 12 * word(19)..];
        let (width, height) = SIZE;
        RgbImage::from_fn(width, height, |x, y| {
            let at = 4 * (y * width + x) as usize;
            image::Rgb([pixels[at + 2], pixels[at + 1], pixels[at]])
        })
    }

    /// Returns its name as in `DISPLAY`, such as `:1`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
