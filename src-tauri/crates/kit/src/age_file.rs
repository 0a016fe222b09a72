//! An `age` v1 file whose sizes are within bounds. Only such files are passed to `age`.

use std::io::{self, Read};
use std::iter;

use age::DecryptError;
use zeroize::Zeroizing;

use crate::OpenError;

const MAGIC: &[u8] = b"age-encryption.org/v1\n";
const HEADER_END: &[u8] = b"\n---";

/// Maximum size of a header. `age` parses a header again from its start after every line, so the
/// cost is quadratic in its length. Generated headers are under 700 bytes, including the random
/// stanza that `age` adds.
pub(crate) const HEADER_LIMIT: usize = 2048;

/// A file that starts like an `age` v1 file and does not exceed its limit. Not authenticated yet.
pub(crate) struct AgeFile<'a> {
    bytes: &'a [u8],
    header: &'a [u8],
}

impl<'a> AgeFile<'a> {
    /// Checks sizes only; `limit` is the maximum size in bytes.
    pub(crate) fn new(bytes: &'a [u8], limit: usize) -> Result<Self, OpenError> {
        if bytes.len() > limit || !bytes.starts_with(MAGIC) {
            return Err(OpenError::NotAKit);
        }
        let start = &bytes[..bytes.len().min(HEADER_LIMIT)];
        let end = start
            .windows(HEADER_END.len())
            .position(|window| window == HEADER_END)
            .ok_or(OpenError::Damaged)?;
        Ok(Self {
            bytes,
            header: &bytes[..end],
        })
    }

    /// Returns the whole file.
    #[cfg(feature = "testing")]
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the arguments of the first stanza if it has this type.
    pub(crate) fn first_stanza(&self, kind: &str) -> Option<Vec<&'a str>> {
        arguments(self.header.split(|&byte| byte == b'\n').nth(1)?, kind)
    }

    /// Returns the arguments of the first stanza of this type, wherever it is.
    pub(crate) fn stanza(&self, kind: &str) -> Option<Vec<&'a str>> {
        self.header
            .split(|&byte| byte == b'\n')
            .find_map(|line| arguments(line, kind))
    }

    /// Returns the authenticated plaintext. The buffer never grows, so it leaves no copy behind.
    pub(crate) fn decrypt(
        &self,
        identity: &dyn age::Identity,
    ) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
        let mut reader = age::Decryptor::new_buffered(self.bytes)?.decrypt(iter::once(identity))?;
        let mut plaintext = Zeroizing::new(Vec::new());
        // The plaintext is shorter than the file.
        plaintext
            .try_reserve_exact(self.bytes.len())
            .map_err(io::Error::from)?;
        // Only reading to the end makes `age` detect truncation.
        reader.read_to_end(&mut plaintext)?;
        Ok(plaintext)
    }
}

/// Returns the arguments of a stanza's first line, if it is one of this type.
fn arguments<'a>(line: &'a [u8], kind: &str) -> Option<Vec<&'a str>> {
    let mut words = str::from_utf8(line).ok()?.split(' ');
    (words.next() == Some("->") && words.next() == Some(kind)).then(|| words.collect())
}

/// Maps an error that is caused neither by the code nor by the identity.
pub(crate) fn to_open_error(error: &DecryptError) -> OpenError {
    match error {
        DecryptError::Io(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            OpenError::OutOfMemory
        }
        _ => OpenError::Damaged,
    }
}
