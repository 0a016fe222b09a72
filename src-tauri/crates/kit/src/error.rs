//! Errors of opening and of writing kits and pages.

use thiserror::Error;

use crate::limits::MAX_WORK;

/// Reasons why a kit or recovery pages cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The files are something else, or larger than those of a kit.
    #[error("this is neither a recovery kit nor the file of recovery pages")]
    NotAKit,
    /// `identity.age` was encrypted with another code. Damage to the few bytes that the code
    /// decrypts looks the same.
    #[error("this code does not open this kit")]
    WrongCode,
    /// Opening `identity.age` would take more memory and time than this program allows.
    #[error("the kit requires scrypt with log N = {work}, but the maximum is {MAX_WORK}")]
    TooCostly {
        /// The requested log₂ N.
        work: u32,
    },
    /// This computer has too little memory.
    #[error("there is not enough memory to open the kit")]
    OutOfMemory,
    /// The code is correct, but `identity.age` does not open `wallet.age`: the files belong to
    /// different kits. Damage to the few bytes that the identity decrypts looks the same.
    #[error("the two files belong to different kits")]
    NotTogether,
    /// A file was altered or truncated, or its contents are malformed.
    #[error("the kit is damaged")]
    Damaged,
    /// The kit was written by a newer version.
    #[error("the kit was made by a newer version")]
    NewerVersion,
}

/// Reasons why a kit cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The contents exceed 79 MiB, which would bring `wallet.age` close to [`crate::WALLET_LIMIT`].
    #[error("the contents are {size} bytes, which is too much for a kit")]
    TooLarge {
        /// Size of the JSON in bytes.
        size: usize,
    },
    /// This computer has too little memory.
    #[error("there is not enough memory to write the kit")]
    OutOfMemory,
    /// `age` failed to encrypt.
    #[error("the kit could not be encrypted")]
    Age(#[from] age::EncryptError),
}
