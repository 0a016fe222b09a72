//! The program that is started as a child.

use std::ffi::OsString;
use std::path::PathBuf;

use super::system;

/// The first argument of a child.
pub const ARGUMENT: &str = "--scan-for-the-parent";

/// The second argument of a child that reads even if it cannot be restricted.
pub(super) const ANYWAY: &str = "--even-unrestricted";

/// An executable and its arguments.
#[derive(Clone, Debug)]
pub struct Program {
    /// Path of the executable.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// This program: the file that is running, even if another version has replaced it since.
    pub(super) fn this() -> Program {
        Program {
            path: system::this_program(),
            arguments: vec![ARGUMENT.into()],
        }
    }
}
