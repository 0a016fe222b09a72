//! Errors of opening a wallet and of writing the next file.

use thiserror::Error;

use crate::{FormatError, KdfError, MAX_CODE_SLOTS};

/// Reasons why a wallet did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The password is wrong. A damaged password slot looks the same.
    #[error("the password does not open this wallet")]
    WrongPassword,
    /// The code or the release key is not the one for which this slot was sealed.
    #[error("the code does not open this slot")]
    WrongCode,
    /// The wallet has no slot with this id.
    #[error("the wallet has no slot with this id")]
    NoSuchSlot,
    /// The file was altered or damaged.
    #[error("the wallet file is damaged")]
    Damaged,
    /// The contents have fields or values unknown to this version. The wallet is not opened, so
    /// that saving cannot lose them.
    #[error("the wallet's contents were written by a newer version")]
    NewerVersion,
    /// This computer has too little memory.
    #[error("there is not enough memory to open the wallet")]
    OutOfMemory,
}

impl From<KdfError> for OpenError {
    fn from(error: KdfError) -> Self {
        match error {
            KdfError::OutOfMemory { .. } => Self::OutOfMemory,
            KdfError::OutOfRange => Self::Damaged,
        }
    }
}

/// Reasons why a file or a slot could not be sealed. The open wallet is unchanged.
#[derive(Debug, Error)]
pub enum SealError {
    /// The file would exceed [`crate::WRITE_LIMIT`], or its header and payload
    /// [`crate::PAYLOAD_LIMIT`].
    #[error("the wallet file would be {size} bytes, which is too large")]
    TooLarge {
        /// Size in bytes of what is too large.
        size: u64,
    },
    /// This computer has too little memory.
    #[error("there is not enough memory to write the wallet")]
    OutOfMemory,
    /// The wallet has the maximum number of code slots.
    #[error("the wallet already has {MAX_CODE_SLOTS} code slots")]
    TooManyCodeSlots,
    /// The header would not be readable. Only a malformed keychain name causes this.
    #[error("the header cannot be written")]
    Header(#[source] FormatError),
    /// `age` failed to seal the code slot.
    #[error("the code slot could not be sealed")]
    CodeSlot(#[from] age::EncryptError),
    /// A file could not be sealed to another key: its sealed bytes in memory were altered.
    #[error("a file in the wallet could not be sealed again")]
    File,
}
