//! Options of the command.

use std::error::Error;
use std::path::PathBuf;

const USAGE: &str =
    "scan-bench DIR [--short] [--make] [--list] [--only WORD] [--photos DIR] [--opencv PYTHON]";

/// Parsed command line.
pub(crate) struct Options {
    /// Folder of the pictures.
    pub(crate) folder: PathBuf,
    /// Use a hundred pictures instead of all.
    pub(crate) short: bool,
    /// Make the pictures without reading them.
    pub(crate) make: bool,
    /// Print one line per picture.
    pub(crate) list: bool,
    /// Use only pictures whose subset or path contains this word.
    pub(crate) only: Option<String>,
    /// Folder with photographs of QR codes, as pairs of PNG and TXT.
    pub(crate) photos: Option<PathBuf>,
    /// Python interpreter with OpenCV.
    pub(crate) opencv: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(words: &[String]) -> Result<Options, Box<dyn Error>> {
        let mut folder = None;
        let (mut short, mut make, mut list) = (false, false, false);
        let (mut only, mut photos, mut opencv) = (None, None, None);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--short" => short = true,
                "--make" => make = true,
                "--list" => list = true,
                "--only" => only = Some(words.next().ok_or(USAGE)?.clone()),
                "--photos" => photos = Some(PathBuf::from(words.next().ok_or(USAGE)?)),
                "--opencv" => opencv = Some(PathBuf::from(words.next().ok_or(USAGE)?)),
                _ if word.starts_with('-') || folder.is_some() => return Err(USAGE.into()),
                _ => folder = Some(PathBuf::from(word)),
            }
        }
        Ok(Options {
            folder: folder.ok_or(USAGE)?,
            short,
            make,
            list,
            only,
            photos,
            opencv,
        })
    }
}
