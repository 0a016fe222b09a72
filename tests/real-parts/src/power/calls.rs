//! The system calls that change a disk.

use std::path::PathBuf;

/// A file descriptor of the recorded program.
pub(crate) type Descriptor = i64;

/// One call, which succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Open {
        descriptor: Descriptor,
        path: PathBuf,
        create: bool,
        truncate: bool,
    },
    Close(Descriptor),
    /// Writes at the descriptor's position, which it advances.
    Write(Descriptor, Vec<u8>),
    /// Makes a file's bytes, or a folder's names, durable.
    Sync(Descriptor),
    MakeFolder(PathBuf),
    RemoveFolder(PathBuf),
    Remove(PathBuf),
    Link(PathBuf, PathBuf),
    Rename(PathBuf, PathBuf),
}
