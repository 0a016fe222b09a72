//! Opens a kit with its code.

use age::DecryptError;
use code::BackupCode;
use thiserror::Error;

use crate::age_file::{AgeFile, failure};
use crate::passphrase::MOST_WORK;
use crate::{IDENTITY_LIMIT, KitContents, WALLET_LIMIT, document, identity};

/// Why a kit, or what recovery pages hold, does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The files are something else, or longer than a kit's can be.
    #[error("this is neither a recovery kit nor what recovery pages hold")]
    NotAKit,
    /// `identity.age` was encrypted with another code. Damage to the few bytes that the code opens looks the same.
    #[error("this code does not open this kit")]
    WrongCode,
    /// Opening `identity.age` would take more memory and time than this program gives.
    #[error("the kit asks for scrypt with log N = {work}, and {MOST_WORK} is the most")]
    TooCostly {
        /// The log₂ N that it asks for.
        work: u32,
    },
    /// This computer does not have the memory that it takes.
    #[error("there is not enough memory to open the kit")]
    OutOfMemory,
    /// The code is right, but `identity.age` does not open `wallet.age`: they are of two kits. Damage to the few bytes
    /// that the identity opens looks the same.
    #[error("the two files are not of the same kit")]
    NotTogether,
    /// A file was altered or cut off, or its contents are ill-formed.
    #[error("the kit is damaged")]
    Damaged,
    /// A newer version of the program wrote it.
    #[error("a newer version made this kit")]
    NewerVersion,
}

/// What the kit keeps, given the bytes of `identity.age` and `wallet.age`.
///
/// Lengths are checked before anything is decrypted: [`IDENTITY_LIMIT`], [`WALLET_LIMIT`], and 2,048 bytes for each
/// header. Takes a tenth of a second and 32 MiB for a kit that [`crate::make`] made, up to 4 GiB for one that was made
/// with log₂ N = 22, and two to three times the size of `wallet.age`.
///
/// # Errors
/// See [`OpenError`].
pub fn open(
    identity_age: &[u8],
    wallet_age: &[u8],
    code: &BackupCode,
) -> Result<KitContents, OpenError> {
    let identity_file = AgeFile::new(identity_age, IDENTITY_LIMIT)?;
    let wallet_file = AgeFile::new(wallet_age, WALLET_LIMIT)?;
    let identity = identity::unlock(&identity_file, code)?;
    let json = wallet_file
        .decrypt(&identity)
        .map_err(|error| match error {
            DecryptError::NoMatchingKeys => OpenError::NotTogether,
            error => failure(&error),
        })?;
    document::read(&json)
}
