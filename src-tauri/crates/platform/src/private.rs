//! Files and folders that only their owner can access. Unix uses the mode. On Windows the access
//! list of the profile's folders excludes other users, and new files inherit it.

use std::io;
use std::path::Path;

use wallet::disk::{Disk as _, RealDisk, parent};

/// Creates the folder and its parents, and restricts the folder itself to its owner (0700). Fails
/// on a file system that cannot restrict it.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    create_encrypted_folder(path)?;
    restrict(path, 0o700)
}

/// The same for a folder of encrypted files, which are on a file system that cannot restrict it
/// (FAT, a drive of another computer) as well.
pub(crate) fn create_encrypted_folder(path: &Path) -> io::Result<()> {
    let mut missing: Vec<_> = path.ancestors().take_while(|it| is_missing(it)).collect();
    if let Some(existing) = path.ancestors().nth(missing.len()) {
        // An earlier start may have created it and ended before it was durable. If it cannot be
        // synced, it is no worse than before.
        let _ = make_durable(existing);
    }
    // From the top down: a folder is created only in one that is durable.
    while let Some(folder) = missing.pop() {
        create_one(folder)?;
        make_durable(folder)?;
    }
    // Fails if something else has the name.
    std::fs::create_dir_all(path)?;
    let _ = restrict(path, 0o700);
    Ok(())
}

fn is_missing(folder: &Path) -> bool {
    !folder.as_os_str().is_empty() && !folder.exists()
}

/// Creates a folder for its owner alone (0700). One that is there meanwhile is left as it is.
fn create_one(folder: &Path) -> io::Result<()> {
    match RealDisk.make_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        created => created,
    }
}

/// Makes the name of a folder durable. Without it, a power loss may take the folder with every file
/// that was synced in it.
fn make_durable(folder: &Path) -> io::Result<()> {
    match RealDisk.sync_folder(parent(folder)) {
        // A folder that may be written and not read cannot be synced.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    }
}

/// Restricts a file to its owner (0600).
pub(crate) fn restrict_file(path: &Path) -> io::Result<()> {
    restrict(path, 0o600)
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let is_restricted = || -> io::Result<bool> {
        Ok(std::fs::metadata(path)?.permissions().mode() & 0o777 & !mode == 0)
    };
    if is_restricted()? {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?;
    // Some file systems accept the change and do nothing.
    match is_restricted()? {
        true => Ok(()),
        false => Err(io::ErrorKind::Unsupported.into()),
    }
}

#[cfg(not(unix))]
fn restrict(path: &Path, _mode: u32) -> io::Result<()> {
    std::fs::metadata(path).map(|_| ())
}
