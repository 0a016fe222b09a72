//! What the command was asked for.

use std::error::Error;
use std::path::PathBuf;

const USAGE: &str =
    "scan-bench DIR [--short] [--make] [--list] [--only WORD] [--photos DIR] [--opencv PYTHON]";

/// The words after the command.
pub(crate) struct Options {
    /// Where the pictures are kept.
    pub(crate) folder: PathBuf,
    /// A hundred pictures instead of all.
    pub(crate) short: bool,
    /// Make the pictures, read none.
    pub(crate) make: bool,
    /// A line for each picture.
    pub(crate) list: bool,
    /// Pictures whose subset or path has this word in it.
    pub(crate) only: Option<String>,
    /// Photographs of QR codes, pairs of PNG and TXT.
    pub(crate) photos: Option<PathBuf>,
    /// A Python interpreter that has OpenCV.
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
