//! The files of a kit: each content in an `age` file of its own, encrypted to the kit's identity.

use age::DecryptError;
use thiserror::Error;
use wallet::{FileId, FileRef};
use zeroize::Zeroizing;

use crate::age_file::{AgeFile, to_open_error};
use crate::make::encrypt;
use crate::{FILE_LIMIT, Identity, OpenError, Recipient, WriteError};

/// Name of the folder in a kit's folder that holds the files.
pub const FILES_FOLDER: &str = "files";

const EXTENSION: &str = ".age";

/// Reasons why a file of a kit is not what its item names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens, and its size or SHA-256 is another.
    #[error("the file's content is another than the item names")]
    Other,
}

/// Returns the name of a file in [`FILES_FOLDER`]: its id, `.age`.
pub fn file_name(id: FileId) -> String {
    format!("{id}{EXTENSION}")
}

/// Returns the id in a name that [`file_name`] gave; `None` if it gave no such name.
pub fn file_id(name: &str) -> Option<FileId> {
    name.strip_suffix(EXTENSION)?.parse().ok()
}

/// Encrypts a file's content for a kit.
///
/// # Errors
/// See [`WriteError`].
pub fn wrap_file(recipient: &Recipient, content: &[u8]) -> Result<Vec<u8>, WriteError> {
    Ok(encrypt(recipient, None, content)?)
}

impl Identity {
    /// Returns the content of a file, whose size and SHA-256 are those that an item names. At most
    /// [`FILE_LIMIT`] bytes are opened.
    ///
    /// # Errors
    /// See [`FileError`].
    pub fn open_file(
        &self,
        file_age: &[u8],
        named: &FileRef,
    ) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let content = self.decrypt_file(file_age)?;
        match named.is_of(&content) {
            true => Ok(content),
            false => Err(FileError::Other),
        }
    }

    fn decrypt_file(&self, file_age: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let file = AgeFile::new(file_age, FILE_LIMIT)?;
        #[cfg(feature = "testing")]
        if crate::simulation::is_on() {
            return crate::simulation::decrypt(file_age, &self.0);
        }
        file.decrypt(&self.0).map_err(|error| match error {
            DecryptError::NoMatchingKeys => OpenError::NotTogether,
            error => to_open_error(&error),
        })
    }
}
