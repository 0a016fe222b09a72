//! Files and folders that are one person's alone. On Unix that is their mode; on Windows a profile's folders
//! keep other users out by their access list, which what is made in them inherits.

use std::io;
use std::path::Path;

/// Makes the folder and those above it, and makes the folder itself its owner's alone (0700).
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)?;
    mend(path, 0o700)
}

/// Makes a file its owner's alone (0600) where it was not.
pub(crate) fn mend_file(path: &Path) -> io::Result<()> {
    mend(path, 0o600)
}

#[cfg(unix)]
fn mend(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let found = std::fs::metadata(path)?.permissions();
    if found.mode() & 0o777 & !mode == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn mend(path: &Path, _mode: u32) -> io::Result<()> {
    std::fs::metadata(path).map(|_| ())
}
