//! The outer layout of a wallet file, version 1.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | magic |
//! | 8 | 2 | version, big-endian |
//! | 10 | 4 | length of the header *h*, big-endian |
//! | 14 | *h* | header, JSON |
//! | 14 + *h* | 24 | payload nonce |
//! | 38 + *h* | rest | payload, XChaCha20-Poly1305, associated data: the bytes 0 to 14 + *h* as stored |

use thiserror::Error;

use crate::header::HEADER_LIMIT;
use crate::password_slot::{NONCE_LENGTH, TAG_LENGTH};

/// The largest wallet file that is read or written: 16 MiB.
pub const FILE_LIMIT: u64 = 16 << 20;
/// The format version that this crate writes, and the newest that it reads.
pub const VERSION: u16 = 1;

/// Not text, and altered by whatever converts line ends or clears the eighth bit.
const MAGIC: &[u8; 8] = b"\x89BCW\r\n\x1a\n";
/// Magic, version and header length.
const PREFIX_LENGTH: usize = 8 + 2 + 4;

/// Why bytes are no wallet file of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormatError {
    /// More than [`FILE_LIMIT`].
    #[error("the file is larger than any wallet")]
    TooLarge,
    /// It does not begin as a wallet file does.
    #[error("this is not a wallet file")]
    NotAWallet,
    /// A newer version of the app wrote it.
    #[error("the wallet has format version {version}; this app reads up to {VERSION}")]
    NewerVersion {
        /// The file's format version.
        version: u16,
    },
    /// It ends before it is complete.
    #[error("the wallet file is cut off")]
    Truncated,
    /// The header says that it is longer than 64 KiB.
    #[error("the header's length of {length} bytes is out of range")]
    HeaderTooLong {
        /// The length that the file gives.
        length: u32,
    },
    /// The header is not the JSON that it must be: malformed, or a field is missing, unknown, doubled or
    /// of another type.
    #[error("the header cannot be read")]
    HeaderMalformed,
    /// The header says the same in another spelling than the one that is written.
    #[error("the header is not in its canonical form")]
    HeaderNotCanonical,
    /// The password slot asks for less than the floor or more than the ceiling.
    #[error("the key derivation parameters are out of range")]
    KdfOutOfRange,
    /// More code slots than [`crate::MAX_CODE_SLOTS`].
    #[error("there are too many code slots")]
    TooManyCodeSlots,
    /// Two slots have one id.
    #[error("two slots have the same id")]
    DoubledSlot,
    /// A code slot's `age` file is longer than any that is written.
    #[error("a code slot is too long")]
    CodeSlotTooLong,
    /// The keychain's name is not up to 64 lower-case letters, digits and hyphens.
    #[error("the keychain's name is malformed")]
    KeychainName,
}

/// Where the parts of a file are.
pub(crate) struct Layout<'a> {
    /// Offset 0 up to the nonce: what the payload is bound to.
    pub(crate) bound: &'a [u8],
    pub(crate) header: &'a [u8],
    pub(crate) nonce: &'a [u8; NONCE_LENGTH],
    /// Ciphertext and tag.
    pub(crate) payload: &'a [u8],
}

/// Finds the parts. Reads nothing beyond what the lengths were checked for, allocates nothing.
pub(crate) fn split(bytes: &[u8]) -> Result<Layout<'_>, FormatError> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(FormatError::TooLarge);
    }
    let begun = bytes.len().min(MAGIC.len());
    if bytes[..begun] != MAGIC[..begun] {
        return Err(FormatError::NotAWallet);
    }
    let rest = bytes.get(MAGIC.len()..).ok_or(FormatError::Truncated)?;
    let (version, rest) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
    match u16::from_be_bytes(*version) {
        0 => return Err(FormatError::NotAWallet),
        VERSION => {}
        version => return Err(FormatError::NewerVersion { version }),
    }
    let (length, rest) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
    let length = u32::from_be_bytes(*length);
    let header_length = usize::try_from(length)
        .ok()
        .filter(|length| *length <= HEADER_LIMIT)
        .ok_or(FormatError::HeaderTooLong { length })?;
    let (header, rest) = rest
        .split_at_checked(header_length)
        .ok_or(FormatError::Truncated)?;
    let (nonce, payload) = rest.split_first_chunk().ok_or(FormatError::Truncated)?;
    if payload.len() < TAG_LENGTH {
        return Err(FormatError::Truncated);
    }
    Ok(Layout {
        bound: &bytes[..PREFIX_LENGTH + header_length],
        header,
        nonce,
        payload,
    })
}

/// Offset 0 up to the nonce, for a header of at most [`HEADER_LIMIT`] bytes.
pub(crate) fn begin(header: &[u8]) -> Result<Vec<u8>, FormatError> {
    let length = u32::try_from(header.len()).unwrap_or(u32::MAX);
    if header.len() > HEADER_LIMIT {
        return Err(FormatError::HeaderTooLong { length });
    }
    Ok([
        MAGIC,
        &VERSION.to_be_bytes()[..],
        &length.to_be_bytes(),
        header,
    ]
    .concat())
}
